package org.signet.op;

import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;

/**
 * Puts a tensor together from boxes of another, where the boxes are the product of segments given
 * for each dimension: mirrored borders, rolled or reversed dimensions.
 */
final class Patches {
  private Patches() {}

  /**
   * A stretch of one dimension.
   *
   * @param to the first index in the target
   * @param length how many indices
   * @param from the index in the source that goes to {@code to}
   * @param step 1 or −1: the way the source is walked
   */
  record Segment(int to, int length, int from, int step) {}

  /** Copies every box; {@code segments} has a list for each dimension. */
  static void copy(Tensor source, Tensor target, List<List<Segment>> segments) {
    int rank = segments.size();
    copy(source, target, segments, 0, new int[rank], new int[rank], new int[] {0, 0});
  }

  private static void copy(
      Tensor source,
      Tensor target,
      List<List<Segment>> segments,
      int d,
      int[] lengths,
      int[] steps,
      int[] offsets) {
    int[] sourceStrides = Shapes.strides(source.shape());
    int[] targetStrides = Shapes.strides(target.shape());
    if (d == segments.size()) {
      int[] walked = new int[d];
      Arrays.setAll(walked, i -> sourceStrides[i] * steps[i]);
      StridedCopy.run(source, offsets[0], walked, target, offsets[1], targetStrides, lengths);
      return;
    }
    for (Segment segment : segments.get(d)) {
      if (segment.length() > 0) {
        lengths[d] = segment.length();
        steps[d] = segment.step();
        int from = offsets[0] + segment.from() * sourceStrides[d];
        int to = offsets[1] + segment.to() * targetStrides[d];
        copy(source, target, segments, d + 1, lengths, steps, new int[] {from, to});
      }
    }
  }
}
