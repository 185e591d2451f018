package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Compares a result with TensorFlow's: same type, same elements as exactly as an {@link Accuracy} asks for. */
final class OpCaseComparison {
  private OpCaseComparison() {}

  static void check(Tensor actual, Tensor expected, Accuracy accuracy) {
    assertThat(actual.type()).isEqualTo(expected.type());
    DType dtype = expected.dtype();
    double scale = accuracy.relative() >= Accuracy.ACCUMULATED.relative() ? largest(expected) : 0;
    for (int i = 0; i < expected.size() * Tensor.lanes(dtype); i++) {
      if (dtype == DType.STRING) {
        assertThat(actual.strings()[i]).as("element %s", i).isEqualTo(expected.strings()[i]);
      } else if (dtype.isFloating() || dtype.isComplex()) {
        checkReal(i, lane(actual, i), lane(expected, i), dtype, accuracy, scale, actual, expected);
      } else {
        assertThat(actual.getLong(i))
            .as("element %s of %s, expected %s", i, actual, expected)
            .isEqualTo(expected.getLong(i));
      }
    }
  }

  private static void checkReal(
      int i,
      double actual,
      double expected,
      DType dtype,
      Accuracy accuracy,
      double scale,
      Tensor actualTensor,
      Tensor expectedTensor) {
    double error = Math.abs(actual - expected);
    double relative = accuracy.relative() == 0 ? 0 : Math.max(accuracy.relative(), step(dtype));
    double bound = accuracy.absolute() + relative * Math.max(Math.abs(expected), scale);
    boolean same =
        accuracy.relative() == 0 ? Double.compare(actual, expected) == 0 : actual == expected;
    boolean close = Double.isFinite(expected) && Double.isFinite(actual) && error <= bound;
    assertThat(same || (accuracy.relative() > 0 && close) || (Double.isNaN(actual) && Double.isNaN(expected)))
        .as("element %s: %s, expected %s, of %s, expected %s", i, actual, expected, actualTensor, expectedTensor)
        .isTrue();
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
