package org.signet.op;

import java.util.List;

/**
 * SOFTMAX, LOG_SOFTMAX, L2_NORMALIZATION and LOCAL_RESPONSE_NORMALIZATION on floats, all along the
 * last dimension.
 */
final class Normalizations {
  private Normalizations() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define(
            "SOFTMAX",
            call -> RowNormalization.softmax(call, call.attributes().getFloat("beta", 1))),
        define("LOG_SOFTMAX", RowNormalization::logSoftmax),
        define(
            "L2_NORMALIZATION",
            call -> {
              RowNormalization.euclidean(call);
              FusedActivation.of(call.attributes()).clamp(call);
            }),
        define("LOCAL_RESPONSE_NORMALIZATION", Normalizations::localResponse));
  }

  private static OpDefinition define(String name, Reference reference) {
    return OpDefinition.builtin(name, Shapes.SAME, reference).accurate(Accuracy.APPROXIMATE);
  }

  private static void localResponse(OpCall call) {
    Attributes options = call.attributes();
    RowNormalization.localResponse(
        call,
        options.getInt("radius", 0),
        options.getFloat("bias", 0),
        options.getFloat("alpha", 0),
        options.getFloat("beta", 0));
  }
}
