package org.signet.lower;

import java.util.ArrayList;
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
 * Split, SplitV and Unpack. Where one of the parts may be empty, Unpack is made of slices: UNPACK
 * refuses tensors without elements.
 */
final class SplitLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Split", "SplitV", "Unpack");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    return switch (op.name()) {
      case "Split" -> split(op, emit);
      case "SplitV" -> splitV(op, emit);
      default -> unpack(op, emit);
    };
  }

  private static Lowered split(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(1))) {
      return KernelTypes.decline(op.dtype(1));
    }
    int parts = op.attributes().getInt("num_split");
    if (parts == 1) {
      return Lowered.to(op.operand(1));
    }
    return op.dtype(1) == DType.INT64
        ? splitLongs(op, parts, emit)
        : Lowered.to(
            emit.builtins(
                "SPLIT", Attributes.of("num_splits", parts), op.operands(), op.resultTypes()));
  }

  /** Runtimes have had SPLIT_V on int64 for longer than SPLIT. */
  private static Lowered splitLongs(TfOp op, int parts, Emitter emit) {
    Shape shape = op.shape(1);
    var axis = emit.intsOf(op.operand(0));
    if (axis.isEmpty() || !shape.hasRank()) {
      return Lowered.declined("the size of each part is not known");
    }
    if (!shape.isKnown(axis.get()[0])) {
      return Lowered.to(slices(op, Shapes.axis(axis.get()[0], shape.rank()), parts, emit));
    }
    int[] sizes = new int[parts];
    Arrays.fill(sizes, shape.dim(axis.get()[0]) / parts);
    List<Value> operands = List.of(op.operand(1), emit.ints(sizes), op.operand(0));
    Attributes options = Attributes.of("num_splits", parts);
    return Lowered.to(emit.builtins("SPLIT_V", options, operands, op.resultTypes()));
  }

  /** Each part of the size that the dimension has, divided by their number. */
  private static List<Value> slices(TfOp op, int axis, int parts, Emitter emit) {
    IntMath m = new IntMath(emit);
    Value input = op.operand(1);
    Value each = m.divide(DimSource.of(input, axis).scalar(emit), parts);
    int rank = input.type().shape().rank();
    Value zeros = emit.ints(new int[rank]);
    Value place = emit.ints(oneAt(axis, rank));
    Value size = m.add(m.multiply(place, m.add(each, 1)), -1); // −1 where all is taken
    List<Value> slices = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Value begin = i == 0 ? zeros : m.multiply(place, m.multiply(each, emit.scalar(i)));
      slices.add(
          emit.builtins(
                  "SLICE",
                  Attributes.NONE,
                  List.of(input, begin, size),
                  List.of(op.resultTypes().get(i)))
              .getFirst());
    }
    return slices;
  }

  private static int[] oneAt(int axis, int rank) {
    int[] vector = new int[rank];
    vector[axis] = 1;
    return vector;
  }

  private static Lowered splitV(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    int parts = op.attributes().getInt("num_split");
    return parts == 1
        ? Lowered.to(op.operand(0))
        : Lowered.to(
            emit.builtins(
                "SPLIT_V", Attributes.of("num_splits", parts), op.operands(), op.resultTypes()));
  }

  private static Lowered unpack(TfOp op, Emitter emit) {
    Value input = op.operand(0);
    Shape shape = input.type().shape();
    int parts = op.attributes().getInt("num");
    if (!shape.hasRank()) {
      return Lowered.declined("the rank is unknown");
    }
    int axis = Shapes.axis(op.attributes().getInt("axis"), shape.rank());
    Set<DType> unpacked =
        Set.of(DType.FLOAT32, DType.INT32, DType.INT8, DType.UINT8, DType.INT16, DType.BOOL);
    if (unpacked.contains(input.type().dtype()) && neverEmpty(shape)) {
      Attributes options = Attributes.of("num", parts, "axis", axis);
      return Lowered.to(emit.builtins("UNPACK", options, op.operands(), op.resultTypes()));
    }
    boolean gathered = shape.rank() > SliceLowering.HIGHEST_RANK;
    if (!(gathered ? KernelTypes.MOVED_OR_BOOL : KernelTypes.MOVED_OR_STRING)
        .contains(input.type().dtype())) {
      return KernelTypes.decline(input.type().dtype());
    }
    Shape asTold = shape.withDim(axis, parts);
    if (asTold.isStatic() && parts > 0) {
      input = emit.reshape(input, asTold); // refuses another number of parts
    }
    List<Value> slices = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      slices.add(gathered ? gather(input, axis, i, emit) : slice(input, axis, i, emit));
    }
    return Lowered.to(slices);
  }

  private static boolean neverEmpty(Shape shape) {
    return shape.isStatic() && shape.elements() > 0;
  }

  /** GATHER takes any rank. */
  private static Value gather(Value input, int axis, int at, Emitter emit) {
    return emit.builtin(
        "GATHER", Attributes.of("axis", axis, "batch_dims", 0), input, emit.scalar(at));
  }

  private static Value slice(Value input, int axis, int at, Emitter emit) {
    TensorType type = input.type();
    int rank = type.shape().rank();
    int[] begin = new int[rank];
    int[] end = new int[rank];
    int[] strides = new int[rank];
    Arrays.fill(strides, 1);
    begin[axis] = at;
    end[axis] = at + 1;
    int all = ((1 << rank) - 1) & ~(1 << axis);
    Attributes options =
        Attributes.of("begin_mask", all, "end_mask", all).with("shrink_axis_mask", 1 << axis);
    return emit.builtin(
        "STRIDED_SLICE", options, input, emit.ints(begin), emit.ints(end), emit.ints(strides));
  }
}
