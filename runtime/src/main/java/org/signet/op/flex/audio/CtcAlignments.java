package org.signet.op.flex.audio;

import java.util.Arrays;

/**
 * All the ways in which a sequence's steps can spell its labels, by the forward-backward algorithm
 * of Graves et al., "Connectionist Temporal Classification" (2006). A state is a label or one of
 * the blanks around the labels.
 *
 * @param logs for each step the logarithm of each class's probability
 * @param states the class of each state: blank, label, blank, … blank
 * @param merges whether a class that repeats stands for one label
 * @param joint for each step and state the log probability of all ways through it
 */
@SuppressWarnings("ArrayRecordComponent")
record CtcAlignments(double[][] logs, int[] states, boolean merges, double[][] joint) {
  /** The last class is the blank. */
  static CtcAlignments of(double[][] logits, int[] labels, boolean merges) {
    int steps = logits.length;
    int[] states = new int[2 * labels.length + 1];
    Arrays.fill(states, logits[0].length - 1);
    for (int i = 0; i < labels.length; i++) {
      states[2 * i + 1] = labels[i];
    }
    double[][] logs = Arrays.stream(logits).map(BeamSearch::normalized).toArray(double[][]::new);
    CtcAlignments alignments =
        new CtcAlignments(logs, states, merges, new double[steps][states.length]);
    alignments.forward();
    alignments.backward();
    return alignments;
  }

  private static boolean isBlank(int state) {
    return state % 2 == 0;
  }

  /** Whether the step after one in state {@code from} can be in state {@code to}. */
  private boolean follows(int from, int to) {
    return switch (to - from) {
      case 0 -> merges || isBlank(from);
      case 1 -> true;
      case 2 -> !isBlank(to) && !(merges && states[from] == states[to]);
      default -> false;
    };
  }

  /** Of the ways from the start to each state, the probability of its step included. */
  private void forward() {
    for (int time = 0; time < joint.length; time++) {
      for (int to = 0; to < states.length; to++) {
        double sum = time == 0 && to <= 1 ? 0 : Double.NEGATIVE_INFINITY;
        for (int from = Math.max(0, to - 2); time > 0 && from <= to; from++) {
          sum = follows(from, to) ? BeamSearch.sum(sum, joint[time - 1][from]) : sum;
        }
        joint[time][to] = sum + logs[time][states[to]];
      }
    }
  }

  /** Adds the ways from each state to the end. */
  private void backward() {
    double[] after = new double[states.length];
    Arrays.fill(after, 0, Math.max(0, states.length - 2), Double.NEGATIVE_INFINITY);
    for (int time = joint.length - 1; time >= 0; time--) {
      double[] before = new double[states.length];
      Arrays.fill(before, Double.NEGATIVE_INFINITY);
      for (int to = 0; to < states.length; to++) {
        joint[time][to] += after[to];
        for (int from = Math.max(0, to - 2); from <= to; from++) {
          before[from] =
              follows(from, to)
                  ? BeamSearch.sum(before[from], after[to] + logs[time][states[to]])
                  : before[from];
        }
      }
      after = before;
    }
  }

  /** Of the labels; −∞ if the steps can't spell them. */
  double logProbability() {
    return Arrays.stream(joint[0]).reduce(Double.NEGATIVE_INFINITY, BeamSearch::sum);
  }

  /** The gradient of −{@link #logProbability} by the logits of a step. */
  double[] gradient(int time) {
    double total = logProbability();
    double[] gradient = Arrays.stream(logs[time]).map(Math::exp).toArray();
    for (int state = 0; state < states.length && total != Double.NEGATIVE_INFINITY; state++) {
      gradient[states[state]] -= Math.exp(joint[time][state] - total);
    }
    return gradient;
  }
}
