package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.WindowAxis.Padding;

/** Padding, strides and dilations of a convolution or pooling, by spatial dimension. Immutable. */
public final class WindowOptions {
  private final Padding padding;
  private final int[] strides;
  private final int[] dilations;
  private final int[] before;
  private final int[] after;

  private WindowOptions(
      Padding padding, int[] strides, int[] dilations, int[] before, int[] after) {
    this.padding = padding;
    this.strides = strides;
    this.dilations = dilations;
    this.before = before;
    this.after = after;
  }

  /**
   * The options of a builtin: {@code padding}, {@code stride_h} and, if given, {@code
   * dilation_h_factor}.
   *
   * @param axes letters of the dimensions: "d", "h", "w"
   */
  public static WindowOptions builtin(Attributes options, String... axes) {
    int[] strides = new int[axes.length];
    int[] dilations = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      strides[i] = options.getInt("stride_" + axes[i], 1);
      dilations[i] = options.getInt("dilation_" + axes[i] + "_factor", 1);
    }
    Padding padding = Padding.valueOf(options.getString("padding", "SAME"));
    int[] none = new int[axes.length];
    return new WindowOptions(padding, strides, dilations, none, none);
  }

  /**
   * Options with every value given; {@code before} and {@code after} are the explicit padding,
   * zeros without.
   */
  public static WindowOptions of(
      Padding padding, int[] strides, int[] dilations, int[] before, int[] after) {
    return new WindowOptions(
        padding, strides.clone(), dilations.clone(), before.clone(), after.clone());
  }

  /**
   * The axes for these sizes.
   *
   * @throws IllegalArgumentException if the window does not fit
   */
  public List<WindowAxis> axes(int[] input, int[] kernel) {
    List<WindowAxis> axes = new ArrayList<>();
    for (int i = 0; i < strides.length; i++) {
      axes.add(
          WindowAxis.of(
              input[i], kernel[i], strides[i], dilations[i], padding, before[i], after[i]));
    }
    return axes;
  }

  /** The output sizes, unknown ones where sizes they depend on are unknown. */
  public int[] outputs(int[] input, int[] kernel) {
    int[] outputs = new int[strides.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] =
          WindowAxis.outputSize(
              input[i], kernel[i], strides[i], dilations[i], padding, before[i], after[i]);
    }
    return outputs;
  }

  /** The spatial sizes out of those of a channels-last tensor. */
  static int[] spatial(int[] dims) {
    return Arrays.copyOfRange(dims, 1, dims.length - 1);
  }

  /** The sizes of a channels-last tensor. */
  static int[] channelsLast(int batch, int[] spatial, int channels) {
    int[] dims = new int[spatial.length + 2];
    dims[0] = batch;
    System.arraycopy(spatial, 0, dims, 1, spatial.length);
    dims[dims.length - 1] = channels;
    return dims;
  }
}
