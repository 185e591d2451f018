package org.signet.pass.stablehlo;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The sizes of windows over a tensor, for each dimension. */
final class Windows {
  private final int[] sizes;
  private final int[] strides;
  private final int[] dilations;
  private final int[] gaps;
  private final int[] low;
  private final int[] high;

  private Windows(int[][] numbers, int[] low, int[] high) {
    this.sizes = numbers[0];
    this.strides = numbers[1];
    this.gaps = numbers[2];
    this.dilations = numbers[3];
    this.low = low;
    this.high = high;
  }

  int[] sizes() {
    return sizes;
  }

  int[] strides() {
    return strides;
  }

  /** How far elements of a window are apart. */
  int[] dilations() {
    return dilations;
  }

  /** How far elements of the tensor are moved apart. */
  int[] gaps() {
    return gaps;
  }

  int[] low() {
    return low;
  }

  int[] high() {
    return high;
  }

  static Windows of(HloCall call, int rank) {
    int[] padding = call.op().numbersOrNone("padding");
    int[] paddings = padding.length == 2 * rank ? padding : new int[2 * rank];
    int[][] numbers = {
      call.op().numbers("window_dimensions"),
      call.orOnes("window_strides", rank),
      call.orOnes("base_dilations", rank),
      call.orOnes("window_dilations", rank)
    };
    return of(numbers, paddings);
  }

  /**
   * Windows of these numbers.
   *
   * @param numbers sizes, strides, how far the tensor's elements are apart, and the window's
   * @param paddings before and behind each dimension
   */
  static Windows of(int[][] numbers, int[] paddings) {
    int rank = numbers[0].length;
    return new Windows(
        numbers,
        IntStream.range(0, rank).map(i -> paddings[2 * i]).toArray(),
        IntStream.range(0, rank).map(i -> paddings[2 * i + 1]).toArray());
  }

  boolean isTrivial(int d) {
    return sizes[d] == 1 && strides[d] == 1 && gaps[d] == 1 && low[d] == 0 && high[d] == 0;
  }

  /** The dimensions along which windows are more than an element. */
  int[] axes() {
    return IntStream.range(0, sizes.length).filter(d -> !isTrivial(d)).toArray();
  }

  /** Whether neither windows nor the tensor have gaps. */
  boolean isSolid() {
    return Arrays.stream(dilations).allMatch(d -> d == 1)
        && Arrays.stream(gaps).allMatch(d -> d == 1);
  }
}
