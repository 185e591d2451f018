package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Int32 sums made 8-bit numbers of another range. Operands: integers, the ends of their range;
 * Requantize: of the wanted one, too.
 */
final class TfRequantization {
  private TfRequantization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("Requantize", QuantizedResults.like0("out_type"), TfRequantization::requantize)
            .limited(
                RegisteredTypes.of("Tinput", DType.QINT32)
                    .and(RegisteredTypes.of("out_type", DType.QUINT8))),
        Rules.exact(
                "QuantizeDownAndShrinkRange",
                QuantizedResults.like0("out_type"),
                TfRequantization::shrink)
            .limited(
                RegisteredTypes.of("Tinput", DType.QINT32)
                    .and(RegisteredTypes.of("out_type", DType.QUINT8))),
        Rules.exact(
                "RequantizationRange",
                Rules.always(Rules.scalar(DType.FLOAT32), Rules.scalar(DType.FLOAT32)),
                call -> {
                  QuantizedRange used = used(call);
                  QuantizedResults.range(call, 0, used.min(), used.max());
                })
            .limited(RegisteredTypes.of("Tinput", DType.QINT32)));
  }

  private static QuantizedRange given(OpCall call) {
    return QuantizedRange.of(call, QuantizedType.of(DType.QINT32), 1);
  }

  private static void requantize(OpCall call) {
    QuantizedRange wanted = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), 3);
    Shapes.require(
        wanted.min() <= 0 && wanted.max() >= 0,
        "the range from %s to %s has no zero",
        wanted.min(),
        wanted.max());
    requantize(call, given(call), wanted);
  }

  private static void shrink(OpCall call) {
    requantize(call, given(call), used(call));
  }

  /** The range of the numbers that there are, and of zero if all are greater. */
  private static QuantizedRange used(OpCall call) {
    QuantizedRange given = given(call);
    Tensor x = call.operand(0);
    long least = given.type().highest();
    long greatest = given.type().lowest();
    for (int i = 0; i < x.size(); i++) {
      least = Math.min(least, x.getLong(i));
      greatest = Math.max(greatest, x.getLong(i));
    }
    return new QuantizedRange(
        QuantizedType.of(DType.QUINT8), Math.min(0, given.real(least)), given.real(greatest));
  }

  private static void requantize(OpCall call, QuantizedRange from, QuantizedRange to) {
    Tensor x = call.operand(0);
    Tensor result = call.result(0, DType.UINT8, x.shape());
    FixedPointScale scale = FixedPointScale.of(from, to);
    for (int i = 0; i < x.size(); i++) {
      result.setLong(i, scale.apply(x.getLong(i)));
    }
    QuantizedResults.range(call, 1, to.min(), to.max());
  }
}
