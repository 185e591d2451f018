package org.signet.diag;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A failure with one or more diagnostics; the first decides the exit status of the command line.
 */
public final class SignetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /**
   * @param diagnostics what went wrong, the most important first; not empty
   */
  public SignetException(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream()
            .map(Diagnostic::toString)
            .collect(Collectors.joining(System.lineSeparator())));
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
    SignetException located =
        new SignetException(
            diagnostics.stream()
                .map(d -> d.origin().equals(Origin.NONE) ? d.at(place) : d)
                .toList());
    located.initCause(this);
    return located;
  }
}
