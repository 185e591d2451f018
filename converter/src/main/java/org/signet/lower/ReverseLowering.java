package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** ReverseV2, one op per axis: the kernel reverses one axis, or neighbouring ones. */
final class ReverseLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ReverseV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED_OR_BOOL.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<List<Value>> axes = axes(op, emit);
    if (axes.isEmpty()) {
      return Lowered.declined("how many axes there are is not known");
    }
    Value reversed = op.operand(0);
    for (Value axis : axes.get()) {
      reversed = emit.builtin("REVERSE_V2", reversed, axis);
    }
    return Lowered.to(reversed);
  }

  /** Each axis as a vector of its own. */
  private static Optional<List<Value>> axes(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    Optional<int[]> known = emit.intsOf(op.operand(1));
    if (known.isPresent()) {
      return Optional.of(
          IntStream.of(known.get())
              .mapToObj(axis -> emit.ints(shape.hasRank() ? Shapes.axis(axis, shape.rank()) : axis))
              .toList());
    }
    if (!op.shape(1).isStatic()) {
      return Optional.empty();
    }
    Value axes = emit.cast(op.operand(1), DType.INT32);
    return Optional.of(
        IntStream.range(0, op.shape(1).dim(0))
            .mapToObj(i -> emit.builtin("SLICE", axes, emit.ints(i), emit.ints(1)))
            .toList());
  }
}
