package org.signet.kernel.dense;

import static org.signet.kernel.dense.KernelRuns.random;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;

/** Convolutions and poolings on vectors, in plain loops and by the reference. */
class ConvolutionTest {
  private static final List<String> ACTIVATIONS = List.of("NONE", "RELU", "RELU6", "RELU_N1_TO_1");

  private static Attributes options(
      boolean same, int strideHeight, int strideWidth, int dilation, String activation) {
    return Attributes.of("padding", same ? "SAME" : "VALID", "stride_h", strideHeight)
        .with("stride_w", strideWidth)
        .with("dilation_h_factor", dilation)
        .with("dilation_w_factor", dilation)
        .with("depth_multiplier", 1)
        .with("fused_activation_function", activation);
  }

  private static void convolve(Attributes options, int[] input, int kernel, int channels) {
    convolve(options, input, kernel, kernel, channels);
  }

  private static void convolve(
      Attributes options, int[] input, int kernelHeight, int kernelWidth, int channels) {
    KernelRuns.check(
        "CONV_2D",
        options,
        random(1, input),
        random(2, channels, kernelHeight, kernelWidth, input[3]),
        random(3, channels));
  }

  @Test
  void everyNumberOfChannels() {
    for (int channels = 1; channels <= 70; channels++) {
      convolve(options(true, 1, 1, 1, "RELU"), new int[] {1, 4, 5, channels}, 3, 10);
      convolve(options(true, 2, 2, 1, "NONE"), new int[] {1, 7, 6, 3}, 3, channels);
      convolve(options(true, 1, 1, 1, "NONE"), new int[] {2, 5, 3, 9}, 1, channels);
    }
  }

  @Test
  void everyImageSize() {
    for (int size = 1; size <= 70; size++) {
      convolve(options(true, 1, 1, 1, "RELU"), new int[] {1, size, 3, 2}, 3, 5);
      convolve(options(true, 2, 1, 2, "RELU"), new int[] {1, 2, size, 2}, 3, 5);
    }
  }

  @Test
  void aPaddedImageInSeveralBands() {
    convolve(options(true, 1, 1, 1, "RELU6"), new int[] {2, 90, 60, 32}, 3, 8);
    convolve(options(true, 2, 2, 2, "RELU6"), new int[] {1, 131, 60, 32}, 3, 8);
  }

  @Test
  void groupsOfChannels() {
    for (int groups = 2; groups <= 6; groups++) {
      for (int depth = 1; depth <= 9; depth += 4) {
        convolveGroups(options(true, 1, 1, 1, "RELU"), new int[] {2, 9, 8}, 3, groups, depth);
        convolveGroups(options(false, 2, 1, 1, "NONE"), new int[] {1, 9, 8}, 3, groups, depth);
        convolveGroups(options(true, 1, 1, 2, "RELU6"), new int[] {1, 9, 8}, 3, groups, depth);
        convolveGroups(options(true, 1, 1, 1, "NONE"), new int[] {1, 9, 8}, 1, groups, depth);
      }
    }
  }

  private static void convolveGroups(
      Attributes options, int[] images, int kernel, int groups, int depth) {
    for (int outputs = 1; outputs <= 33; outputs += 16) {
      KernelRuns.check(
          "CONV_2D",
          options,
          random(1, images[0], images[1], images[2], groups * depth),
          random(2, groups * outputs, kernel, kernel, depth),
          random(3, groups * outputs));
    }
  }

  @Test
  void dilationsBeyondTheImage() {
    convolve(options(true, 1, 1, 40, "NONE"), new int[] {1, 5, 6, 7}, 3, 9);
    convolve(options(true, 1, 1, 1_000_000, "NONE"), new int[] {1, 5, 6, 7}, 3, 9);
  }

  @Property(tries = 200)
  void convolutions(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 9, max = 20) int height,
      @ForAll @IntRange(min = 9, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int depth,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int strideHeight,
      @ForAll @IntRange(min = 1, max = 3) int strideWidth,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll boolean same,
      @ForAll @IntRange(max = 3) int activation) {
    Attributes options =
        options(same, strideHeight, strideWidth, dilation, ACTIVATIONS.get(activation));
    convolve(options, new int[] {batch, height, width, depth}, kernelHeight, kernelWidth, channels);
  }

  @Property(tries = 200)
  void depthwise(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 9, max = 20) int height,
      @ForAll @IntRange(min = 9, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 75) int channels,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int strideHeight,
      @ForAll @IntRange(min = 1, max = 3) int strideWidth,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll boolean same,
      @ForAll @IntRange(max = 3) int activation) {
    KernelRuns.check(
        "DEPTHWISE_CONV_2D",
        options(same, strideHeight, strideWidth, dilation, ACTIVATIONS.get(activation)),
        random(1, batch, height, width, channels),
        random(2, 1, kernelHeight, kernelWidth, channels),
        random(3, channels));
  }

  @Property(tries = 100)
  void transposed(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 20) int depth,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll boolean same,
      @ForAll @IntRange(max = 3) int activation) {
    Attributes options = options(same, stride, stride, 1, ACTIVATIONS.get(activation));
    int reach = same ? 0 : Math.max(kernel - stride, 0);
    int[] shape = {batch, height * stride + reach, width * stride + reach, channels};
    KernelRuns.check(
        "TRANSPOSE_CONV",
        options,
        Tensor.of(shape),
        random(2, channels, kernel, kernel, depth),
        random(1, batch, height, width, depth),
        random(3, channels));
  }

  @Property(tries = 200)
  void pools(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 5, max = 20) int height,
      @ForAll @IntRange(min = 5, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll boolean same,
      @ForAll boolean max,
      @ForAll @IntRange(max = 3) int activation) {
    Attributes options =
        options(same, stride, stride, 1, ACTIVATIONS.get(activation))
            .with("filter_height", kernelHeight)
            .with("filter_width", kernelWidth);
    KernelRuns.check(
        max ? "MAX_POOL_2D" : "AVERAGE_POOL_2D",
        options,
        random(1, batch, height, width, channels));
  }

  @Test
  void theLargestOfSpecialNumbers() {
    Tensor input = Tensor.of(new float[2 * 2 * 20], 1, 2, 2, 20);
    float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f, 1};
    Arrays.setAll(
        new int[input.size()],
        i -> {
          input.floats()[i] = values[(i * 7 + i / 20) % values.length];
          return 0;
        });
    Attributes options = options(false, 1, 1, 1, "NONE");
    KernelRuns.check(
        "MAX_POOL_2D", options.with("filter_height", 1).with("filter_width", 2), input);
    KernelRuns.check(
        "AVERAGE_POOL_2D", options.with("filter_height", 2).with("filter_width", 1), input);
  }
}
