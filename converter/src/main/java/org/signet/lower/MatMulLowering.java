package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Matrix products. With a constant matrix on the right they become FULLY_CONNECTED, whose weights
 * are [out, in], so the constant is turned over where it must be; otherwise BATCH_MATMUL.
 */
final class MatMulLowering implements Lowering {
  /** The ops that multiply matrices. */
  static final Set<String> OPS =
      Set.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3", "MatMul", "SparseMatMul");

  private static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> ops() {
    return OPS;
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.name().equals("SparseMatMul")) {
      Value left = emit.cast(op.operand(0), DType.FLOAT32);
      Value right = emit.cast(op.operand(1), DType.FLOAT32);
      return product(left, turnsLeft(op), right, turnsRight(op), emit);
    }
    if (op.dtype(0) != DType.FLOAT32
        || op.dtype(1) != DType.FLOAT32
        || op.result().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return product(op.operand(0), turnsLeft(op), op.operand(1), turnsRight(op), emit);
  }

  /** Whether the left matrix is turned over first. */
  static boolean turnsLeft(TfOp op) {
    return op.attributes().getBoolean(isOfMatrices(op) ? "transpose_a" : "adj_x");
  }

  /** Whether the right matrix is turned over first. */
  static boolean turnsRight(TfOp op) {
    return op.attributes().getBoolean(isOfMatrices(op) ? "transpose_b" : "adj_y");
  }

  private static boolean isOfMatrices(TfOp op) {
    return !op.name().startsWith("Batch");
  }

  /**
   * {@code left} times {@code right}, each turned over in its last two dimensions first where it
   * says so.
   */
  static Lowered product(
      Value left, boolean turnLeft, Value right, boolean turnRight, Emitter emit) {
    var leftShape = left.type().shape();
    var rightShape = right.type().shape();
    if (Broadcasts.isAbove(leftShape, HIGHEST_RANK)
        || Broadcasts.isAbove(rightShape, HIGHEST_RANK)) {
      return ofHighRank(left, turnLeft, right, turnRight, emit);
    }
    if (isNothing(leftShape, turnLeft ? -2 : -1) || isNothing(rightShape, turnRight ? -1 : -2)) {
      // TFLite's default delegate fails on products of nothing; their sums are zeros.
      return IntegerProductLowering.product(left, turnLeft, right, turnRight, emit);
    }
    boolean ranked = leftShape.hasRank() && rightShape.hasRank();
    if (right instanceof Value.Constant && ranked && rightShape.rank() == 2 && !turnLeft) {
      Value weights = turnRight ? right : emit.transpose(right, 1, 0);
      return Lowered.to(fullyConnected(left, weights, emit));
    }
    Attributes options =
        Attributes.of("adj_x", turnLeft, "adj_y", turnRight)
            .with("asymmetric_quantize_inputs", false);
    return Lowered.to(emit.builtin("BATCH_MATMUL", options, left, right));
  }

  private static boolean isNothing(Shape shape, int axis) {
    return shape.hasRank() && shape.dim(axis) == 0;
  }

  /** Both spread to the same outer dimensions, which then count as one. */
  private static Lowered ofHighRank(
      Value left, boolean turnLeft, Value right, boolean turnRight, Emitter emit) {
    if (!left.type().shape().isStatic() || !right.type().shape().isStatic()) {
      return Lowered.declined("the kernel takes ranks to " + HIGHEST_RANK);
    }
    int[] outer = Shapes.broadcast(outer(left), outer(right)).dims();
    if (outer.length + 2 > Broadcasts.HIGHEST_RANK) {
      return Lowered.declined("the kernel broadcasts ranks to " + Broadcasts.HIGHEST_RANK);
    }
    Lowered product =
        product(
            matrices(left, outer, emit), turnLeft, matrices(right, outer, emit), turnRight, emit);
    if (!(product instanceof Lowered.To(List<Value> results))) {
      return product;
    }
    Shape inner = results.getFirst().type().shape();
    int[] dims = Arrays.copyOf(outer, outer.length + 2);
    dims[outer.length] = inner.dim(-2);
    dims[outer.length + 1] = inner.dim(-1);
    return Lowered.to(emit.reshape(results.getFirst(), Shape.of(dims)));
  }

  private static Shape outer(Value value) {
    int[] dims = value.type().shape().dims();
    return Shape.of(Arrays.copyOf(dims, dims.length - 2));
  }

  /** {@code value} with these outer dimensions, as [all of them, rows, columns]. */
  private static Value matrices(Value value, int[] outer, Emitter emit) {
    Shape shape = value.type().shape();
    int[] dims = Arrays.copyOf(outer, outer.length + 2);
    dims[outer.length] = shape.dim(-2);
    dims[outer.length + 1] = shape.dim(-1);
    Value spread =
        Shape.of(dims).equals(shape) ? value : emit.builtin("BROADCAST_TO", value, emit.ints(dims));
    int count = (int) Shape.of(outer).elements();
    return emit.reshape(spread, Shape.of(count, shape.dim(-2), shape.dim(-1)));
  }

  /** {@code input} [..., in] times {@code weights} [out, in]. */
  static Value fullyConnected(Value input, Value weights, Emitter emit) {
    Attributes options =
        Attributes.of(
                "keep_num_dims", input.type().shape().rank() != 2, "weights_format", "DEFAULT")
            .with("fused_activation_function", "NONE");
    return emit.builtin("FULLY_CONNECTED", options, input, weights, Value.ABSENT);
  }
}
