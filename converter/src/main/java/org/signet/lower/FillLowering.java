package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Ops that make a larger tensor of a smaller one: BroadcastTo, Empty, Fill, OneHot, OnesLike,
 * Range, Tile; ZerosLike where ZEROS_LIKE has no kernel.
 */
final class FillLowering implements Lowering {
  private static final int HIGHEST_BROADCAST_RANK = 8;

  private static final Set<DType> FILLED =
      Set.of(
          DType.FLOAT32,
          DType.FLOAT16,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.BOOL,
          DType.STRING);

  @Override
  public Set<String> ops() {
    return Set.of(
        "BroadcastTo", "Empty", "Fill", "OneHot", "OnesLike", "Range", "Tile", "ZerosLike");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    return switch (op.name()) {
      case "BroadcastTo" -> broadcast(op, emit);
      case "Empty" -> empty(op, emit);
      case "Fill" -> fill(op, emit);
      case "OneHot" -> oneHot(op, emit);
      case "OnesLike" -> filledLike(op, 1, emit);
      case "ZerosLike" -> filledLike(op, 0, emit);
      case "Range" ->
          Set.of(DType.FLOAT32, DType.INT32, DType.INT64).contains(op.dtype(0))
              ? Lowered.to(emit.builtin("RANGE", op.operand(0), op.operand(1), op.operand(2)))
              : KernelTypes.decline(op.dtype(0));
      default ->
          KernelTypes.with(
                      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8),
                      DType.INT32,
                      DType.INT64,
                      DType.BOOL,
                      DType.STRING)
                  .contains(op.dtype(0))
              ? Lowered.to(emit.builtin("TILE", op.operand(0), op.operand(1)))
              : KernelTypes.decline(op.dtype(0));
    };
  }

  private static Lowered broadcast(TfOp op, Emitter emit) {
    Shape shape = op.result().shape();
    // TFLite's kernel takes bfloat16, too, but leaves its result unset.
    if (Set.of(DType.STRING, DType.BFLOAT16).contains(op.dtype(0)) || !op.dtype(0).isInTflite()) {
      return KernelTypes.decline(op.dtype(0));
    }
    return shape.hasRank() && shape.rank() > HIGHEST_BROADCAST_RANK
        ? Lowered.declined("the kernel takes ranks to " + HIGHEST_BROADCAST_RANK)
        : Lowered.to(emit.builtin("BROADCAST_TO", op.operand(0), op.operand(1)));
  }

  private static Lowered fill(TfOp op, Emitter emit) {
    return FILLED.contains(op.dtype(1))
        ? Lowered.to(emit.builtin("FILL", op.operand(0), op.operand(1)))
        : KernelTypes.decline(op.dtype(1));
  }

  /** Zeros, and where TensorFlow leaves undefined what a tensor holds, zeros, too. */
  private static Lowered empty(TfOp op, Emitter emit) {
    DType dtype = op.result().dtype();
    if (!FILLED.contains(dtype)) {
      return KernelTypes.decline(dtype);
    }
    Value zero = dtype == DType.STRING ? emit.constant(Tensor.zeros(dtype)) : emit.scalar(dtype, 0);
    return Lowered.to(emit.builtin("FILL", op.operand(0), zero));
  }

  private static Lowered oneHot(TfOp op, Emitter emit) {
    Set<DType> types =
        Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.INT64, DType.BOOL);
    if (!types.contains(op.dtype(2))) {
      return KernelTypes.decline(op.dtype(2));
    }
    boolean small = op.dtype(0) == DType.UINT8 || op.dtype(0) == DType.INT8;
    Value indices = small ? emit.cast(op.operand(0), DType.INT32) : op.operand(0);
    Attributes options = Attributes.of("axis", op.attributes().getInt("axis"));
    return Lowered.to(
        emit.builtin("ONE_HOT", options, indices, op.operand(1), op.operand(2), op.operand(3)));
  }

  private static Lowered filledLike(TfOp op, int number, Emitter emit) {
    DType dtype = op.dtype(0);
    boolean real = dtype.isFloating() || dtype.isInteger() || dtype == DType.BOOL;
    if (!real || !dtype.isInTflite()) {
      return KernelTypes.decline(dtype);
    }
    Value element = emit.scalar(dtype, number);
    Value shape = emit.shapeOf(op.operand(0));
    if (dtype == DType.BFLOAT16) {
      return Lowered.to(
          emit.cast(emit.builtin("FILL", shape, emit.scalar(DType.FLOAT32, number)), dtype));
    }
    if (FILLED.contains(dtype)) {
      return Lowered.to(emit.builtin("FILL", shape, element));
    }
    return Lowered.to(emit.builtin("BROADCAST_TO", element, shape));
  }
}
