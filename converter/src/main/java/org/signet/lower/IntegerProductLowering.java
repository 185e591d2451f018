package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Products of integer matrices, for which FULLY_CONNECTED and BATCH_MATMUL have no kernels without
 * scales: those of small integers as of floats, others as [..., m, k, 1] times [..., 1, k, n],
 * summed along k.
 */
final class IntegerProductLowering implements Lowering {
  private static final Set<DType> TYPES = Set.of(DType.INT32, DType.INT64);

  /** One less than what MUL broadcasts. */
  private static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> ops() {
    return MatMulLowering.OPS;
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.result().dtype();
    boolean widened = op.name().equals("BatchMatMulV3") && dtype == DType.INT32;
    if (!TYPES.contains(dtype) || (op.dtype(0) != dtype && !widened)) {
      return KernelTypes.decline(op.dtype(0));
    }
    return product(
        emit.cast(op.operand(0), dtype),
        MatMulLowering.turnsLeft(op),
        emit.cast(op.operand(1), dtype),
        MatMulLowering.turnsRight(op),
        emit);
  }

  /**
   * {@code left} times {@code right}, each turned over in its last two dimensions first where it
   * says so.
   */
  static Lowered product(
      Value left, boolean turnLeft, Value right, boolean turnRight, Emitter emit) {
    Shape leftShape = left.type().shape();
    Shape rightShape = right.type().shape();
    if (Broadcasts.isAbove(leftShape, HIGHEST_RANK)
        || Broadcasts.isAbove(rightShape, HIGHEST_RANK)) {
      return Lowered.declined("the kernel broadcasts ranks to 6");
    }
    Optional<Value> narrow = NarrowProduct.of(left, turnLeft, right, turnRight, emit);
    if (narrow.isPresent()) {
      return Lowered.to(narrow.get());
    }
    Value first = turned(left, turnLeft, emit);
    Value second = turned(right, turnRight, emit);
    Value products =
        emit.builtin(
            "MUL",
            emit.builtin("EXPAND_DIMS", first, emit.scalar(-1)),
            emit.builtin("EXPAND_DIMS", second, emit.scalar(-3)));
    return Lowered.to(
        emit.builtin("SUM", Attributes.of("keep_dims", false), products, emit.ints(-2)));
  }

  private static Value turned(Value value, boolean turn, Emitter emit) {
    if (!turn) {
      return value;
    }
    if (!value.type().shape().hasRank()) {
      return emit.builtin("TRANSPOSE", value, computedOrder(value, emit));
    }
    int rank = value.type().shape().rank();
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i;
    }
    order[rank - 1] = rank - 2;
    order[rank - 2] = rank - 1;
    return emit.transpose(value, order);
  }

  /** All dimensions, the last two exchanged. */
  private static Value computedOrder(Value value, Emitter emit) {
    IntMath m = new IntMath(emit);
    Value rank = emit.builtin("RANK", value);
    Value last = m.add(rank, -1);
    Value other = m.add(rank, -2);
    return m.joined(m.line(other), last, other);
  }
}
