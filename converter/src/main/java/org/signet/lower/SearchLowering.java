package org.signet.lower;

import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** ArgMax, ArgMin, TopKV2 and Cumsum, which run along one axis, and Bucketize. */
final class SearchLowering implements Lowering {
  private static final Set<DType> ARG_TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.BOOL);

  private static final Set<DType> BUCKETIZED =
      Set.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("ArgMax", "ArgMin", "Bucketize", "Cumsum", "TopKV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    return switch (op.name()) {
      case "ArgMax" -> arg("ARG_MAX", op, emit);
      case "ArgMin" -> arg("ARG_MIN", op, emit);
      case "Bucketize" -> bucketize(op, emit);
      case "Cumsum" -> cumsum(op, emit);
      default -> topK(op, emit);
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
    if (!ARG_TYPES.contains(op.dtype(0)) || (result != DType.INT32 && result != DType.INT64)) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value axis = op.dtype(1) == DType.INT16 ? emit.cast(op.operand(1), DType.INT32) : op.operand(1);
    return Lowered.to(
        emit.builtin(builtin, Attributes.of("output_type", result.name()), op.operand(0), axis));
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

  private static Lowered topK(TfOp op, Emitter emit) {
    boolean fits =
        KernelTypes.MOVED.contains(op.dtype(0)) && op.resultTypes().get(1).dtype() == DType.INT32;
    return fits
        ? Lowered.to(
            emit.builtins(
                "TOPK_V2",
                Attributes.NONE,
                List.of(op.operand(0), emit.cast(op.operand(1), DType.INT32)),
                op.resultTypes()))
        : KernelTypes.decline(op.dtype(0));
  }
}
