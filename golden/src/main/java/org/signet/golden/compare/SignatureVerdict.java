package org.signet.golden.compare;

import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;

/**
 * How a signature did.
 *
 * @param key its key
 * @param calls how many calls were compared
 * @param maxError the largest absolute error of all outputs; NaN if something can't be compared
 * @param worst in which call and output that is, and where there; empty if nothing differs at all
 * @param failure what is wrong first, if anything is
 * @param divergence for a failure, which operator is at fault, if that could be found out
 * @param notes what else is to be known: what was not compared
 */
public record SignatureVerdict(
    String key,
    int calls,
    double maxError,
    String worst,
    Optional<Diagnostic> failure,
    Optional<String> divergence,
    Optional<String> notes) {
  /** A failure before any call. */
  static SignatureVerdict failed(String key, Code code, String difference) {
    VerdictBuilder builder = new VerdictBuilder(key);
    builder.fail(code, difference);
    return builder.build();
  }

  static Diagnostic diagnostic(String key, Code code, String what) {
    return Diagnostic.error(code, what).at(Origin.NONE.withSignature(key));
  }

  public boolean passed() {
    return failure.isEmpty();
  }

  /** What is wrong first, in words. */
  public Optional<String> difference() {
    return failure.map(Diagnostic::message);
  }

  SignatureVerdict withDivergence(Optional<String> found) {
    return new SignatureVerdict(key, calls, maxError, worst, failure, found, notes);
  }

  /** The verdict on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(passed() ? "PASS " : "FAIL ").append(key);
    text.append(" calls=").append(calls).append(" max_error=").append(maxError);
    if (!worst.isEmpty()) {
      text.append(" at ").append(worst);
    }
    difference().ifPresent(what -> text.append("; ").append(what));
    divergence.ifPresent(what -> text.append("; ").append(what));
    notes.ifPresent(what -> text.append("; ").append(what));
    return text.toString();
  }
}
