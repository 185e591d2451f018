package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;
import static org.signet.kernel.vector.Lanes.multiplyAdd;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * DEPTHWISE_CONV_2D on NHWC images with one filter [1, H, W, channels] a channel. Each sum begins
 * with the bias and is one chain of multiply-adds over the window.
 */
final class DepthwiseConv2d implements Attempt {
  private final FusedActivation activation;
  private final long plainBelow;
  private final Patience patience;

  DepthwiseConv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    plainBelow = settings.plainBelow();
    patience = settings.patience().depthwise();
  }

  @Override
  public boolean run(OpCall call) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    boolean fits =
        input.rank() == 4
            && filter.rank() == 4
            && filter.dim(0) == 1
            && input.dim(3) == filter.dim(3)
            && filter.size() > 0
            && Operands.isBias(bias, filter.dim(3));
    if (!fits) {
      return false;
    }
    Images images = Images.of(call.attributes(), input.shape(), filter.dim(1), filter.dim(2));
    int channels = images.channels();
    Tensor result =
        call.result(
            0,
            DType.FLOAT32,
            input.dim(0),
            images.height().output(),
            images.width().output(),
            channels);
    long products = (long) result.size() * filter.dim(1) * filter.dim(2);
    boolean plain = channels < COUNT || products < plainBelow;
    float[] from = input.floats();
    float[] weights = filter.floats();
    float[] start = bias.map(Tensor::floats).orElseGet(() -> new float[channels]);
    float[] out = result.floats();
    float min = activation.min();
    float max = activation.max();
    int step = images.width().stride() * channels;
    WindowRuns.forEach(
        images,
        input.dim(0),
        (output, windows, taps, places, count) -> {
          for (int i = 0; i < windows; i++) {
            int to = (output + i) * channels;
            int shift = i * step;
            if (!plain && patience.isOver((long) channels * count)) {
              window(from, shift, taps, weights, places, count, start, channels, out, to, min, max);
            } else {
              plain(from, shift, taps, weights, places, count, start, channels, out, to, min, max);
            }
          }
        });
    return true;
  }

  private static void plain(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    for (int c = 0; c < channels; c++) {
      float sum = start[c];
      for (int t = 0; t < count; t++) {
        sum = multiplyAdd(from[taps[t] + shift + c], weights[places[t] * channels + c], sum);
      }
      out[to + c] = sum < min ? min : sum > max ? max : sum;
    }
  }

  /** The last vectors overlap with those before, so that no channel is left over. */
  private static void window(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    int c = 0;
    for (; c + 4 * COUNT <= channels; c += 4 * COUNT) {
      fourVectors(
          from, shift + c, taps, weights, c, places, count, start, channels, out, to + c, min, max);
    }
    for (; c < channels; c += COUNT) {
      int at = Math.min(c, channels - COUNT);
      oneVector(
          from,
          shift + at,
          taps,
          weights,
          at,
          places,
          count,
          start,
          channels,
          out,
          to + at,
          min,
          max);
    }
  }

  private static void fourVectors(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int c,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    FloatVector sum0 = FloatVector.fromArray(SPECIES, start, c);
    FloatVector sum1 = FloatVector.fromArray(SPECIES, start, c + COUNT);
    FloatVector sum2 = FloatVector.fromArray(SPECIES, start, c + 2 * COUNT);
    FloatVector sum3 = FloatVector.fromArray(SPECIES, start, c + 3 * COUNT);
    for (int t = 0; t < count; t++) {
      int x = taps[t] + shift;
      int w = places[t] * channels + c;
      sum0 = product(from, x, weights, w, sum0);
      sum1 = product(from, x + COUNT, weights, w + COUNT, sum1);
      sum2 = product(from, x + 2 * COUNT, weights, w + 2 * COUNT, sum2);
      sum3 = product(from, x + 3 * COUNT, weights, w + 3 * COUNT, sum3);
    }
    bounded(sum0, min, max).intoArray(out, to);
    bounded(sum1, min, max).intoArray(out, to + COUNT);
    bounded(sum2, min, max).intoArray(out, to + 2 * COUNT);
    bounded(sum3, min, max).intoArray(out, to + 3 * COUNT);
  }

  private static void oneVector(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int c,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    FloatVector sum = FloatVector.fromArray(SPECIES, start, c);
    for (int t = 0; t < count; t++) {
      sum = product(from, taps[t] + shift, weights, places[t] * channels + c, sum);
    }
    bounded(sum, min, max).intoArray(out, to);
  }

  private static FloatVector product(float[] a, int x, float[] b, int y, FloatVector sum) {
    return multiplyAdd(
        FloatVector.fromArray(SPECIES, a, x), FloatVector.fromArray(SPECIES, b, y), sum);
  }

  private static FloatVector bounded(FloatVector sum, float min, float max) {
    FloatVector raised = sum.blend(min, sum.compare(VectorOperators.LT, min));
    return raised.blend(max, raised.compare(VectorOperators.GT, max));
  }
}
