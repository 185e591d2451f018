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
    Images images = Images.of(call.attributes(), input, kernelHeight, kernelWidth);
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
    WindowRuns.forEach(
        images,
        input.dim(0),
        (output, windows, taps, places, count) -> {
          for (int i = 0; i < windows; i++) {
            for (int c = 0; c < channels; c += COUNT) {
              // The last vector overlaps with the one before.
              int channel = Math.min(c, channels - COUNT);
              int to = (output + i) * channels + channel;
              if (max) {
                max(from, i * step + channel, taps, count, out, to);
              } else {
                average(from, i * step + channel, taps, count, out, to);
              }
            }
          }
        });
    if (!activation.isNone() && result.size() > 0) {
      VectorLoops.bound(out, result.size(), activation.min(), activation.max());
    }
    return true;
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
}
