package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Binary arithmetic with broadcasting: ADD, SUB, MUL, DIV and their kin, on every real type;
 * complex where TensorFlow has it.
 *
 * <p>Floats are computed in double and rounded once, which for the four basic operations is the
 * correctly rounded result of the narrower type. Integers wrap. Infinities stay infinite and
 * MAXIMUM and MINIMUM give NaN if either operand is NaN, as TensorFlow has it.
 */
public final class Arithmetic {
  private Arithmetic() {}

  static List<OpDefinition> definitions() {
    return List.of(
        activated("ADD", BinaryFunctions.ADD),
        activated("SUB", BinaryFunctions.SUB),
        activated("MUL", BinaryFunctions.MUL),
        activated("DIV", BinaryFunctions.DIV),
        binary("FLOOR_DIV", BinaryFunctions::floorDivide, ElementKind.REALS)
            .accurate(Accuracy.EXACT),
        binary("FLOOR_MOD", BinaryFunctions.FLOOR_MOD),
        binary("POW", BinaryFunctions.POW).accurate(Accuracy.APPROXIMATE),
        binary("MAXIMUM", BinaryFunctions.MAXIMUM).accurate(Accuracy.EXACT),
        binary("MINIMUM", BinaryFunctions.MINIMUM).accurate(Accuracy.EXACT),
        binary("SQUARED_DIFFERENCE", BinaryFunctions.SQUARED_DIFFERENCE),
        OpDefinition.builtin("ATAN2", Arithmetic::sumShape, Arithmetic::angle)
            .limited(BinaryFunctions.ATAN2.limits())
            .accurate(Accuracy.APPROXIMATE),
        binary("BITWISE_XOR", BinaryFunctions.XOR).accurate(Accuracy.EXACT),
        binary("RIGHT_SHIFT", BinaryFunctions::shiftRight, ElementKind.INTEGERS)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("ADD_N", Arithmetic::sumShape, Arithmetic::sum)
            .limited(Limits.all(ElementKind.NUMBERS)));
  }

  private static OpDefinition binary(String name, BinaryFunction function) {
    return OpDefinition.builtin(name, Shapes.BROADCAST, function::evaluate)
        .limited(function.limits());
  }

  private static OpDefinition binary(String name, Reference function, ElementKind kind) {
    return OpDefinition.builtin(name, Shapes.BROADCAST, function).limited(Limits.all(kind));
  }

  private static OpDefinition activated(String name, BinaryFunction function) {
    return OpDefinition.builtin(
            name,
            Shapes.BROADCAST,
            call -> {
              function.evaluate(call);
              FusedActivation.of(call.attributes()).clamp(call);
            })
        .limited(function.limits())
        .limited(Arithmetic::requireOrderToActivate);
  }

  private static void requireOrderToActivate(OpTypes use) {
    if (!FusedActivation.of(use.attributes()).isNone()) {
      ElementKind.REALS.require(use.dtype(0));
    }
  }

  /** ATAN2 of operands of one shape: the kernel broadcasts none. */
  private static void angle(OpCall call) {
    requireOneShape(call.operand(0), call.operand(1), "angle");
    BinaryFunctions.ATAN2.evaluate(call);
  }

  private static void requireOneShape(Tensor first, Tensor next, String what) {
    if (!next.hasSameShape(first)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " of "
              + first.type()
              + " and "
              + next.type()
              + "; bring them to one shape");
    }
  }

  /** The one shape of all operands, as far as any of them tells. */
  public static List<TensorType> sumShape(OpTypes op) {
    Shape shape = op.shape(0);
    for (int i = 1; i < op.operandCount(); i++) {
      shape = shape.refine(op.shape(i));
    }
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  /** The sum of any number of operands of one shape. */
  public static void sum(OpCall call) {
    Tensor first = call.operand(0);
    Tensor result = call.resultLike(0, 0);
    System.arraycopy(
        first.array(), 0, result.array(), 0, first.size() * Tensor.lanes(first.dtype()));
    for (int i = 1; i < call.operandCount(); i++) {
      Tensor next = call.operand(i);
      requireOneShape(first, next, "sum");
      BinaryFunctions.ADD.apply(call, result, next, result);
    }
  }
}
