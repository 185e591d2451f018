package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import java.util.function.BiFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D on NHWC images with at least as many channels as a vector has
 * lanes.
 *
 * @param settings of the provider
 * @param activation bounds the results
 * @param max whether the largest is taken
 */
record Pool2d(Settings settings, FusedActivation activation, boolean max) implements Attempt {

  static BiFunction<Step, Settings, Attempt> of(boolean max) {
    return (step, settings) -> new Pool2d(settings, FusedActivation.of(step.attributes()), max);
  }

  @Override
  public boolean run(OpCall call) {
    Tensor input = call.operand(0);
    if (input.rank() != 4 || input.dim(3) < COUNT || settings.isSmall(input.size())) {
      return false;
    }
    int kernelHeight = call.attributes().getInt("filter_height");
    int kernelWidth = call.attributes().getInt("filter_width");
    Images images = Images.of(call.attributes(), input.shape(), kernelHeight, kernelWidth);
    int channels = images.channels();
    Tensor result =
        call.result(
            0,
            DType.FLOAT32,
            input.dim(0),
            images.height().output(),
            images.width().output(),
            channels);
    float[] from = input.floats();
    float[] out = result.floats();
    int step = images.width().stride() * channels;
    Patience patience = settings.patience().pool();
    WindowRuns.forEach(
        images,
        input.dim(0),
        (output, windows, taps, places, count) -> {
          for (int i = 0; i < windows; i++) {
            pool(patience, from, i * step, taps, count, out, (output + i) * channels, channels);
          }
        });
    if (!activation.isNone() && result.size() > 0) {
      Elementwise.bound(settings.patience(), activation.min(), activation.max())
          .run(out, out, result.size());
    }
    return true;
  }

  private void pool(
      Patience patience,
      float[] from,
      int shift,
      int[] taps,
      int count,
      float[] out,
      int to,
      int channels) {
    if (patience.isOver((long) channels * count)) {
      poolVectors(from, shift, taps, count, out, to, channels);
    } else {
      poolEach(from, shift, taps, count, out, to, channels);
    }
  }

  private void poolVectors(
      float[] from, int shift, int[] taps, int count, float[] out, int to, int channels) {
    for (int c = 0; c < channels; c += COUNT) {
      // The last vector overlaps with the one before.
      int channel = Math.min(c, channels - COUNT);
      if (max) {
        max(from, shift + channel, taps, count, out, to + channel);
      } else {
        average(from, shift + channel, taps, count, out, to + channel);
      }
    }
  }

  /** From the lowest finite number on; NaN is passed over. */
  private static void max(float[] from, int shift, int[] taps, int count, float[] out, int to) {
    FloatVector highest = FloatVector.broadcast(SPECIES, -Float.MAX_VALUE);
    for (int t = 0; t < count; t++) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, taps[t] + shift);
      highest = highest.blend(x, x.compare(VectorOperators.GT, highest));
    }
    highest.intoArray(out, to);
  }

  private static void average(float[] from, int shift, int[] taps, int count, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int t = 0; t < count; t++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, from, taps[t] + shift));
    }
    sum.div(count).intoArray(out, to);
  }

  private void poolEach(
      float[] from, int shift, int[] taps, int count, float[] out, int to, int channels) {
    for (int c = 0; c < channels; c++) {
      float highest = -Float.MAX_VALUE;
      float sum = 0;
      for (int t = 0; t < count; t++) {
        float x = from[taps[t] + shift + c];
        highest = x > highest ? x : highest;
        sum += x;
      }
      out[to + c] = max ? highest : sum / count;
    }
  }
}
