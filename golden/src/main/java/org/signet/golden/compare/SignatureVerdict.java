package org.signet.golden.compare;

import java.util.Optional;

/**
 * How a signature did.
 *
 * @param key its key
 * @param calls how many calls were compared
 * @param maxError the largest absolute error of all outputs; NaN if something can't be compared
 * @param worst in which call and output that is, and where there; empty if nothing differs at all
 * @param difference what is wrong first, if anything is
 * @param divergence for a failure, which operator is at fault, if that could be found out
 * @param notes what else is to be known: what was not compared
 */
public record SignatureVerdict(
    String key,
    int calls,
    double maxError,
    String worst,
    Optional<String> difference,
    Optional<String> divergence,
    Optional<String> notes) {
  /** A failure before any call. */
  static SignatureVerdict failed(String key, String difference) {
    return new SignatureVerdict(
        key, 0, Double.NaN, "", Optional.of(difference), Optional.empty(), Optional.empty());
  }

  public boolean passed() {
    return difference.isEmpty();
  }

  SignatureVerdict withDivergence(Optional<String> found) {
    return new SignatureVerdict(key, calls, maxError, worst, difference, found, notes);
  }

  /** The verdict on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(passed() ? "PASS " : "FAIL ").append(key);
    text.append(" calls=").append(calls).append(" max_error=").append(maxError);
    if (!worst.isEmpty()) {
      text.append(" at ").append(worst);
    }
    difference.ifPresent(what -> text.append("; ").append(what));
    divergence.ifPresent(what -> text.append("; ").append(what));
    notes.ifPresent(what -> text.append("; ").append(what));
    return text.toString();
  }
}
