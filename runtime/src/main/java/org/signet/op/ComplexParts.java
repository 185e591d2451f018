package org.signet.op;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** Real functions of complex numbers: COMPLEX_ABS, REAL, IMAG. */
public final class ComplexParts {
  private ComplexParts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("COMPLEX_ABS", ComplexParts::shape, part(Complex::abs)),
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
}
