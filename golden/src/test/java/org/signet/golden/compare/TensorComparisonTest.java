package org.signet.golden.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.golden.Tolerance;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class TensorComparisonTest {
  private static final Tolerance LOOSE = new Tolerance(0, 0.5);

  private static TensorVerdict compare(Tensor expected, Tensor actual) {
    return TensorComparison.compare(expected, actual, LOOSE);
  }

  @Test
  void equalTensorsHaveNoError() {
    TensorVerdict verdict =
        compare(Tensor.of(new float[] {1, Float.NaN}), Tensor.of(new float[] {1, Float.NaN}));
    assertThat(verdict).isEqualTo(TensorVerdict.EQUAL);
  }

  @Test
  void tellsTheLargestErrorEvenWithinTheTolerance() {
    TensorVerdict verdict =
        compare(
            Tensor.of(new float[] {1, 2, 3, 4}, 2, 2),
            Tensor.of(new float[] {1, 2.25f, 3, 4.5f}, 2, 2));
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.maxError()).isEqualTo(0.5);
    assertThat(verdict.worst()).isEqualTo("[1, 1]");
  }

  @Test
  void tellsTheFirstDifferenceAndTheWorstPlace() {
    TensorVerdict verdict =
        compare(Tensor.of(new float[] {1, 2, 3}), Tensor.of(new float[] {1, 3, 9}));
    assertThat(verdict.difference()).contains("[1]: 3.0, expected 2.0 (2 of 3 differ)");
    assertThat(verdict.worst()).isEqualTo("[2]");
    assertThat(verdict.maxError()).isEqualTo(6);
  }

  @Test
  void aNaNWhereNoneBelongsIsTheWorst() {
    TensorVerdict verdict =
        compare(Tensor.of(new double[] {1, 2, 3}), Tensor.of(new double[] {9, Double.NaN, 90}));
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.maxError()).isNaN();
    assertThat(verdict.worst()).isEqualTo("[1]");
  }

  @Test
  void integersMustBeEqual() {
    assertThat(compare(Tensor.of(new int[] {1}), Tensor.of(new int[] {1})).passed()).isTrue();
    assertThat(
            TensorComparison.compare(
                    Tensor.of(new int[] {1}), Tensor.of(new int[] {2}), new Tolerance(9, 9))
                .passed())
        .isFalse();
  }

  @Test
  void longsThatAreTheSameDoubleStillDiffer() {
    long large = 1L << 60;
    TensorVerdict verdict =
        compare(Tensor.of(new long[] {large}), Tensor.of(new long[] {large + 1}));
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.maxError()).isEqualTo(1);
  }

  @Test
  void stringsMustBeEqual() {
    TensorVerdict verdict =
        compare(Tensor.of(new String[] {"a", "b"}), Tensor.of(new String[] {"a", "c"}));
    assertThat(verdict.difference()).contains("[1]: \"c\", expected \"b\" (1 of 2 differ)");
  }

  @Test
  void printsBytesThatAreNoText() {
    Tensor bytes = Tensor.wrap(DType.STRING, new byte[][] {{(byte) 0xFF}}, 1);
    assertThat(compare(Tensor.of(new String[] {"a"}), bytes).difference().orElseThrow())
        .contains("bytes ff");
  }

  @Test
  void complexNumbersAreComparedByDistance() {
    Tensor expected = Tensor.wrap(DType.COMPLEX64, new float[] {3, 4}, 1);
    assertThat(
            compare(expected, Tensor.wrap(DType.COMPLEX64, new float[] {3.3f, 4.3f}, 1)).passed())
        .isTrue();
    assertThat(
            compare(expected, Tensor.wrap(DType.COMPLEX64, new float[] {3.4f, 4.4f}, 1)).passed())
        .isFalse();
    assertThat(
            compare(
                    Tensor.wrap(DType.COMPLEX64, new float[] {Float.NaN, 0}, 1),
                    Tensor.wrap(DType.COMPLEX64, new float[] {1, Float.NaN}, 1))
                .passed())
        .isTrue();
  }

  @Test
  void typeAndShapeMustBeEqual() {
    assertThat(compare(Tensor.of(new int[] {1}), Tensor.of(new long[] {1})).difference())
        .contains(": dtype int64, expected int32");
    assertThat(compare(Tensor.of(new int[] {1}), Tensor.scalar(1)).difference())
        .contains(": shape [], expected [1]");
  }
}
