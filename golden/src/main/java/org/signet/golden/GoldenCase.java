package org.signet.golden;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.signet.api.ConversionOptions;
import org.signet.diag.SignetException;

/**
 * A golden case: a source model, calls of its signatures, and what TensorFlow gave.
 *
 * @param name its name
 * @param directory the folder with {@code case.json}
 * @param source the model
 * @param signatures what is declared, by key
 * @param selected the keys to convert; empty for all
 * @param calls in order, to be made on one session
 * @param stateful whether calls leave state behind
 * @param tolerance for floating results
 */
public record GoldenCase(
    String name,
    Path directory,
    CaseSource source,
    SequencedMap<String, CaseSignature> signatures,
    List<String> selected,
    List<CaseCall> calls,
    boolean stateful,
    Tolerance tolerance) {
  public GoldenCase {
    signatures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(signatures));
    selected = List.copyOf(selected);
    calls = List.copyOf(calls);
  }

  /**
   * How to convert the source.
   *
   * @throws SignetException UNSUPPORTED_SOURCE if this version can't convert its kind
   */
  public ConversionOptions conversion() {
    return source.options(selected);
  }

  @Override
  public String toString() {
    return name;
  }
}
