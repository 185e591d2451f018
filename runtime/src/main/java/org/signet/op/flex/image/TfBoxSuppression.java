package org.signet.op.flex.image;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.BoxSuppression;
import org.signet.op.BoxSuppressions;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * NonMaxSuppression to V5 and WithOverlaps. The results are as long as boxes are taken, unless
 * {@code pad_to_max_output_size} is set.
 */
final class TfBoxSuppression {
  private TfBoxSuppression() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("NonMaxSuppression", false, false),
        define("NonMaxSuppressionV2", false, false),
        define("NonMaxSuppressionV3", false, false),
        define("NonMaxSuppressionV4", false, true),
        define("NonMaxSuppressionV5", true, true),
        OpDefinition.tf(
            "NonMaxSuppressionWithOverlaps",
            Rules.always(TensorType.of(DType.INT32, Shape.UNKNOWN)),
            TfBoxSuppression::withOverlaps));
  }

  private static OpDefinition define(String name, boolean scores, boolean count) {
    return OpDefinition.tf(
        name, op -> types(op, scores, count), call -> evaluate(call, scores, count));
  }

  private static List<TensorType> types(OpTypes op, boolean scores, boolean count) {
    boolean padded = op.attributes().getBoolean("pad_to_max_output_size", false);
    TensorType indices =
        padded ? BoxSuppressions.indices(op) : TensorType.of(DType.INT32, Shape.UNKNOWN);
    List<TensorType> types = new ArrayList<>(List.of(indices));
    if (scores) {
      types.add(indices.withDType(op.dtype(1)));
    }
    if (count) {
      types.add(TensorType.of(DType.INT32));
    }
    return types;
  }

  private static void evaluate(OpCall call, boolean scores, boolean count) {
    List<BoxSuppression.Taken> taken = BoxSuppressions.select(call, false);
    boolean padded = call.attributes().getBoolean("pad_to_max_output_size", false);
    int size = padded ? KnownOperands.scalar(call.operand(2)) : taken.size();
    BoxSuppressions.putIndices(call, 0, taken, size);
    if (scores) {
      BoxSuppressions.putScores(call, 1, taken, size);
    }
    if (count) {
      call.result(scores ? 2 : 1, Tensor.scalar(taken.size()));
    }
  }

  /** Operands: overlaps [n, n], scores, the most boxes, overlap and score to exceed. */
  private static void withOverlaps(OpCall call) {
    Tensor overlaps = Rules.requireRank(call.operand(0), 2, "overlaps");
    Tensor scores = Rules.requireRank(call.operand(1), 1, "scores");
    int boxes = scores.size();
    Shapes.require(
        overlaps.dim(0) == boxes && overlaps.dim(1) == boxes,
        "overlaps %s of %s boxes",
        overlaps.type(),
        boxes);
    BoxSuppression suppression =
        new BoxSuppression(
            KnownOperands.scalar(call.operand(2)),
            call.operand(3).floats()[0],
            call.operand(4).floats()[0],
            0,
            false);
    List<BoxSuppression.Taken> taken =
        suppression.select((i, j) -> overlaps.floats()[i * boxes + j], scores);
    BoxSuppressions.putIndices(call, 0, taken, taken.size());
  }
}
