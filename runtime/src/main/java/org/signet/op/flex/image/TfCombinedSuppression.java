package org.signet.op.flex.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.signet.op.BoxSuppression;
import org.signet.op.Elements;
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
 * CombinedNonMaxSuppression: suppression class by class in each image. Operands: boxes [batch, n,
 * classes or 1, 4], scores [batch, n, classes], how many boxes are taken per class and in all, the
 * overlap and the score from which on. Results: boxes, scores, classes and how many there are, the
 * best first, zeros after them.
 */
final class TfCombinedSuppression {
  private TfCombinedSuppression() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "CombinedNonMaxSuppression",
            TfCombinedSuppression::infer,
            TfCombinedSuppression::evaluate));
  }

  private static int size(boolean padPerClass, int perClass, int total, int classes) {
    return padPerClass ? (int) Math.min(total, (long) perClass * classes) : total;
  }

  private static List<TensorType> infer(OpTypes op) {
    int perClass = KnownOperands.scalar(op, 2).orElse(Shape.UNKNOWN);
    int total = KnownOperands.scalar(op, 3).orElse(Shape.UNKNOWN);
    boolean pad = op.attributes().getBoolean("pad_per_class", false);
    int classes = Rules.dim(op, 1, 2);
    boolean known =
        total != Shape.UNKNOWN && (!pad || (perClass != Shape.UNKNOWN && classes != Shape.UNKNOWN));
    int size = known ? size(pad, perClass, total, classes) : Shape.UNKNOWN;
    int batch = Rules.dim(op, 0, 0) == Shape.UNKNOWN ? Rules.dim(op, 1, 0) : Rules.dim(op, 0, 0);
    TensorType row = TensorType.of(DType.FLOAT32, batch, size);
    return List.of(
        TensorType.of(DType.FLOAT32, batch, size, 4), row, row, TensorType.of(DType.INT32, batch));
  }

  /** A box taken for a class. */
  private record Detection(int box, int kind, float score) {}

  private static void evaluate(OpCall call) {
    Tensor boxes = Rules.requireRank(call.operand(0), 4, "boxes");
    Tensor scores = Rules.requireRank(call.operand(1), 3, "scores");
    int batch = scores.dim(0);
    int classes = scores.dim(2);
    Shapes.require(
        boxes.dim(0) == batch
            && boxes.dim(1) == scores.dim(1)
            && boxes.dim(3) == 4
            && (boxes.dim(2) == 1 || boxes.dim(2) == classes),
        "boxes of shape %s with scores of shape %s",
        Shapes.text(boxes.shape()),
        Shapes.text(scores.shape()));
    int perClass = KnownOperands.scalar(call.operand(2));
    int total = KnownOperands.scalar(call.operand(3));
    Shapes.require(perClass > 0 && total > 0, "%s boxes a class, %s in all", perClass, total);
    boolean pad = call.attributes().getBoolean("pad_per_class", false);
    boolean clip = call.attributes().getBoolean("clip_boxes", true);
    int size = size(pad, perClass, total, classes);
    Tensor[] results = {
      call.result(0, DType.FLOAT32, batch, size, 4),
      call.result(1, DType.FLOAT32, batch, size),
      call.result(2, DType.FLOAT32, batch, size),
      call.result(3, DType.INT32, batch)
    };
    for (Tensor result : results) {
      Elements.clear(result);
    }
    for (int b = 0; b < batch; b++) {
      List<Detection> taken = select(call, b, perClass);
      int count = Math.min(taken.size(), size);
      results[3].ints()[b] = count;
      for (int i = 0; i < count; i++) {
        Detection detection = taken.get(i);
        int to = b * size + i;
        results[1].floats()[to] = detection.score();
        results[2].floats()[to] = detection.kind();
        int own = boxes.dim(2) == 1 ? 0 : detection.kind();
        int from = 4 * ((b * boxes.dim(1) + detection.box()) * boxes.dim(2) + own);
        for (int k = 0; k < 4; k++) {
          float corner = boxes.floats()[from + k];
          results[0].floats()[4 * to + k] = clip ? Math.clamp(corner, 0f, 1f) : corner;
        }
      }
    }
  }

  private static List<Detection> select(OpCall call, int image, int perClass) {
    Tensor boxes = call.operand(0);
    Tensor scores = call.operand(1);
    int n = scores.dim(1);
    int classes = scores.dim(2);
    BoxSuppression suppression =
        new BoxSuppression(
            Math.min(perClass, n),
            call.operand(4).floats()[0],
            call.operand(5).floats()[0],
            0,
            false);
    List<Detection> detections = new ArrayList<>();
    for (int kind = 0; kind < classes; kind++) {
      Tensor own = Tensor.zeros(DType.FLOAT32, n, 4);
      Tensor ownScores = Tensor.zeros(DType.FLOAT32, n);
      int q = boxes.dim(2);
      for (int i = 0; i < n; i++) {
        int from = ((image * n + i) * q + (q == 1 ? 0 : kind)) * 4;
        Elements.copy(boxes, from, own, 4 * i, 4);
        Elements.copy(scores, (image * n + i) * classes + kind, ownScores, i, 1);
      }
      for (BoxSuppression.Taken taken : suppression.select(own, ownScores)) {
        detections.add(new Detection(taken.index(), kind, taken.score()));
      }
    }
    detections.sort(Comparator.comparingDouble(detection -> -detection.score()));
    return detections;
  }
}
