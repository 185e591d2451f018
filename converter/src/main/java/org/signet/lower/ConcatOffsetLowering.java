package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * ConcatOffset along a constant axis: where in the concatenation of tensors of these shapes each
 * begins. Operands: axis, shapes.
 */
final class ConcatOffsetLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ConcatOffset");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Optional<int[]> axis = emit.intsOf(op.operand(0));
    Shape shape = op.shape(1);
    if (axis.isEmpty() || !shape.isStatic() || shape.rank() != 1) {
      return Lowered.declined("the axis or the rank is not known");
    }
    int rank = shape.dim(0);
    int at = axis.get()[0] < 0 ? axis.get()[0] + rank : axis.get()[0];
    if (at < 0 || at >= rank) {
      return Lowered.declined("there is no such axis");
    }
    DType dtype = op.dtype(1);
    List<Value> offsets = new ArrayList<>();
    Value sum = zeros(dtype, 1, emit);
    for (int i = 1; i < op.operands().size(); i++) {
      offsets.add(placed(sum, at, rank, emit));
      sum = emit.builtin("ADD", sum, size(op.operand(i), at, emit));
    }
    return Lowered.to(offsets);
  }

  private static Value zeros(DType dtype, int count, Emitter emit) {
    return emit.constant(Tensor.zeros(dtype, count));
  }

  /** A vector of zeros but for element {@code at}. */
  private static Value placed(Value element, int at, int size, Emitter emit) {
    DType dtype = element.type().dtype();
    List<Value> parts = new ArrayList<>(List.of(element));
    if (at > 0) {
      parts.addFirst(zeros(dtype, at, emit));
    }
    if (at < size - 1) {
      parts.add(zeros(dtype, size - at - 1, emit));
    }
    return parts.size() == 1 ? element : emit.concat(0, parts.toArray(Value[]::new));
  }

  /** Element {@code at} of a shape, a vector of one. */
  private static Value size(Value shape, int at, Emitter emit) {
    Optional<Tensor> known = emit.partialOf(shape);
    if (known.isPresent() && known.get().getLong(at) != OpTypes.UNKNOWN_ELEMENT) {
      Tensor size = Tensor.zeros(shape.type().dtype(), 1);
      size.setLong(0, known.get().getLong(at));
      return emit.constant(size);
    }
    return emit.builtin("SLICE", shape, emit.ints(at), emit.ints(1));
  }
}
