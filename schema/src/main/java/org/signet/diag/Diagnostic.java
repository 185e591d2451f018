package org.signet.diag;

import java.util.List;
import java.util.Optional;

/**
 * One thing to tell the user.
 *
 * @param code its stable code
 * @param severity how much it matters
 * @param message what is wrong, in one sentence without a final full stop
 * @param origin where
 * @param hints what to do next, a sentence each
 * @param refused the op that it is about, if it refuses one; then the message does not repeat why
 */
public record Diagnostic(
    Code code,
    Severity severity,
    String message,
    Origin origin,
    List<String> hints,
    Optional<RefusedOp> refused) {
  public Diagnostic {
    hints = List.copyOf(hints);
  }

  public static Diagnostic error(Code code, String message, String... hints) {
    return of(code, Severity.ERROR, message, hints);
  }

  public static Diagnostic warning(Code code, String message, String... hints) {
    return of(code, Severity.WARNING, message, hints);
  }

  public static Diagnostic note(Code code, String message, String... hints) {
    return of(code, Severity.INFO, message, hints);
  }

  private static Diagnostic of(Code code, Severity severity, String message, String... hints) {
    return new Diagnostic(code, severity, message, Origin.NONE, List.of(hints), Optional.empty());
  }

  public Diagnostic at(Origin place) {
    return new Diagnostic(code, severity, message, place, hints, refused);
  }

  /** The same, refusing this op. */
  public Diagnostic refusing(RefusedOp op) {
    return new Diagnostic(code, severity, message, origin, hints, Optional.of(op));
  }

  /** {@code SIG-0304 message (signature 'a', node 'b'); hint}, on one line. */
  @Override
  public String toString() {
    return DiagnosticLines.of(List.of(this), 1, "").getFirst();
  }
}
