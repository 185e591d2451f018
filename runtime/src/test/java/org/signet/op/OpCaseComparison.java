package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Compares a result with TensorFlow's: same type, and elements within an {@link Accuracy}. */
public final class OpCaseComparison {
  private final Tensor actual;
  private final Tensor expected;
  private final double relative;
  private final double absolute;
  private final boolean bitwise;

  private OpCaseComparison(Tensor actual, Tensor expected, Accuracy accuracy, boolean bitwise) {
    this.actual = actual;
    this.expected = expected;
    this.bitwise = bitwise;
    boolean exact = accuracy.relative() == 0 && accuracy.absolute() == 0;
    this.relative = exact ? 0 : Math.max(accuracy.relative(), step(expected.dtype()));
    boolean wide = accuracy.relative() >= Accuracy.ACCUMULATED.relative();
    this.absolute = accuracy.absolute() + (wide ? relative * largest(expected) : 0);
  }

  /** Compares the results of a case, and what its variables hold then. */
  public static void check(OpCase c, OpDefinition definition, OpCase.Outcome outcome) {
    Accuracy accuracy = c.tolerance().orElse(definition.accuracy());
    for (int i = 0; i < c.results().size(); i++) {
      check(outcome.results().get(i), c.results().get(i), accuracy, definition.movesElements());
    }
    c.after()
        .forEach((operand, value) ->
            check(outcome.after().getOrDefault(operand, Tensor.scalar(0)), value, accuracy, false));
  }

  /**
   * Compares all elements.
   *
   * @param bitwise whether zeros of different signs differ
   */
  public static void check(Tensor actual, Tensor expected, Accuracy accuracy, boolean bitwise) {
    assertThat(actual.type()).isEqualTo(expected.type());
    OpCaseComparison comparison = new OpCaseComparison(actual, expected, accuracy, bitwise);
    for (int i = 0; i < expected.size() * Tensor.lanes(expected.dtype()); i++) {
      comparison.check(i);
    }
  }

  private void check(int i) {
    if (expected.dtype() == DType.STRING) {
      assertThat(actual.strings()[i]).as("element %s", i).isEqualTo(expected.strings()[i]);
    } else if (expected.dtype().isFloating() || expected.dtype().isComplex()) {
      double got = lane(actual, i);
      double wanted = lane(expected, i);
      assertThat(isClose(got, wanted))
          .as("element %s: %s, expected %s; %s, expected %s", i, got, wanted, actual, expected)
          .isTrue();
    } else {
      // Other integers than quantized ones are exact: no tolerance of theirs reaches 1.
      assertThat(actual.getLong(i))
          .as("element %s of %s, expected %s", i, actual, expected)
          .isCloseTo(expected.getLong(i), Offset.offset((long) absolute));
    }
  }

  private boolean isClose(double got, double wanted) {
    if (bitwise || Double.isNaN(wanted)) {
      return Double.compare(got, wanted) == 0;
    }
    return got == wanted
        || (Double.isFinite(got)
            && Double.isFinite(wanted)
            && Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted));
  }

  /** The relative step of the narrow types, which is wider than any accuracy class asks for. */
  private static double step(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      default -> 0;
    };
  }

  private static double lane(Tensor tensor, int i) {
    return switch (tensor.dtype()) {
      case COMPLEX64 -> tensor.floats()[i];
      case COMPLEX128 -> tensor.doubles()[i];
      default -> tensor.getDouble(i);
    };
  }

  /** The largest finite magnitude: sums are compared on the scale of the whole tensor. */
  private static double largest(Tensor tensor) {
    double largest = 0;
    if (tensor.dtype().isFloating() || tensor.dtype().isComplex()) {
      for (int i = 0; i < tensor.size() * Tensor.lanes(tensor.dtype()); i++) {
        double magnitude = Math.abs(lane(tensor, i));
        largest = Double.isFinite(magnitude) ? Math.max(largest, magnitude) : largest;
      }
    }
    return largest;
  }
}
