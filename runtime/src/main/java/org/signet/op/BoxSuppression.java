package org.signet.op;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.signet.tensor.Tensor;

/**
 * Non-maximum suppression: takes boxes in order of their scores and leaves out, or scores down,
 * those which overlap one taken before.
 *
 * @param limit how many boxes are taken at most
 * @param overlap the intersection over union from which boxes suppress each other; TFLite takes
 *     NaN, too, which none reaches
 * @param score boxes with no more than this score are left out
 * @param sigma the width of the Gaussian by which an overlap scores down; 0: it does not
 * @param lite whether to do as TFLite does, where exactly {@code overlap} suppresses, too; in
 *     TensorFlow only more does, and nothing if overlaps score down
 */
public record BoxSuppression(int limit, float overlap, float score, float sigma, boolean lite) {
  /** A box taken, with its final score. */
  public record Taken(int index, float score) {}

  /** A box that waits; all taken boxes before {@code checked} have been looked at. */
  private record Candidate(int index, float score, int checked) {}

  /** How much two boxes, told by their numbers, overlap. */
  public interface Overlap {
    float of(int box, int other);
  }

  /**
   * The boxes taken, best first.
   *
   * @param boxes [n, 4]: two opposite corners (y, x) each
   * @param scores [n]
   */
  public List<Taken> select(Tensor boxes, Tensor scores) {
    Shapes.require(
        boxes.rank() == 2
            && boxes.dim(1) == 4
            && scores.rank() == 1
            && scores.size() == boxes.dim(0),
        "boxes of shape %s with scores of shape %s",
        Shapes.text(boxes.shape()),
        Shapes.text(scores.shape()));
    Shapes.require(
        (overlap >= 0 && overlap <= 1) || (lite && Float.isNaN(overlap)),
        "iou_threshold must be in [0, 1]: %s",
        overlap);
    float[] corners = NumberArrays.floats(boxes);
    return select((i, j) -> intersectionOverUnion(corners, i, j), scores);
  }

  /** The boxes taken, best first, by scores [n] and any measure of overlap. */
  public List<Taken> select(Overlap overlaps, Tensor scores) {
    Shapes.require(limit >= 0, "%d boxes can't be taken", limit);
    PriorityQueue<Candidate> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble((Candidate c) -> -c.score())
                .thenComparingInt(Candidate::index));
    for (int i = 0; i < scores.size(); i++) {
      float value = (float) scores.getDouble(i);
      if (value > score) {
        queue.add(new Candidate(i, value, 0));
      }
    }
    List<Taken> taken = new ArrayList<>();
    while (taken.size() < limit && !queue.isEmpty()) {
      consider(queue.remove(), overlaps, taken, queue);
    }
    return taken;
  }

  private void consider(
      Candidate next, Overlap overlaps, List<Taken> taken, PriorityQueue<Candidate> queue) {
    float current = next.score();
    for (int j = taken.size() - 1; j >= next.checked(); j--) {
      float common = overlaps.of(next.index(), taken.get(j).index());
      boolean suppressed = lite ? common >= overlap : sigma <= 0 && common > overlap;
      if (suppressed) {
        return;
      }
      if (sigma > 0) {
        current *= (float) Math.exp(-0.5f / sigma * common * common);
      }
      if (current <= score) {
        return;
      }
    }
    if (current == next.score()) {
      taken.add(new Taken(next.index(), current));
    } else {
      queue.add(new Candidate(next.index(), current, taken.size()));
    }
  }

  private static float intersectionOverUnion(float[] boxes, int i, int j) {
    float area = side(boxes, i, 0) * side(boxes, i, 1);
    float other = side(boxes, j, 0) * side(boxes, j, 1);
    if (area <= 0 || other <= 0) {
      return 0;
    }
    float common = commonSide(boxes, i, j, 0) * commonSide(boxes, i, j, 1);
    return common / (area + other - common);
  }

  private static float low(float[] boxes, int i, int axis) {
    return Math.min(boxes[4 * i + axis], boxes[4 * i + axis + 2]);
  }

  private static float high(float[] boxes, int i, int axis) {
    return Math.max(boxes[4 * i + axis], boxes[4 * i + axis + 2]);
  }

  private static float side(float[] boxes, int i, int axis) {
    return high(boxes, i, axis) - low(boxes, i, axis);
  }

  private static float commonSide(float[] boxes, int i, int j, int axis) {
    float from = Math.max(low(boxes, i, axis), low(boxes, j, axis));
    float to = Math.min(high(boxes, i, axis), high(boxes, j, axis));
    return Math.max(to - from, 0);
  }
}
