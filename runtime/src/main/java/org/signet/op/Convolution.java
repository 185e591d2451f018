package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;

/**
 * Convolutions of any spatial rank up to three on channels-last tensors: what the builtins and
 * TensorFlow's ops share.
 *
 * <p>Filters have the spatial dimensions first, so that the innermost loop runs over contiguous
 * output channels.
 */
public final class Convolution {
  private Convolution() {}

  /**
   * A convolution; grouped if the input has a multiple of the filter's input channels.
   *
   * @param input [batch, spatial…, channels]
   * @param filter [spatial…, channels per group, output channels]
   * @param axes the spatial dimensions
   * @param result [batch, spatial…, output channels], every element of which is written
   */
  public static void convolve(
      Tensor input, Tensor filter, Optional<Tensor> bias, List<WindowAxis> axes, Tensor result) {
    int depth = filter.dim(-2);
    int outputs = filter.dim(-1);
    int channels = input.dim(-1);
    int groups = groups(channels, depth, outputs);
    int groupOutputs = outputs / groups;
    RowSums sums = RowSums.of(input, filter, bias, result, outputs);
    WindowWalk walk = new WindowWalk(input.dim(0), axes);
    int windows = walk.windows();
    for (int p = 0; p < windows; p++) {
      walk.next();
      sums.start(0, outputs, 0);
      for (int t = 0; t < walk.count(); t++) {
        int pixel = walk.pixel(t) * channels;
        int tap = walk.tap(t) * depth * outputs;
        for (int g = 0; g < groups; g++) {
          sums.add(
              g * groupOutputs,
              groupOutputs,
              pixel + g * depth,
              1,
              depth,
              tap + g * groupOutputs,
              outputs);
        }
      }
      sums.store(0, outputs, p * outputs);
    }
  }

  /**
   * The number of groups.
   *
   * @throws IllegalArgumentException if the channels don't divide evenly
   */
  static int groups(int channels, int depth, int outputs) {
    if (channels == depth) {
      return 1;
    }
    Shapes.require(
        depth > 0 && channels % depth == 0 && outputs % (channels / depth) == 0,
        "%d input channels and a filter of %d input and %d output channels",
        channels,
        depth,
        outputs);
    return channels / depth;
  }

  /**
   * A convolution of each channel on its own.
   *
   * @param input [batch, spatial…, channels]
   * @param filter [spatial…, channels · multiplier]; in any shape of that size
   * @param result [batch, spatial…, channels · multiplier], every element of which is written
   */
  public static void convolveEach(
      Tensor input, Tensor filter, Optional<Tensor> bias, List<WindowAxis> axes, Tensor result) {
    int channels = input.dim(-1);
    int outputs = result.dim(-1);
    int multiplier = channels == 0 ? 1 : outputs / channels;
    Shapes.require(
        outputs == channels * multiplier,
        "%d input channels can't give %d each on its own",
        channels,
        outputs);
    RowSums sums = RowSums.of(input, filter, bias, result, outputs);
    WindowWalk walk = new WindowWalk(input.dim(0), axes);
    int windows = walk.windows();
    for (int p = 0; p < windows; p++) {
      walk.next();
      sums.start(0, outputs, 0);
      for (int t = 0; t < walk.count(); t++) {
        sums.addEach(0, outputs, walk.pixel(t) * channels, multiplier, walk.tap(t) * outputs);
      }
      sums.store(0, outputs, p * outputs);
    }
  }

  /**
   * The transpose of a convolution: each input pixel is spread over the window that {@code axes},
   * which describe the convolution from the result to the input, give it.
   *
   * @param input [batch, spatial…, channels]
   * @param filter [spatial…, channels, result channels per group]
   * @param axes input sizes are those of the result, output sizes those of the input
   * @param result [batch, spatial…, result channels], every element of which is written
   */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the two change places, as the images do
  public static void spread(
      Tensor input, Tensor filter, Optional<Tensor> bias, List<WindowAxis> axes, Tensor result) {
    int channels = filter.dim(-2);
    int groupOutputs = filter.dim(-1);
    int outputs = result.dim(-1);
    int groups = groups(outputs, groupOutputs, channels);
    int groupChannels = channels / groups;
    RowSums sums = RowSums.of(input, filter, bias, result, result.size());
    WindowWalk walk = new WindowWalk(input.dim(0), axes);
    for (int pixel = 0; pixel < walk.inputPixels(); pixel++) {
      sums.start(pixel * outputs, outputs, 0);
    }
    int windows = walk.windows();
    for (int p = 0; p < windows; p++) {
      walk.next();
      for (int t = 0; t < walk.count(); t++) {
        for (int g = 0; g < groups; g++) {
          sums.add(
              walk.pixel(t) * outputs + g * groupOutputs,
              groupOutputs,
              p * channels + g * groupChannels,
              1,
              groupChannels,
              (walk.tap(t) * channels + g * groupChannels) * groupOutputs,
              groupOutputs);
        }
      }
    }
    sums.store(0, result.size(), 0);
  }
}
