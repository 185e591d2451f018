package org.signet.op.flex.audio;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * CTCLoss. Operands: logits [time, batch, classes], labels as the indices and values of a sparse
 * matrix with a sequence in each row, the length of each sequence. Results: the loss of each
 * sequence, its gradient by the logits.
 */
final class TfCtcLoss {
  private TfCtcLoss() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("CTCLoss", TfCtcLoss::infer, TfCtcLoss::evaluate)
            .accurate(Accuracy.APPROXIMATE));
  }

  private static List<TensorType> infer(OpTypes op) {
    int batch = Rules.dim(op, 0, 1) == Shape.UNKNOWN ? Rules.dim(op, 3, 0) : Rules.dim(op, 0, 1);
    return List.of(
        TensorType.of(op.dtype(0), batch),
        Shapes.plain(op.dtype(0), op.shape(0).refine(Shape.of(-1, batch, -1))));
  }

  private static void evaluate(OpCall call) {
    CtcLogits logits = CtcLogits.of(call.operand(0), call.operand(3));
    Attributes attributes = call.attributes();
    boolean collapses = attributes.getBoolean("preprocess_collapse_repeated", false);
    boolean merges = attributes.getBoolean("ctc_merge_repeated", true);
    boolean passesOver = attributes.getBoolean("ignore_longer_outputs_than_inputs", false);
    List<List<Integer>> sequences = sequences(call, logits.rows());
    Tensor loss = call.result(0, logits.values().dtype(), logits.rows());
    Tensor gradient = call.result(1, logits.values().dtype(), logits.values().shape());
    Elements.clear(loss);
    Elements.clear(gradient);
    for (int row = 0; row < logits.rows(); row++) {
      int steps = logits.steps(row);
      Shapes.require(!sequences.get(row).isEmpty(), "no labels of sequence %s", row);
      int[] labels = labels(sequences.get(row), logits.classes() - 1, collapses);
      boolean fits = labels.length <= steps;
      Shapes.require(
          fits || passesOver, "%s labels of a sequence of %s steps", labels.length, steps);
      if (steps == 0 || !fits) {
        continue;
      }
      double[][] inputs = new double[steps][];
      for (int time = 0; time < steps; time++) {
        inputs[time] = logits.at(time, row);
      }
      CtcAlignments alignments = CtcAlignments.of(inputs, labels, merges);
      loss.setDouble(row, -alignments.logProbability());
      for (int time = 0; time < steps; time++) {
        double[] step = alignments.gradient(time);
        for (int k = 0; k < step.length; k++) {
          gradient.setDouble(logits.offset(time, row) + k, step[k]);
        }
      }
    }
  }

  private static List<List<Integer>> sequences(OpCall call, int rows) {
    Tensor indices = Rules.requireRank(call.operand(1), 2, "labels_indices");
    Tensor values = Rules.requireRank(call.operand(2), 1, "labels_values");
    Shapes.require(
        indices.dim(0) == values.size() && indices.dim(1) == 2,
        "labels %s at %s",
        values.type(),
        indices.type());
    List<List<Integer>> sequences = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      sequences.add(new ArrayList<>());
    }
    for (int i = 0; i < values.size(); i++) {
      long row = indices.getLong(2 * i);
      Shapes.require(row >= 0 && row < rows, "labels of sequence %s of %s", row, rows);
      sequences.get((int) row).add((int) values.getLong(i));
    }
    return sequences;
  }

  /** The labels before the first blank, after which none but blanks may follow. */
  private static int[] labels(List<Integer> sequence, int blank, boolean collapses) {
    List<Integer> labels = new ArrayList<>();
    boolean ended = false;
    for (int i = 0; i < sequence.size(); i++) {
      int label = sequence.get(i);
      if (collapses && i > 0 && label == sequence.get(i - 1)) {
        continue;
      }
      Shapes.require(label >= 0, "the label %s", label);
      Shapes.require(!ended || label >= blank, "the label %s after a blank", label);
      ended = label >= blank;
      if (!ended) {
        labels.add(label);
      }
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }
}
