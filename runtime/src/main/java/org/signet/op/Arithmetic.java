package org.signet.op;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Binary arithmetic with broadcasting: ADD, SUB, MUL, DIV and their kin, on every real type; complex where TensorFlow has it.
 *
 * <p>Floats are computed in double and rounded once, which for the four basic operations is the correctly rounded result of the
 * narrower type. Integers wrap.
 */
public final class Arithmetic {
  private Arithmetic() {}

  static List<OpDefinition> definitions() {
    return List.of(
        binary("ADD", Double::sum, Long::sum),
        binary("SUB", (a, b) -> a - b, (a, b) -> a - b),
        binary("MUL", (a, b) -> a * b, (a, b) -> a * b));
  }

  private static OpDefinition binary(String name, DoubleBinaryOperator reals, LongBinaryOperator integers) {
    return OpDefinition.builtin(
        name,
        Shapes.BROADCAST,
        call -> {
          evaluate(call, reals, integers);
          FusedActivation.of(call.attributes()).clamp(call);
        });
  }

  /** Computes result 0 from operands 0 and 1 element by element; {@code integers} also serves bool. */
  public static void evaluate(OpCall call, DoubleBinaryOperator reals, LongBinaryOperator integers) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    DType dtype = a.dtype();
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    Tensor result = call.result(0, dtype, shape);
    if (dtype.isFloating()) {
      BroadcastLoop.run(
          shape, a.shape(), b.shape(), (i, x, y) -> result.setDouble(i, reals.applyAsDouble(a.getDouble(x), b.getDouble(y))));
    } else {
      BroadcastLoop.run(
          shape, a.shape(), b.shape(), (i, x, y) -> result.setLong(i, integers.applyAsLong(a.getLong(x), b.getLong(y))));
    }
  }
}
