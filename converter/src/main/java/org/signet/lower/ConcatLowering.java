package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Concat, ConcatV2 and Pack; a Pack of a type that PACK lacks is a CONCATENATION of reshaped
 * operands.
 */
final class ConcatLowering implements Lowering {
  /** The highest rank for which the kernels, delegates' among them, are sure to work. */
  private static final int HIGHEST_RANK = 6;

  @Override
  public Set<String> ops() {
    return Set.of("Concat", "ConcatV2", "Pack");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.name().equals("Pack")) {
      return pack(op, emit);
    }
    boolean axisLast = op.name().equals("ConcatV2");
    int count = op.operands().size() - 1;
    List<Value> values =
        axisLast ? op.operands().subList(0, count) : op.operands().subList(1, count + 1);
    Optional<int[]> axis = emit.intsOf(op.operand(axisLast ? count : 0));
    return axis.isPresent()
        ? concatenate(values, axis.get()[0], emit)
        : concatenate(values, op.operand(axisLast ? count : 0), emit);
  }

  /** Along an axis that is known at run time only. */
  private static Lowered concatenate(List<Value> values, Value axis, Emitter emit) {
    Shape shape = values.getFirst().type().shape();
    if (!shape.hasRank() || shape.rank() > ComputedAxis.HIGHEST_RANK) {
      return Lowered.declined("the axis is not constant");
    }
    ComputedAxis computed = ComputedAxis.of(axis, shape.rank(), emit);
    Lowered joined = concatenate(values.stream().map(computed::exchanged).toList(), 0, emit);
    return joined instanceof Lowered.To(List<Value> results)
        ? Lowered.to(computed.exchanged(results.getFirst()))
        : joined;
  }

  private static Lowered concatenate(List<Value> values, int axis, Emitter emit) {
    if (values.size() == 1) {
      return Lowered.to(values.getFirst());
    }
    DType dtype = values.getFirst().type().dtype();
    if (!KernelTypes.with(KernelTypes.MOVED_OR_BOOL, DType.UINT32).contains(dtype)) {
      return KernelTypes.decline(dtype);
    }
    Shape shape = values.getFirst().type().shape();
    if (!Broadcasts.isAbove(shape, HIGHEST_RANK)) {
      return Lowered.to(emit.concat(axis, values.toArray(Value[]::new)));
    }
    boolean[] joined = new boolean[shape.rank()];
    joined[Shapes.axis(axis, shape.rank())] = true;
    Collapse collapse = Collapse.around(joined);
    Value[] merged =
        values.stream().map(value -> collapse.merge(value, emit)).toArray(Value[]::new);
    int at = Shapes.axis(axis, shape.rank()) == 0 ? 0 : 1;
    return Lowered.to(collapse.split(emit.concat(at, merged), values.getFirst(), emit));
  }

  private static Lowered pack(TfOp op, Emitter emit) {
    int axis = op.attributes().getInt("axis");
    DType dtype = op.dtype(0);
    if (KernelTypes.MOVED.contains(dtype)) {
      Attributes options = Attributes.of("values_count", op.operands().size(), "axis", axis);
      return Lowered.to(emit.builtin("PACK", options, op.operands().toArray(Value[]::new)));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return KernelTypes.decline(dtype);
    }
    int at = Shapes.axis(axis, shape.rank() + 1);
    List<Value> expanded = new ArrayList<>();
    op.operands()
        .forEach(value -> expanded.add(emit.builtin("EXPAND_DIMS", value, emit.scalar(at))));
    return concatenate(expanded, at, emit);
  }
}
