package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * STRIDED_SLICE: NumPy's {@code x[begin:end:stride, ..., new axis, index]}. Operands: value, begin,
 * end, strides; the specification is told at {@link SliceSpec}.
 */
public final class StridedSlicing {
  private static final Prepared SLICE = Prepared.of(StridedSlice::new);

  private StridedSlicing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("STRIDED_SLICE", StridedSlicing::infer, StridedSlicing::slice)
            .moving());
  }

  public static List<TensorType> infer(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), inferShape(op)));
  }

  private static Shape inferShape(OpTypes op) {
    Optional<long[]> begin = KnownOperands.elements(op, 1);
    Optional<long[]> end = KnownOperands.elements(op, 2);
    Optional<long[]> strides = KnownOperands.elements(op, 3);
    Optional<long[]> any = begin.or(() -> end).or(() -> strides);
    if (any.isEmpty() || !op.shape(0).hasRank()) {
      return Shape.unknownRank();
    }
    long[] unknown = new long[any.get().length];
    Arrays.fill(unknown, OpTypes.UNKNOWN_ELEMENT);
    return SliceSpec.of(
            op.shape(0),
            begin.orElse(unknown),
            end.orElse(unknown),
            strides.orElse(unknown),
            op.attributes())
        .resultShape();
  }

  public static void slice(OpCall call) {
    SLICE.evaluate(call);
  }

  /**
   * TensorStridedSliceUpdate: operand 0 with the slice that operands 1 to 3 tell replaced by
   * operand 4, broadcast.
   */
  public static void update(OpCall call) {
    Tensor value = call.operand(0);
    Tensor update = call.operand(4);
    SliceSpec spec = spec(call);
    int[] sliced = spec.resultShape().dims();
    Shapes.require(
        Arrays.equals(Shapes.broadcast(sliced, update.shape()), sliced),
        "%s does not broadcast to %s",
        update.type(),
        Shapes.text(sliced));
    Tensor result = call.result(0, value.dtype(), value.shape());
    Elements.copyAll(value, result);
    Tensor whole = Tensor.zeros(value.dtype(), sliced);
    StridedCopy.gather(update, 0, Shapes.broadcastStrides(update.shape(), sliced), sliced, whole);
    int[] own = Shapes.strides(value.shape());
    StridedCopy.scatter(whole, spec.lengths(), result, spec.offset(own), spec.steps(own));
  }

  private static SliceSpec spec(OpCall call) {
    SliceSpec spec =
        SliceSpec.of(
            Shape.of(call.operand(0).shape()),
            KnownOperands.elements(call.operand(1)),
            KnownOperands.elements(call.operand(2)),
            KnownOperands.elements(call.operand(3)),
            call.attributes());
    Shapes.require(spec.isKnown(), "a begin, end or stride is not known");
    return spec;
  }
}
