package org.signet.golden.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once for each signature of each golden case in a folder. The method takes a
 * {@link GoldenSignature}:
 *
 * <pre>{@code
 * @GoldenCases("golden/cases")
 * void convertsAndRuns(GoldenSignature signature) {
 *   signature.check();
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(GoldenCasesExtension.class)
public @interface GoldenCases {
  /**
   * The folder that holds the cases, or a single case: from the working folder, or else from the
   * nearest folder above it that has it.
   */
  String value();

  /** The names of the cases to run; all if there are none. */
  String[] only() default {};

  /** The names of cases to leave out. */
  String[] except() default {};
}
