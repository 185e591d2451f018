package org.signet.op;

import java.util.List;
import java.util.OptionalInt;
import org.signet.op.BoxSuppression.Taken;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * NON_MAX_SUPPRESSION_V4 and V5; their results always have the largest size, zeros after those
 * taken.
 */
public final class BoxSuppressions {
  private BoxSuppressions() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
            "NON_MAX_SUPPRESSION_V4",
            op -> List.of(indices(op), TensorType.of(DType.INT32)),
            call -> {
              List<Taken> taken = select(call, true);
              int size = KnownOperands.scalar(call.operand(2));
              putIndices(call, 0, taken, size);
              call.result(1, Tensor.scalar(taken.size()));
            }),
        OpDefinition.builtin(
            "NON_MAX_SUPPRESSION_V5",
            op -> {
              TensorType indices = indices(op);
              return List.of(indices, indices.withDType(op.dtype(1)), TensorType.of(DType.INT32));
            },
            call -> {
              List<Taken> taken = select(call, true);
              int size = KnownOperands.scalar(call.operand(2));
              putIndices(call, 0, taken, size);
              putScores(call, 1, taken, size);
              call.result(2, Tensor.scalar(taken.size()));
            }));
  }

  /** Indices as many as operand 2 says. */
  public static TensorType indices(OpTypes op) {
    OptionalInt size = KnownOperands.scalar(op, 2);
    return TensorType.of(DType.INT32, size.isPresent() ? size.getAsInt() : Shape.UNKNOWN);
  }

  /**
   * Runs on operands boxes, scores, limit and, where there are any, overlap (else attribute {@code
   * iou_threshold}), score (no limit without) and sigma (0 without).
   */
  public static List<Taken> select(OpCall call, boolean lite) {
    return new BoxSuppression(
            KnownOperands.scalar(call.operand(2)),
            number(call, 3, call.attributes().getFloat("iou_threshold", 0.5f)),
            number(call, 4, Float.NEGATIVE_INFINITY),
            number(call, 5, 0),
            lite)
        .select(call.operand(0), call.operand(1));
  }

  private static float number(OpCall call, int operand, float fallback) {
    return call.has(operand) ? (float) call.operand(operand).getDouble(0) : fallback;
  }

  /** Sets a result of {@code size} to the indices taken and zeros. */
  public static void putIndices(OpCall call, int result, List<Taken> taken, int size) {
    int[] indices = call.result(result, DType.INT32, size).ints();
    for (int i = 0; i < size; i++) {
      indices[i] = i < taken.size() ? taken.get(i).index() : 0;
    }
  }

  /** Sets a result of {@code size} to the scores of the boxes taken and zeros. */
  public static void putScores(OpCall call, int result, List<Taken> taken, int size) {
    Tensor scores = call.result(result, call.operand(1).dtype(), size);
    for (int i = 0; i < size; i++) {
      scores.setDouble(i, i < taken.size() ? taken.get(i).score() : 0);
    }
  }
}
