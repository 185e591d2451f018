package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Dequantize: the numbers that integers stand for. Operands: integers, the least and the greatest
 * number, each one or one for each slice along {@code axis}.
 */
final class TfDequantization {
  private TfDequantization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
                "Dequantize",
                op -> List.of(Shapes.plain(result(op.attributes()), op.shape(0))),
                TfDequantization::dequantize)
            .limited(use -> {
              boolean plain = result(use.attributes()) == DType.FLOAT32;
              Shapes.require(
                  plain || mode(use.attributes()).equals("MIN_COMBINED"),
                  "mode %s gives no bfloat16",
                  mode(use.attributes()));
            }));
  }

  private static DType result(Attributes attributes) {
    return attributes.getType("dtype", DType.FLOAT32);
  }

  private static String mode(Attributes attributes) {
    return attributes.getString("mode", "MIN_COMBINED");
  }

  private static void dequantize(OpCall call) {
    Tensor x = call.operand(0);
    Slices slices = Slices.of(x, call.attributes());
    slices.requireRanges(
        call.operand(1), call.operand(2), mode(call.attributes()).equals("MIN_FIRST"));
    Tensor result = call.result(0, result(call.attributes()), x.shape());
    for (int s = 0; s < slices.count(); s++) {
      Reals reals =
          reals(call.attributes(), call.operand(1).floats()[s], call.operand(2).floats()[s]);
      slices.forEach(s, i -> result.setDouble(i, reals.of(x.getLong(i))));
    }
  }

  private interface Reals {
    float of(long integer);
  }

  private static Reals reals(Attributes attributes, float min, float max) {
    QuantizedType type = QuantizedType.of(attributes, "T");
    return switch (mode(attributes)) {
      case "MIN_FIRST" -> new QuantizedRange(type, min, max).reals()::of;
      case "SCALED" -> {
        float lowest = type.lowest() + (attributes.getBoolean("narrow_range", false) ? 1 : 0);
        float fromMax = max / type.highest();
        float scale = type.isSigned() ? Math.max(min / lowest, fromMax) : fromMax;
        // Through float32 to int32 and back.
        yield integer -> QuantizedType.truncate((float) integer) * scale;
      }
      default -> {
        float scale = (max - min) / ((float) type.highest() - type.lowest());
        float half = type.isSigned() ? -type.lowest() : 0;
        yield integer -> (integer + half) * scale + min;
      }
    };
  }
}
