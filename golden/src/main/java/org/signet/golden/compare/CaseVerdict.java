package org.signet.golden.compare;

import java.util.List;

/**
 * How a model did in a golden case.
 *
 * @param name the case's name
 * @param signatures a verdict for each key of the case or the model
 */
public record CaseVerdict(String name, List<SignatureVerdict> signatures) {
  public CaseVerdict {
    signatures = List.copyOf(signatures);
  }

  public boolean passed() {
    return signatures.stream().allMatch(SignatureVerdict::passed);
  }

  /** The verdict of one signature. */
  public SignatureVerdict signature(String key) {
    return signatures.stream()
        .filter(verdict -> verdict.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the case has no signature '" + key + "'"));
  }

  /** A line for each signature. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("case ").append(name);
    signatures.forEach(verdict -> text.append(System.lineSeparator()).append(verdict));
    return text.toString();
  }
}
