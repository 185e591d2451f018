package org.signet.op.flex.audio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signet.op.Shapes;

/**
 * The search for the likeliest labels of a sequence by connectionist temporal classification
 * (Graves et al. 2006), which keeps the best prefixes from step to step. The last class is blank.
 */
final class BeamSearch {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** Stable, so that of equals the one found first stays ahead. */
  private static final Comparator<Beam> BEST_FIRST =
      Comparator.comparingDouble((Beam beam) -> -beam.total);

  private final int width;
  private final int blank;
  private final List<Beam> kept = new ArrayList<>();

  /** Labels and the logarithm of their probability. */
  record Path(List<Integer> labels, double logProbability) {}

  /** A prefix: the log probabilities that it ends with a blank, or with its label. */
  private static final class Beam {
    private final int label;
    private final List<Beam> parent;
    private final Map<Integer, Beam> children = new HashMap<>();
    private double total = NEVER;
    private double withBlank = NEVER;
    private double withLabel = NEVER;
    private double oldTotal = NEVER;
    private double oldWithBlank = NEVER;

    Beam(int label, List<Beam> parent) {
      this.label = label;
      this.parent = parent;
    }

    boolean isActive() {
      return total != NEVER;
    }

    void drop() {
      total = NEVER;
      withBlank = NEVER;
      withLabel = NEVER;
    }
  }

  BeamSearch(int width, int classes) {
    this.width = width;
    this.blank = classes - 1;
    Beam root = new Beam(-1, List.of());
    root.total = 0;
    root.withBlank = 0;
    kept.add(root);
  }

  /** Takes the logits of the next step. */
  void step(double[] logits) {
    double[] logs = normalized(logits);
    List<Beam> before = new ArrayList<>(kept);
    kept.clear();
    for (Beam beam : before) {
      beam.oldTotal = beam.total;
      beam.oldWithBlank = beam.withBlank;
    }
    for (Beam beam : before) {
      if (!beam.parent.isEmpty()) {
        Beam parent = beam.parent.getFirst();
        if (parent.isActive()) {
          beam.withLabel = sum(beam.withLabel, beforeLabel(parent, beam.label));
        }
        beam.withLabel += logs[beam.label];
      }
      beam.withBlank = beam.oldTotal + logs[blank];
      beam.total = sum(beam.withBlank, beam.withLabel);
      keep(beam);
    }
    for (Beam beam : before) {
      if (isCandidate(beam.oldTotal)) {
        grow(beam, logs);
      }
    }
  }

  private static double beforeLabel(Beam parent, int label) {
    return parent.label == label ? parent.oldWithBlank : parent.oldTotal;
  }

  private void grow(Beam beam, double[] logs) {
    for (int label = 0; label < blank; label++) {
      Beam child = beam.children.computeIfAbsent(label, l -> new Beam(l, List.of(beam)));
      if (child.isActive()) {
        continue;
      }
      child.withBlank = NEVER;
      child.withLabel = logs[label] + beforeLabel(beam, label);
      child.total = child.withLabel;
      if (isCandidate(child.total)) {
        if (kept.size() == width) {
          kept.removeLast().drop();
        }
        keep(child);
      } else {
        child.drop();
      }
    }
  }

  private boolean isCandidate(double total) {
    return total > NEVER && (kept.size() < width || total > kept.getLast().total);
  }

  private void keep(Beam beam) {
    int at = kept.size();
    while (at > 0 && BEST_FIRST.compare(beam, kept.get(at - 1)) < 0) {
      at--;
    }
    kept.add(at, beam);
  }

  static double[] normalized(double[] logits) {
    double highest = NEVER;
    for (double logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - highest);
    }
    double[] logs = new double[logits.length];
    for (int k = 0; k < logs.length; k++) {
      logs[k] = logits[k] - highest - Math.log(sum);
    }
    return logs;
  }

  /** {@code log(e^a + e^b)}. */
  static double sum(double a, double b) {
    double high = Math.max(a, b);
    return high == NEVER ? NEVER : high + Math.log1p(Math.exp(Math.min(a, b) - high));
  }

  /**
   * The likeliest sequences.
   *
   * @param merges whether labels that follow themselves count once
   * @throws IllegalArgumentException if there are fewer
   */
  List<Path> best(int count, boolean merges) {
    Shapes.require(
        kept.size() >= count, "%s paths are asked for, but there are %s", count, kept.size());
    return kept.stream()
        .limit(count)
        .map(beam -> new Path(labels(beam, merges), beam.total))
        .toList();
  }

  private static List<Integer> labels(Beam leaf, boolean merges) {
    List<Integer> labels = new ArrayList<>();
    int next = -1;
    for (Beam beam = leaf; !beam.parent.isEmpty(); beam = beam.parent.getFirst()) {
      if (!merges || beam.label != next) {
        labels.addFirst(beam.label);
      }
      next = beam.label;
    }
    return labels;
  }
}
