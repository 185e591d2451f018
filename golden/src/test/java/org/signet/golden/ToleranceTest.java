package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToleranceTest {
  private final Tolerance tolerance = new Tolerance(0.1, 0.5);

  private boolean accepts(double expected, double actual) {
    return tolerance.allows(Math.abs(expected), Tolerance.error(expected, actual));
  }

  @Test
  void addsTheRelativeToTheAbsolutePart() {
    assertThat(accepts(10, 11.5)).isTrue();
    assertThat(accepts(10, 11.51)).isFalse();
    assertThat(accepts(-10, -11.5)).isTrue();
    assertThat(accepts(0, 0.5)).isTrue();
  }

  @Test
  void takesNaNForNaNOnly() {
    assertThat(accepts(Double.NaN, Double.NaN)).isTrue();
    assertThat(accepts(Double.NaN, 1)).isFalse();
    assertThat(accepts(1, Double.NaN)).isFalse();
  }

  @Test
  void takesAnInfinityForItselfOnly() {
    assertThat(accepts(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(accepts(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isFalse();
    assertThat(accepts(Double.POSITIVE_INFINITY, 1e300)).isFalse();
    assertThat(accepts(1, Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void withoutToleranceTakesEqualNumbersOnly() {
    assertThat(Tolerance.EXACT.allows(1, 0)).isTrue();
    assertThat(Tolerance.EXACT.allows(1, Double.MIN_VALUE)).isFalse();
  }

  @Test
  void theLoosestAllowsWhatEitherAllows() {
    assertThat(tolerance.loosest(new Tolerance(0.2, 0.1))).isEqualTo(new Tolerance(0.2, 0.5));
  }
}
