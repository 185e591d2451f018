package org.signet.golden.compare;

import java.util.Optional;

/**
 * How a tensor compares with what it should be.
 *
 * @param maxError the largest absolute error; NaN if the tensors can't be compared, or one alone is
 *     NaN somewhere
 * @param worst where that is, such as {@code [1, 2]}; empty if nothing differs at all
 * @param difference what is wrong, if anything is
 */
public record TensorVerdict(double maxError, String worst, Optional<String> difference) {
  /** No difference at all. */
  public static final TensorVerdict EQUAL = new TensorVerdict(0, "", Optional.empty());

  static TensorVerdict incomparable(String difference) {
    return new TensorVerdict(Double.NaN, "", Optional.of(difference));
  }

  public boolean passed() {
    return difference.isEmpty();
  }
}
