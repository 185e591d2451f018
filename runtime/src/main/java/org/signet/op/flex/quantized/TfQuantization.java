package org.signet.op.flex.quantized;

import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * QuantizeV2: integers of numbers. Operands: numbers, the least and the greatest to be told apart,
 * each one number or one for each slice along {@code axis}. Results: integers, and the ends of the
 * ranges as they were widened to take in zero.
 */
final class TfQuantization {
  private TfQuantization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("QuantizeV2", TfQuantization::infer, TfQuantization::quantize)
            .limited(use -> mode(use.attributes())));
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape input = op.shape(0);
    int axis = op.attributes().getInt("axis", -1);
    Shape ranges = Shape.scalar();
    if (axis >= 0) {
      int slices = Rules.dim(op, 0, axis);
      ranges =
          slices == 1
              ? Shape.scalar()
              : slices == Shape.UNKNOWN ? Shape.unknownRank() : op.shape(1);
    }
    return List.of(
        Shapes.plain(op.attributes().getType("T").carrier(), input),
        Shapes.plain(DType.FLOAT32, ranges),
        Shapes.plain(DType.FLOAT32, ranges));
  }

  /** How numbers become integers. */
  static String mode(Attributes attributes) {
    String mode = attributes.getString("mode", "MIN_COMBINED");
    boolean even = attributes.getString("round_mode", "").equals("HALF_TO_EVEN");
    Shapes.require(!even || mode.equals("SCALED"), "no rounding to even in mode %s", mode);
    Shapes.require(
        Set.of("MIN_COMBINED", "MIN_FIRST", "SCALED").contains(mode), "the mode %s", mode);
    return mode;
  }

  private static void quantize(OpCall call) {
    Tensor x = call.operand(0);
    Attributes attributes = call.attributes();
    String mode = mode(attributes);
    Slices slices = Slices.of(x, attributes);
    slices.requireRanges(call.operand(1), call.operand(2), mode.equals("MIN_FIRST"));
    int[] ranges = slices.count() == 1 ? new int[0] : call.operand(1).shape();
    Tensor result = call.result(0, attributes.getType("T").carrier(), x.shape());
    float[] lows = call.result(1, DType.FLOAT32, ranges).floats();
    float[] highs = call.result(2, DType.FLOAT32, ranges).floats();
    for (int s = 0; s < slices.count(); s++) {
      QuantizationSteps steps =
          QuantizationSteps.of(
              attributes, call.operand(1).floats()[s], call.operand(2).floats()[s]);
      lows[s] = steps.min();
      highs[s] = steps.max();
      slices.forEach(s, i -> result.setLong(i, steps.integer(x.floats()[i])));
    }
  }
}
