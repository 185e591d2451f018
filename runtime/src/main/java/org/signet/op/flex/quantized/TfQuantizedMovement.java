package org.signet.op.flex.quantized;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Joining;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reshaping;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that move integers together with their range. */
final class TfQuantizedMovement {
  private TfQuantizedMovement() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
                "QuantizedReshape", TfQuantizedMovement::inferReshape, TfQuantizedMovement::reshape)
            .limited(RegisteredTypes.of("T", DType.QUINT8, DType.QINT32)),
        Rules.exact(
                "QuantizedConcat", TfQuantizedMovement::inferConcat, TfQuantizedMovement::concat)
            .limited(RegisteredTypes.of("T", DType.QUINT8, DType.QINT32)));
  }

  /** Operands: integers, their new shape, the ends of their range. */
  private static List<TensorType> inferReshape(OpTypes op) {
    return QuantizedResults.of(op, "T", Reshaping.inferReshape(op).getFirst().shape());
  }

  private static void reshape(OpCall call) {
    Reshaping.reshape(call);
    QuantizedResults.range(
        call, 1, QuantizedRange.scalar(call.operand(2)), QuantizedRange.scalar(call.operand(3)));
  }

  /** Operands: the axis, integers, the lower ends of their ranges, the upper ends. */
  private static List<TensorType> inferConcat(OpTypes op) {
    int count = (op.operandCount() - 1) / 3;
    Shape shape =
        Joining.inferConcatenation(op, 1, count + 1, KnownOperands.scalar(op, 0))
            .getFirst()
            .shape();
    return QuantizedResults.of(op, "T", shape);
  }

  private static void concat(OpCall call) {
    int count = (call.operandCount() - 1) / 3;
    int axis = KnownOperands.scalar(call.operand(0));
    Shapes.require(axis >= 0, "the axis %s", axis);
    QuantizedType type = QuantizedType.of(call.attributes(), "T");
    List<QuantizedRange> ranges = new ArrayList<>();
    float min = Float.MAX_VALUE;
    float max = -Float.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      float low = QuantizedRange.scalar(call.operand(1 + count + i));
      float high = QuantizedRange.scalar(call.operand(1 + 2 * count + i));
      ranges.add(new QuantizedRange(type, low, high));
      min = Math.min(min, low);
      max = Math.max(max, high);
    }
    if (type.isSigned()) {
      max = Math.max(Math.abs(min), Math.abs(max));
      min = -max;
    }
    join(call, axis, ranges, new QuantizedRange(type, min, max));
    QuantizedResults.range(call, 1, min, max);
  }

  /** Joins the integers, those of other ranges converted. */
  private static void join(
      OpCall call, int axis, List<QuantizedRange> ranges, QuantizedRange common) {
    Tensor first = call.operand(1);
    int[] shape = first.shape();
    shape[Shapes.axis(axis, shape.length)] = 0;
    for (int i = 0; i < ranges.size(); i++) {
      Tensor part = call.operand(1 + i);
      for (int d = 0; d < shape.length; d++) {
        Shapes.require(
            part.rank() == shape.length && (d == axis || part.dim(d) == shape[d]),
            "%s joined with %s",
            part.type(),
            first.type());
      }
      shape[axis] += part.dim(axis);
    }
    Tensor result = call.result(0, call.attributes().getType("T").carrier(), shape);
    int inner = Shapes.product(shape, axis + 1, shape.length);
    int line = shape[axis] * inner;
    int at = 0;
    int filled = 0; // TensorFlow leaves empty tensors out, but not their ranges
    for (int i = 0; i < ranges.size(); i++) {
      Tensor part = call.operand(1 + i);
      if (part.size() > 0) {
        copy(part, ranges.get(filled++), common, result, at, line, part.dim(axis) * inner);
      }
      at += part.dim(axis) * inner;
    }
  }

  private static void copy(
      Tensor part,
      QuantizedRange own,
      QuantizedRange common,
      Tensor result,
      int at,
      int line,
      int run) {
    QuantizedRange.Reals reals = own.reals();
    QuantizedRange.Integers integers = common.integers();
    for (int i = 0; i < part.size(); i++) {
      long value = part.getLong(i);
      result.setLong(
          at + i / run * line + i % run, own.equals(common) ? value : integers.of(reals.of(value)));
    }
  }
}
