package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Puts a tensor together from boxes of another, where the boxes are the product of segments given
 * for each dimension: mirrored borders, rolled or reversed dimensions.
 */
final class Patches implements Prepared.Run {
  private final DType dtype;
  private final int[] source;
  private final int[] target;
  private final List<Patch> patches = new ArrayList<>();

  /**
   * @param dtype of the elements
   * @param source the shape of operand 0
   * @param target the shape of result 0, all of which has to be covered by boxes
   */
  Patches(DType dtype, int[] source, int[] target) {
    this.dtype = dtype;
    this.source = source.clone();
    this.target = target.clone();
  }

  /** A box, and where it lies on either side. */
  private record Patch(StridedCopy copy, int from, int to) {}

  /**
   * A stretch of one dimension.
   *
   * @param to the first index in the target
   * @param length how many indices
   * @param from the index in the source that goes to {@code to}
   * @param step 1 or −1: the way the source is walked
   */
  record Segment(int to, int length, int from, int step) {}

  /** Copies the boxes from operand 0 to result 0. */
  @Override
  public void run(OpCall call) {
    copy(call.operand(0), call.result(0, dtype, target));
  }

  /** Copies the boxes between tensors of the shapes that were given. */
  void copy(Tensor from, Tensor to) {
    for (int i = 0; i < patches.size(); i++) {
      Patch patch = patches.get(i);
      patch.copy().run(from, patch.from(), to, patch.to());
    }
  }

  /** Copies every box; {@code segments} has a list for each dimension. */
  static void copy(Tensor source, Tensor target, List<List<Segment>> segments) {
    Patches patches = new Patches(source.dtype(), source.shape(), target.shape());
    patches.add(segments);
    patches.copy(source, target);
  }

  /** Adds boxes; {@code segments} has a list for each dimension. */
  void add(List<List<Segment>> segments) {
    int rank = segments.size();
    add(segments, 0, new int[rank], new int[rank], new int[] {0, 0});
  }

  /**
   * Adds a box of {@code dims} elements, with its own strides and first position on either side.
   */
  void add(int[] sourceStrides, int[] targetStrides, int[] dims, int from, int to) {
    patches.add(new Patch(new StridedCopy(dtype, sourceStrides, targetStrides, dims), from, to));
  }

  private void add(List<List<Segment>> segments, int d, int[] lengths, int[] steps, int[] offsets) {
    int[] sourceStrides = Shapes.strides(source);
    int[] targetStrides = Shapes.strides(target);
    if (d == segments.size()) {
      int[] walked = new int[d];
      Arrays.setAll(walked, i -> sourceStrides[i] * steps[i]);
      add(walked, targetStrides, lengths, offsets[0], offsets[1]);
      return;
    }
    for (Segment segment : segments.get(d)) {
      if (segment.length() > 0) {
        lengths[d] = segment.length();
        steps[d] = segment.step();
        int from = offsets[0] + segment.from() * sourceStrides[d];
        int to = offsets[1] + segment.to() * targetStrides[d];
        add(segments, d + 1, lengths, steps, new int[] {from, to});
      }
    }
  }
}
