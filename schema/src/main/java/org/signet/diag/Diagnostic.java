package org.signet.diag;

import java.util.List;

/**
 * One thing to tell the user.
 *
 * @param code its stable code
 * @param severity how much it matters
 * @param message what is wrong, in one sentence without a final full stop
 * @param origin where
 * @param hints what to do next, a sentence each
 */
public record Diagnostic(
    Code code, Severity severity, String message, Origin origin, List<String> hints) {
  public Diagnostic {
    hints = List.copyOf(hints);
  }

  public static Diagnostic error(Code code, String message, String... hints) {
    return new Diagnostic(code, Severity.ERROR, message, Origin.NONE, List.of(hints));
  }

  public static Diagnostic warning(Code code, String message, String... hints) {
    return new Diagnostic(code, Severity.WARNING, message, Origin.NONE, List.of(hints));
  }

  public Diagnostic at(Origin place) {
    return new Diagnostic(code, severity, message, place, hints);
  }

  /** {@code SIG-0304 message (signature 'a', node 'b'); hint}, on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(code).append(' ').append(message);
    origin.describe().ifPresent(place -> text.append(" (").append(place).append(')'));
    hints.forEach(hint -> text.append("; ").append(hint));
    return text.toString().replace('\n', ' ');
  }
}
