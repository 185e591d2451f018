package org.signet.op.flex;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The cross-entropy of a softmax with labels: by probability for each class, or by the number of
 * the class. Results: the loss of each row, its gradient by the logits.
 */
final class TfCrossEntropy {
  private TfCrossEntropy() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "SoftmaxCrossEntropyWithLogits", TfCrossEntropy::infer, TfCrossEntropy::dense)
            .accurate(Accuracy.APPROXIMATE),
        OpDefinition.tf(
                "SparseSoftmaxCrossEntropyWithLogits",
                TfCrossEntropy::inferSparse,
                TfCrossEntropy::sparse)
            .accurate(Accuracy.APPROXIMATE));
  }

  private static List<TensorType> types(OpTypes op, Shape logits) {
    Shape ranked = Shapes.ranked(logits, 2, "logits");
    return List.of(
        Shapes.plain(op.dtype(0), Shape.of(ranked.dim(0))), Shapes.plain(op.dtype(0), ranked));
  }

  private static List<TensorType> infer(OpTypes op) {
    return types(op, Shapes.broadcast(op.shape(0), op.shape(1)));
  }

  private static List<TensorType> inferSparse(OpTypes op) {
    return types(op, op.shape(0));
  }

  private static void dense(OpCall call) {
    Tensor logits = call.operand(0);
    Tensor labels = call.operand(1);
    int[] shape = Shapes.broadcast(logits.shape(), labels.shape());
    double[] x = new double[Shapes.product(shape, 0, shape.length)];
    double[] p = new double[x.length];
    BroadcastLoop.run(
        shape,
        logits.shape(),
        labels.shape(),
        (i, a, b) -> {
          x[i] = logits.getDouble(a);
          p[i] = labels.getDouble(b);
        });
    rows(call, shape, x, p);
  }

  private static void sparse(OpCall call) {
    Tensor logits = Rules.requireRank(call.operand(0), 2, "logits");
    Tensor labels = Rules.requireRank(call.operand(1), 1, "labels");
    Shapes.require(
        labels.size() == logits.dim(0), "%s labels for %s", labels.size(), logits.type());
    double[] x = new double[logits.size()];
    double[] p = new double[x.length];
    int classes = logits.dim(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = logits.getDouble(i);
    }
    for (int i = 0; i < labels.size(); i++) {
      long label = labels.getLong(i);
      if (label < 0 || label >= classes) {
        throw noClass(label, classes, labels);
      }
      p[i * classes + (int) label] = 1;
    }
    rows(call, logits.shape(), x, p);
  }

  private static IllegalArgumentException noClass(long label, int classes, Tensor labels) {
    String all =
        IntStream.range(0, labels.size())
            .mapToObj(i -> String.valueOf(labels.getLong(i)))
            .collect(Collectors.joining(" "));
    return new IllegalArgumentException(
        "Received a label value of %s which is outside the valid range of [0, %s).  Label values: %s"
            .formatted(label, classes, all));
  }

  private static void rows(OpCall call, int[] shape, double[] logits, double[] labels) {
    Shapes.require(shape.length == 2, "logits of shape %s", Shapes.text(shape));
    int classes = shape[1];
    Tensor losses = call.result(0, call.operand(0).dtype(), shape[0]);
    Tensor gradients = call.result(1, call.operand(0).dtype(), shape);
    for (int row = 0; row < shape[0]; row++) {
      int from = row * classes;
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = from; c < from + classes; c++) {
        largest = Math.max(largest, logits[c]);
      }
      double sum = 0;
      for (int c = from; c < from + classes; c++) {
        sum += Math.exp(logits[c] - largest);
      }
      double loss = 0;
      for (int c = from; c < from + classes; c++) {
        double above = logits[c] - largest;
        loss += labels[c] == 0 ? 0 : labels[c] * (Math.log(sum) - above);
        gradients.setDouble(c, Math.exp(above) / sum - labels[c]);
      }
      losses.setDouble(row, loss);
    }
  }
}
