package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * QuantizedBiasAdd. Operands: integers, a vector to be added along the last dimension, the ends of
 * the range of the first, of the second.
 */
final class TfQuantizedBiases {
  /** By how much the range of the sum is wider than those of its parts. */
  private static final float ROOM = 1 << 17;

  private TfQuantizedBiases() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("QuantizedBiasAdd", QuantizedResults.like0("out_type"), TfQuantizedBiases::add)
            .limited(RegisteredTypes.of("T1", DType.QUINT8, DType.QINT8))
            .limited(RegisteredTypes.same("T1", "T2"))
            .limited(RegisteredTypes.of("out_type", DType.QINT32))
            .limited(TfQuantizedBiases::requireMatrix));
  }

  private static void requireMatrix(OpTypes use) {
    boolean flat = use.shape(0).hasRank() && use.shape(0).rank() < 2;
    Shapes.require(!flat, "%s has no dimension besides that of the biases", use.shape(0));
  }

  private static void add(OpCall call) {
    Tensor x = call.operand(0);
    Tensor bias = call.operand(1);
    Shapes.require(
        x.rank() >= 2 && bias.rank() == 1 && bias.size() == x.dim(-1),
        "biases %s for %s",
        bias.type(),
        x.type());
    QuantizedType type = QuantizedType.of(call.attributes(), "T1");
    QuantizedRange xRange = QuantizedRange.of(call, type, 2);
    QuantizedRange biasRange = QuantizedRange.of(call, type, 4);
    float end =
        Math.max(Math.max(xRange.max(), -xRange.min()), Math.max(biasRange.max(), -biasRange.min()))
            * ROOM;
    QuantizedRange sum = new QuantizedRange(QuantizedType.of(DType.QINT32), -end, end);
    QuantizedRange.Integers integers = sum.integers();
    QuantizedRange.Reals xs = xRange.reals();
    QuantizedRange.Reals biases = biasRange.reals();
    int zero = (int) sum.integer(0);
    int[] result = call.result(0, DType.INT32, x.shape()).ints();
    for (int i = 0; i < result.length; i++) {
      int added = integers.of(biases.of(bias.getLong(i % bias.size()))) + zero;
      result[i] = integers.of(xs.of(x.getLong(i))) + added;
    }
    QuantizedResults.range(call, 1, -end, end);
  }
}
