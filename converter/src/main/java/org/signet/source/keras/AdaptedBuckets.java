package org.signet.source.keras;

import org.signet.tensor.Tensor;

/** The bounds of the buckets of a {@code Discretization} that Keras 2 has adapted to data. */
final class AdaptedBuckets {
  /** The variable that Keras keeps: values [2, n], and how many data each stands for. */
  static final String SUMMARY = "summary";

  private AdaptedBuckets() {}

  /** The bounds as Keras computes them when it reads the layer, float32 [bounds]. */
  static Tensor bounds(LayerCall call) {
    Tensor summary =
        call.tracer()
            .kept(call.layer().weights(), SUMMARY)
            .orElseThrow(() -> call.config().malformed("it lacks its " + SUMMARY));
    int size = summary.shape().length == 2 ? summary.shape()[1] : 0;
    if (size == 0 || summary.shape()[0] != 2) {
      throw call.config().malformed("its " + SUMMARY + " is empty: it was never adapted");
    }
    double part = 1.0 / call.config().getInt("num_bins");
    float[] shares = shares(summary, size);
    boolean whole = size * part < 1;
    int count = whole ? size : (int) Math.ceil(1 / part);
    float[] bounds = new float[count - 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] =
          whole
              ? (float) summary.getDouble(i)
              : (float) interpolated(part + i * part, shares, summary);
    }
    return Tensor.of(bounds, bounds.length);
  }

  /** The part of all data that the first values stand for, in floats as Keras sums them. */
  private static float[] shares(Tensor summary, int size) {
    float[] sums = new float[size];
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (float) summary.getDouble(size + i);
      sums[i] = sum;
    }
    for (int i = 0; i < size; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  /** The value at {@code x} on the line through (shares, values). */
  private static double interpolated(double x, float[] shares, Tensor values) {
    int last = shares.length - 1;
    if (x >= shares[last]) {
      return values.getDouble(last);
    }
    if (x <= shares[0]) {
      return values.getDouble(0);
    }
    int at = 0;
    while (shares[at + 1] <= x) {
      at++;
    }
    double slope =
        (values.getDouble(at + 1) - values.getDouble(at)) / ((double) shares[at + 1] - shares[at]);
    return slope * (x - shares[at]) + values.getDouble(at);
  }
}
