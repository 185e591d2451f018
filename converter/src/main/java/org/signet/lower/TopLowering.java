package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TopKV2; NthElement, the last of as many; and ApproxTopK, of which TensorFlow's own kernel, too,
 * knows exact results along the last axis only.
 */
final class TopLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ApproxTopK", "NthElement", "TopKV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!op.shape(0).hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    return switch (op.name()) {
      case "ApproxTopK" -> approximate(op, emit);
      case "NthElement" -> nth(op, emit);
      default -> topK(op, emit);
    };
  }

  private static Lowered approximate(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    int axis = Shapes.axis(attributes.getInt("reduction_dimension", -1), op.shape(0).rank());
    if (axis != op.shape(0).rank() - 1 || !attributes.getBoolean("is_max_k", true)) {
      return Lowered.declined("not the largest along the last axis");
    }
    return Lowered.to(top(op.operand(0), emit.scalar(attributes.getInt("k")), emit));
  }

  private static Lowered topK(TfOp op, Emitter emit) {
    Value count = emit.cast(op.operand(1), DType.INT32);
    DType index = op.resultTypes().get(1).dtype();
    if (emit.intsOf(count).isPresent()) {
      return Lowered.to(ofIndex(index, top(op.operand(0), count, emit), emit));
    }
    Value least = atLeastOne(count, op.operand(0), emit);
    Value asked =
        emit.builtin("ADD", count, RefusedIndices.unlessNegative(0, count, "k_non_negative", emit));
    List<Value> cut =
        top(op.operand(0), least, emit).stream().map(found -> first(found, asked, emit)).toList();
    return Lowered.to(ofIndex(index, cut, emit));
  }

  /**
   * The count to ask the kernel for, which does not stand 0: one is found then, and left out. Of an
   * empty row it finds none, whatever it is asked for; more than a row has it refuses.
   */
  private static Value atLeastOne(Value count, Value values, Emitter emit) {
    Value least = emit.builtin("MAXIMUM", count, emit.scalar(1));
    DimSource size = DimSource.of(values, values.type().shape().rank() - 1);
    return size.isKnown() && size.size() > 0
        ? least
        : emit.builtin("MINIMUM", least, size.scalar(emit));
  }

  /** The n-th largest of each row, or the n-th smallest, which is the one after n from the end. */
  private static Lowered nth(TfOp op, Emitter emit) {
    Value values = op.operand(0);
    int last = op.shape(0).rank() - 1;
    Value place = op.operand(1);
    if (!op.attributes().getBoolean("reverse", false)) {
      Value size = DimSource.of(values, last).scalar(emit);
      place = emit.builtin("SUB", emit.builtin("SUB", size, emit.scalar(1)), place);
    }
    Value count = emit.builtin("ADD", place, emit.scalar(1));
    Attributes along = Attributes.of("axis", last, "batch_dims", 0);
    Value found = top(values, count, emit).getFirst();
    return Lowered.to(emit.builtin("GATHER", along, found, place));
  }

  /** The first elements of each row, as many as {@code count} says. */
  private static Value first(Value rows, Value count, Emitter emit) {
    int rank = rows.type().shape().rank();
    if (rank <= SliceLowering.HIGHEST_RANK) {
      return first(rows, rank - 1, count, emit);
    }
    AxisByAxis steps = new AxisByAxis(rows, emit);
    steps.along(rank - 1, three -> first(three, 1, count, emit));
    return steps.result();
  }

  private static Value first(Value value, int axis, Value count, Emitter emit) {
    int rank = value.type().shape().rank();
    int[] before = new int[axis];
    int[] after = new int[rank - axis - 1];
    Arrays.fill(before, -1);
    Arrays.fill(after, -1);
    Value upTo = emit.concat(0, emit.ints(before), emit.reshape(count, Shape.of(1)));
    Value sizes = after.length == 0 ? upTo : emit.concat(0, upTo, emit.ints(after));
    return emit.builtin("SLICE", value, emit.ints(new int[rank]), sizes);
  }

  private static List<Value> top(Value values, Value count, Emitter emit) {
    int size = emit.intsOf(count).map(known -> known[0]).orElse(Shape.UNKNOWN);
    if (size == 0) {
      Value none = first(values, count, emit);
      return List.of(none, emit.cast(none, DType.INT32));
    }
    Shape shape = values.type().shape().withDim(-1, size);
    DType dtype = values.type().dtype();
    return emit.builtins(
        "TOPK_V2",
        Attributes.NONE,
        List.of(values, count),
        List.of(TensorType.of(dtype, shape), TensorType.of(DType.INT32, shape)));
  }

  private static List<Value> ofIndex(DType index, List<Value> found, Emitter emit) {
    return List.of(found.getFirst(), emit.cast(found.getLast(), index));
  }
}
