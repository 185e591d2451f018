package org.signet.lower;

import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** ArgMax, ArgMin and Cumsum, which run along one axis, and Bucketize. */
final class SearchLowering implements Lowering {
  private static final Set<DType> ARG_TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.BOOL);

  private static final Set<DType> BUCKETIZED =
      Set.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("ArgMax", "ArgMin", "Bucketize", "Cumsum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    return switch (op.name()) {
      case "ArgMax" -> arg("ARG_MAX", op, emit);
      case "ArgMin" -> arg("ARG_MIN", op, emit);
      case "Bucketize" -> bucketize(op, emit);
      default -> cumsum(op, emit);
    };
  }

  private static Lowered bucketize(TfOp op, Emitter emit) {
    if (!BUCKETIZED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Attributes options =
        Attributes.of("boundaries", op.attributes().getList("boundaries", Float.class));
    return Lowered.to(emit.builtin("BUCKETIZE", options, op.operand(0)));
  }

  private static Lowered arg(String builtin, TfOp op, Emitter emit) {
    DType result = op.result().dtype();
    boolean wide = op.dtype(0) == DType.INT64;
    if ((!ARG_TYPES.contains(op.dtype(0)) && !wide)
        || (result != DType.INT32 && result != DType.INT64)) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value axis = op.dtype(1) == DType.INT16 ? emit.cast(op.operand(1), DType.INT32) : op.operand(1);
    Attributes options = Attributes.of("output_type", result.name());
    return wide
        ? firstExtreme(builtin, op.operand(0), axis, options, emit)
        : Lowered.to(
            emit.builtin(builtin, options, comparable(builtin, op.operand(0), emit), axis));
  }

  /** Without NaN, over which TensorFlow passes: the kernel stays with one that comes first. */
  private static Value comparable(String builtin, Value value, Emitter emit) {
    if (value.type().dtype() != DType.FLOAT32) {
      return value;
    }
    boolean max = builtin.equals("ARG_MAX");
    Value worst = emit.scalar(max ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
    return Elementwise.apply(
        value, emit, x -> emit.select(emit.builtin("NOT_EQUAL", x, x), worst, x));
  }

  /** Of a type for which ARG_MAX has no kernel: where it first equals its extreme. */
  private static Lowered firstExtreme(
      String builtin, Value value, Value axis, Attributes options, Emitter emit) {
    Value axes = emit.reshape(emit.cast(axis, DType.INT32), Shape.of(1));
    Value extreme =
        emit.builtin(
            builtin.equals("ARG_MAX") ? "REDUCE_MAX" : "REDUCE_MIN",
            Attributes.of("keep_dims", true),
            value,
            axes);
    Lowered found = Broadcasts.apply(value, extreme, emit, (a, b) -> emit.builtin("EQUAL", a, b));
    return found instanceof Lowered.To(List<Value> results)
        ? Lowered.to(emit.builtin("ARG_MAX", options, results.getFirst(), axis))
        : found;
  }

  private static Lowered cumsum(TfOp op, Emitter emit) {
    if (!Set.of(DType.FLOAT32, DType.INT32, DType.INT64).contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Attributes options =
        Attributes.of(
            "exclusive",
            op.attributes().getBoolean("exclusive"),
            "reverse",
            op.attributes().getBoolean("reverse"));
    return Lowered.to(
        emit.builtin("CUMSUM", options, op.operand(0), emit.cast(op.operand(1), DType.INT32)));
  }
}
