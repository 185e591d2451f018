package org.signet.op;

import java.util.List;

/** Functions of one number: ABS, EXP, ROUND and their kin. */
public final class Elementwise {
  /** Its square times the least float is more than 1. */
  private static final float LARGE = 0x1p127f;

  /** As the kernel has it, 0 for NaN. */
  private static final UnaryFunction SIGN =
      UnaryFunction.of(x -> x > 0 ? 1 : x < 0 ? -1 : 0, Long::signum)
          .withComplex(UnaryFunctions::direction)
          .withFloats((from, to, count) -> {
            for (int i = 0; i < count; i++) {
              to[i] = (int) Math.max(-1, Math.min(1, from[i] * LARGE * LARGE));
            }
          });

  private Elementwise() {}

  static List<OpDefinition> definitions() {
    return List.of(
        unary("ABS", UnaryFunctions.ABS).accurate(Accuracy.EXACT),
        unary("NEG", UnaryFunctions.NEG).accurate(Accuracy.EXACT),
        unary("SIGN", SIGN).accurate(Accuracy.EXACT),
        unary("FLOOR", UnaryFunctions.FLOOR).accurate(Accuracy.EXACT),
        unary("CEIL", UnaryFunctions.CEIL).accurate(Accuracy.EXACT),
        unary("ROUND", UnaryFunctions.ROUND).accurate(Accuracy.EXACT),
        unary("SQUARE", UnaryFunctions.SQUARE),
        unary("SQRT", UnaryFunctions.SQRT),
        unary("RSQRT", UnaryFunctions.RSQRT),
        unary("EXP", UnaryFunctions.EXP).accurate(Accuracy.APPROXIMATE),
        unary("LOG", UnaryFunctions.LOG).accurate(Accuracy.APPROXIMATE),
        unary("SIN", UnaryFunctions.SIN).accurate(Accuracy.APPROXIMATE),
        unary("COS", UnaryFunctions.COS).accurate(Accuracy.APPROXIMATE),
        OpDefinition.builtin("ZEROS_LIKE", Shapes.SAME, Elementwise::zeros)
            .accurate(Accuracy.EXACT));
  }

  private static OpDefinition unary(String name, UnaryFunction function) {
    return OpDefinition.builtin(name, Shapes.SAME, function::evaluate).limited(function.limits());
  }

  /** Zeros, false or empty strings in the type and shape of operand 0. */
  public static void zeros(OpCall call) {
    Elements.clear(call.resultLike(0, 0));
  }
}
