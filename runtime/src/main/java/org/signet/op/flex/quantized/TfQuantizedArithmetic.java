package org.signet.op.flex.quantized;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Reference;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Sums and products of two tensors of 8 bits as int32. Operands: both, the ends of the range of the
 * first, of the second.
 */
final class TfQuantizedArithmetic {
  /** By how much the range of a sum is wider than those of its parts, so that none overflows. */
  private static final float SUM_ROOM = 1 << 14;

  private TfQuantizedArithmetic() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("QuantizedAdd", TfQuantizedArithmetic::add),
        define("QuantizedMul", TfQuantizedArithmetic::multiply));
  }

  private static OpDefinition define(String name, Reference reference) {
    return Rules.exact(
            name,
            op -> QuantizedResults.of(op, "Toutput", Shapes.broadcast(op.shape(0), op.shape(1))),
            reference)
        .limited(BYTES);
  }

  private static final Limits BYTES =
      RegisteredTypes.of("T1", DType.QUINT8)
          .and(RegisteredTypes.of("T2", DType.QUINT8))
          .and(RegisteredTypes.of("Toutput", DType.QINT32));

  /** What becomes of two integers. */
  private interface Combination {
    int of(long x, long y);
  }

  private static void add(OpCall call) {
    QuantizedRange x = range(call, 2);
    QuantizedRange y = range(call, 4);
    float least = Math.min(x.min(), y.min());
    float greatest = Math.max(x.max(), y.max());
    float end = Math.max(Math.abs(least), Math.abs(greatest)) * SUM_ROOM;
    QuantizedRange sum = new QuantizedRange(QuantizedType.of(DType.QINT32), -end, end);
    boolean singleX = call.operand(0).size() == 1;
    boolean singleY = !singleX && call.operand(1).size() == 1;
    IntegerMap first = singleX ? integer -> sum.integer(x.real(integer)) : Line.of(x, sum);
    IntegerMap second = singleY ? integer -> sum.integer(y.real(integer)) : Line.of(y, sum);
    combine(call, (a, b) -> (int) (first.of(a) + second.of(b)));
    QuantizedResults.range(call, 1, -end, end);
  }

  /** Makes integers those of another range; TensorFlow treats a single one in a way of its own. */
  private interface IntegerMap {
    long of(long integer);
  }

  /** By what becomes of 0 and 1. */
  private record Line(QuantizedType type, long zero, int step) implements IntegerMap {
    static Line of(QuantizedRange from, QuantizedRange to) {
      long zero = to.unclamped(from.real(0));
      return new Line(to.type(), zero, (int) (to.unclamped(from.real(1)) - zero));
    }

    @Override
    public long of(long integer) {
      return type.clamp(zero + integer * step);
    }
  }

  private static void multiply(OpCall call) {
    QuantizedRange x = range(call, 2);
    QuantizedRange y = range(call, 4);
    int zeroX = (int) x.unclamped(0);
    int zeroY = (int) y.unclamped(0);
    combine(call, (a, b) -> ((int) a - zeroX) * ((int) b - zeroY));
    ProductRange.set(call, x, y);
  }

  private static QuantizedRange range(OpCall call, int first) {
    QuantizedRange range = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), first);
    Shapes.require(range.max() > range.min(), "the range %s to %s", range.min(), range.max());
    return range;
  }

  /**
   * Combines the elements. TensorFlow repeats the smaller tensor from its start, whichever of its
   * dimensions it should; what that leaves unset is refused, as are shapes that it refuses.
   */
  private static void combine(OpCall call, Combination combination) {
    Tensor x = call.operand(0);
    Tensor y = call.operand(1);
    int[] shape = Shapes.broadcast(x.shape(), y.shape());
    Tensor result = call.result(0, DType.INT32, shape);
    Shapes.require(
        result.size() == 0 || result.size() == Math.max(x.size(), y.size()),
        "TensorFlow does not broadcast %s and %s here",
        Arrays.toString(x.shape()),
        Arrays.toString(y.shape()));
    int[] sums = result.ints();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = combination.of(x.getLong(i % x.size()), y.getLong(i % y.size()));
    }
  }
}
