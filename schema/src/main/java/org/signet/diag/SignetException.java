package org.signet.diag;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A failure with one or more diagnostics; the first decides the exit status of the command line.
 * The message is text for people, cut to {@link DiagnosticLines#MOST_LINES} lines.
 */
public final class SignetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /**
   * @param diagnostics what went wrong, the most important first; not empty
   */
  public SignetException(List<Diagnostic> diagnostics) {
    super(
        String.join(
            System.lineSeparator(),
            DiagnosticLines.of(diagnostics, "diagnostics() has all of them")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public SignetException(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  public SignetException(Diagnostic diagnostic, Throwable cause) {
    this(List.of(diagnostic));
    initCause(cause);
  }

  public static SignetException of(Code code, String message, String... hints) {
    return new SignetException(Diagnostic.error(code, message, hints));
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The code of the first diagnostic. */
  public Code code() {
    return diagnostics.getFirst().code();
  }

  /** The same failure with {@code place} on every diagnostic that has none of its own. */
  public SignetException at(Origin place) {
    return located(origin -> origin.equals(Origin.NONE) ? place : origin);
  }

  /** The same failure with what {@code locate} knows of the place of each diagnostic. */
  public SignetException located(UnaryOperator<Origin> locate) {
    SignetException located =
        new SignetException(diagnostics.stream().map(d -> d.at(locate.apply(d.origin()))).toList());
    located.initCause(this);
    return located;
  }
}
