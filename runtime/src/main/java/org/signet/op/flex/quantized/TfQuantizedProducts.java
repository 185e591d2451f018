package org.signet.op.flex.quantized;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Limits;
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
 * QuantizedMatMul. Operands: two matrices of 8 bits, the ends of the range of the first, of the
 * second.
 */
final class TfQuantizedProducts {
  private TfQuantizedProducts() {}

  static List<OpDefinition> definitions() {
    Limits types =
        RegisteredTypes.of("T1", DType.QUINT8)
            .and(RegisteredTypes.of("T2", DType.QUINT8))
            .and(RegisteredTypes.of("Toutput", DType.QINT32));
    return List.of(
        Rules.exact("QuantizedMatMul", TfQuantizedProducts::infer, TfQuantizedProducts::multiply)
            .limited(types));
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape a = Shapes.ranked(op.shape(0), 2, "the first matrix");
    Shape b = Shapes.ranked(op.shape(1), 2, "the second matrix");
    int rows = a.dim(op.attributes().getBoolean("transpose_a", false) ? 1 : 0);
    int columns = b.dim(op.attributes().getBoolean("transpose_b", false) ? 0 : 1);
    return QuantizedResults.of(op, "Toutput", Shape.of(rows, columns));
  }

  private static void multiply(OpCall call) {
    Tensor a = Rules.requireRank(call.operand(0), 2, "the first matrix");
    Tensor b = Rules.requireRank(call.operand(1), 2, "the second matrix");
    QuantizedRange aRange = range(call, 2);
    QuantizedRange bRange = range(call, 4);
    boolean aTransposed = call.attributes().getBoolean("transpose_a", false);
    boolean bTransposed = call.attributes().getBoolean("transpose_b", false);
    int rows = a.dim(aTransposed ? 1 : 0);
    int depth = a.dim(aTransposed ? 0 : 1);
    int columns = b.dim(bTransposed ? 0 : 1);
    Shapes.require(
        depth == b.dim(bTransposed ? 1 : 0), "a product of %s and %s", a.type(), b.type());
    int[] x = centred(a, aRange);
    int[] y = centred(b, bRange);
    int[] sums = call.result(0, DType.INT32, rows, columns).ints();
    Arrays.fill(sums, 0);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < depth; k++) {
        int factor = x[aTransposed ? k * rows + i : i * depth + k];
        for (int j = 0; j < columns; j++) {
          sums[i * columns + j] += factor * y[bTransposed ? j * depth + k : k * columns + j];
        }
      }
    }
    ProductRange.set(call, aRange, bRange);
  }

  private static QuantizedRange range(OpCall call, int first) {
    QuantizedRange range = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), first);
    Shapes.require(range.max() > range.min(), "the range %s to %s", range.min(), range.max());
    return range;
  }

  /** The integers less that of zero. */
  static int[] centred(Tensor tensor, QuantizedRange range) {
    int zero = (int) range.unclamped(0);
    int[] values = new int[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) tensor.getLong(i) - zero;
    }
    return values;
  }
}
