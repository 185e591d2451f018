package org.signet.op.flex.audio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.op.Accuracy;
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
 * CTCGreedyDecoder and CTCBeamSearchDecoder. Operands: logits [time, batch, classes], the length of
 * each sequence. Results: labels as sparse matrices, a sequence in each row (all indices, then all
 * values, then all shapes), and log probabilities.
 */
final class TfCtc {
  private TfCtc() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("CTCGreedyDecoder", op -> infer(op, 1), TfCtc::greedy)
            .accurate(Accuracy.APPROXIMATE),
        OpDefinition.tf("CTCBeamSearchDecoder", op -> infer(op, paths(op)), TfCtc::beamSearch)
            .accurate(Accuracy.APPROXIMATE));
  }

  private static int paths(OpTypes op) {
    return op.attributes().getInt("top_paths");
  }

  private static List<TensorType> infer(OpTypes op, int paths) {
    int batch = Rules.dim(op, 0, 1) == Shape.UNKNOWN ? Rules.dim(op, 1, 0) : Rules.dim(op, 0, 1);
    List<TensorType> types = new ArrayList<>();
    types.addAll(Collections.nCopies(paths, TensorType.of(DType.INT64, Shape.UNKNOWN, 2)));
    types.addAll(Collections.nCopies(paths, TensorType.of(DType.INT64, Shape.UNKNOWN)));
    types.addAll(Collections.nCopies(paths, TensorType.of(DType.INT64, 2)));
    types.add(TensorType.of(op.dtype(0), batch, paths));
    return types;
  }

  private static void greedy(OpCall call) {
    CtcLogits logits = CtcLogits.of(call.operand(0), call.operand(1));
    boolean merges = call.attributes().getBoolean("merge_repeated", false);
    int blank = call.attributes().getInt("blank_index", -1);
    blank = blank < 0 ? logits.classes() + blank : blank;
    Shapes.require(blank >= 0 && blank < logits.classes(), "no class %s", blank);
    Tensor probabilities = call.result(3, logits.values().dtype(), logits.rows(), 1);
    List<List<Integer>> sequences = new ArrayList<>();
    for (int row = 0; row < logits.rows(); row++) {
      List<Integer> labels = new ArrayList<>();
      double sum = 0;
      int before = -1;
      for (int time = 0; time < logits.steps(row); time++) {
        double[] step = logits.at(time, row);
        int best = 0;
        for (int k = 1; k < step.length; k++) {
          best = step[best] < step[k] ? k : best;
        }
        sum -= step[best];
        if (best != blank && !(merges && best == before)) {
          labels.add(best);
        }
        before = best;
      }
      sequences.add(labels);
      probabilities.setDouble(row, sum);
    }
    store(call, 0, 1, sequences);
  }

  private static void beamSearch(OpCall call) {
    CtcLogits logits = CtcLogits.of(call.operand(0), call.operand(1));
    int paths = call.attributes().getInt("top_paths");
    int width = call.attributes().getInt("beam_width");
    boolean merges = call.attributes().getBoolean("merge_repeated", true);
    Shapes.require(paths >= 1 && paths <= width, "%s paths of %s beams", paths, width);
    Tensor probabilities = call.result(3 * paths, logits.values().dtype(), logits.rows(), paths);
    List<List<List<Integer>>> sequences = new ArrayList<>();
    for (int path = 0; path < paths; path++) {
      sequences.add(new ArrayList<>());
    }
    for (int row = 0; row < logits.rows(); row++) {
      BeamSearch search = new BeamSearch(width, logits.classes());
      for (int time = 0; time < logits.steps(row); time++) {
        search.step(logits.at(time, row));
      }
      List<BeamSearch.Path> best = search.best(paths, merges);
      for (int path = 0; path < paths; path++) {
        sequences.get(path).add(best.get(path).labels());
        probabilities.setDouble(row * paths + path, best.get(path).logProbability());
      }
    }
    for (int path = 0; path < paths; path++) {
      store(call, path, paths, sequences.get(path));
    }
  }

  /** Sets the three results of a path. */
  private static void store(OpCall call, int path, int paths, List<List<Integer>> sequences) {
    int total = sequences.stream().mapToInt(List::size).sum();
    long[] indices = call.result(path, DType.INT64, total, 2).longs();
    long[] values = call.result(paths + path, DType.INT64, total).longs();
    int at = 0;
    int longest = 0;
    for (int row = 0; row < sequences.size(); row++) {
      List<Integer> labels = sequences.get(row);
      longest = Math.max(longest, labels.size());
      for (int i = 0; i < labels.size(); i++) {
        indices[2 * at] = row;
        indices[2 * at + 1] = i;
        values[at++] = labels.get(i);
      }
    }
    call.result(2 * paths + path, Tensor.of(new long[] {sequences.size(), longest}));
  }
}
