package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Activations of integers. Operands: integers, and the ends of their range, which stays. */
final class TfQuantizedActivations {
  private TfQuantizedActivations() {}

  static List<OpDefinition> definitions() {
    return List.of(define("QuantizedRelu", Float.POSITIVE_INFINITY), define("QuantizedRelu6", 6));
  }

  private static OpDefinition define(String name, float highest) {
    return Rules.exact(name, QuantizedResults.like0("out_type"), call -> clamp(call, highest))
        .limited(RegisteredTypes.of("out_type", DType.QUINT8, DType.QINT32))
        .limited(RegisteredTypes.same("Tinput", "out_type"));
  }

  private static void clamp(OpCall call, float highest) {
    QuantizedType type = QuantizedType.of(call.attributes(), "out_type");
    QuantizedRange range = QuantizedRange.of(call, type, 1);
    long low = range.integer(0);
    long high = Float.isInfinite(highest) ? type.highest() : range.integer(highest);
    Tensor x = call.operand(0);
    DType carrier = call.attributes().getType("out_type").carrier();
    Tensor result = call.result(0, carrier, x.shape());
    for (int i = 0; i < x.size(); i++) {
      result.setLong(i, Math.min(Math.max(x.getLong(i), low), high));
    }
    QuantizedResults.range(call, 1, range.min(), range.max());
  }
}
