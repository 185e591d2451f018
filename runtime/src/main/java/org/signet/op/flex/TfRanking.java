package org.signet.op.flex;

import java.util.List;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** InTopK, HistogramFixedWidth and Bucketize: where numbers stand among others. */
final class TfRanking {
  private TfRanking() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "InTopK", TfRanking::inferInTop, call -> inTop(call, call.attributes().getLong("k"))),
        Rules.exact(
            "InTopKV2", TfRanking::inferInTop, call -> inTop(call, call.operand(2).getLong(0))),
        Rules.exact("HistogramFixedWidth", TfRanking::inferHistogram, TfRanking::histogram),
        Rules.exact("Bucketize", Rules.mapped(DType.INT32), TfRanking::bucketize));
  }

  private static List<TensorType> inferInTop(OpTypes op) {
    return List.of(Shapes.plain(DType.BOOL, Shape.of(Rules.dim(op, 0, 0)).refine(op.shape(1))));
  }

  /**
   * Operands: a row of predictions for each target, targets. False where a prediction is not
   * finite.
   */
  private static void inTop(OpCall call, long k) {
    Tensor predictions = Rules.requireRank(call.operand(0), 2, "predictions");
    Tensor targets = Rules.requireRank(call.operand(1), 1, "targets");
    Shapes.require(
        predictions.dim(0) == targets.size(),
        "%s targets for %s rows",
        targets.size(),
        predictions.dim(0));
    int classes = predictions.dim(1);
    Tensor result = call.result(0, DType.BOOL, targets.size());
    for (int i = 0; i < targets.size(); i++) {
      long target = targets.getLong(i);
      boolean known = target >= 0 && target < classes;
      result.setLong(
          i, known && isInTop(predictions.floats(), i * classes, classes, (int) target, k) ? 1 : 0);
    }
  }

  private static boolean isInTop(float[] predictions, int from, int classes, int target, long k) {
    float own = predictions[from + target];
    int better = 0;
    if (!Float.isFinite(own)) {
      return false;
    }
    for (int c = 0; c < classes; c++) {
      float other = predictions[from + c];
      if (!Float.isFinite(other)) {
        return false;
      }
      better += other > own ? 1 : 0;
      if (better > k) {
        return false;
      }
    }
    return better < k;
  }

  /** Operands: values, the range, how many bins. */
  private static List<TensorType> inferHistogram(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.INT32);
    return List.of(
        Shapes.plain(dtype, Shape.of(KnownOperands.scalar(op, 2).orElse(Shape.UNKNOWN))));
  }

  /** Values outside the range go to the first or last bin. */
  private static void histogram(OpCall call) {
    Tensor values = call.operand(0);
    Tensor range = call.operand(1);
    int bins = KnownOperands.scalar(call.operand(2));
    Shapes.require(bins > 0, "%s bins", bins);
    Shapes.require(range.size() == 2, "a range of %s numbers", range.size());
    double low = number(range, 0);
    double high = number(range, 1);
    Shapes.require(low < high, "the range %s to %s", low, high);
    double step = (high - low) / bins;
    Tensor result = call.result(0, call.attributes().getType("dtype", DType.INT32), bins);
    Elements.clear(result);
    for (int i = 0; i < values.size(); i++) {
      double above = difference(values.dtype(), Math.max(number(values, i), low), low);
      int bin = (int) Math.min(above / step, bins - 1);
      result.setLong(bin, result.getLong(bin) + 1);
    }
  }

  private static double difference(DType dtype, double value, double low) {
    return dtype == DType.FLOAT32 ? (float) value - (float) low : value - low;
  }

  private static double number(Tensor tensor, int i) {
    return tensor.getDouble(i);
  }

  /** How many of the sorted boundaries are no larger than a number. */
  private static void bucketize(OpCall call) {
    List<Float> boundaries = call.attributes().getList("boundaries", Float.class);
    for (int i = 1; i < boundaries.size(); i++) {
      Shapes.require(boundaries.get(i - 1) <= boundaries.get(i), "the boundaries are not sorted");
    }
    Tensor x = call.operand(0);
    int[] result = call.result(0, DType.INT32, x.shape()).ints();
    for (int i = 0; i < x.size(); i++) {
      double value = number(x, i);
      int bucket = 0;
      while (bucket < boundaries.size() && !(value < boundaries.get(bucket))) {
        bucket++;
      }
      result[i] = bucket;
    }
  }
}
