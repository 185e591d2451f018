package org.signet.op;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Real functions of complex numbers: COMPLEX_ABS, REAL, IMAG. */
public final class ComplexParts {
  private ComplexParts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("COMPLEX_ABS", ComplexParts::shape, ComplexParts::abs),
        OpDefinition.builtin("REAL", ComplexParts::shape, part(Complex::re))
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("IMAG", ComplexParts::shape, part(Complex::im))
            .accurate(Accuracy.EXACT));
  }

  /** The shape of operand 0 with the type of its parts. */
  public static List<TensorType> shape(OpTypes op) {
    return List.of(Shapes.plain(Complex.partType(op.dtype(0)), op.shape(0)));
  }

  /** Applies {@code function} to each element of complex operand 0. */
  public static Reference part(ToDoubleFunction<Complex> function) {
    return call -> {
      Tensor from = call.operand(0);
      Shapes.require(from.dtype().isComplex(), "%s is not complex", from.dtype());
      Tensor result = call.result(0, Complex.partType(from.dtype()), from.shape());
      for (int i = 0; i < from.size(); i++) {
        result.setDouble(i, function.applyAsDouble(Complex.get(from, i)));
      }
    };
  }

  /** Sets result 0 to the magnitudes of complex operand 0. */
  public static void abs(OpCall call) {
    if (call.operand(0).dtype() != DType.COMPLEX64) {
      part(Complex::abs).evaluate(call);
      return;
    }
    Tensor from = call.operand(0);
    float[] pairs = from.floats();
    float[] sizes = call.result(0, DType.FLOAT32, from.shape()).floats();
    for (int i = 0; i < from.size(); i++) {
      double re = pairs[2 * i];
      double im = pairs[2 * i + 1];
      // The squares of floats fit a double; what is left to hypot are infinities beside NaN.
      double squared = re * re + im * im;
      sizes[i] = (float) (Double.isNaN(squared) ? Math.hypot(re, im) : Math.sqrt(squared));
    }
  }
}
