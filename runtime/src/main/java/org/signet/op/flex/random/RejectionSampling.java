package org.signet.op.flex.random;

import org.signet.op.Philox;
import org.signet.op.RandomNumbers;
import org.signet.op.SpecialFunctions;
import org.signet.tensor.Tensor;

/**
 * Draws numbers of the gamma distribution (Marsaglia and Tsang 2000) and of Poisson's (Knuth's
 * products for small rates, Hörmann's transformed rejection 1993 for others), as TensorFlow's
 * kernels do: each number has a part of the generator's sequence to itself.
 */
final class RejectionSampling {
  private static final int STEPS_PER_NUMBER = 256;
  private static final double KNUTH_BELOW = 10;

  private final Philox generator;
  private double[] uniforms = new double[0];
  private int uniformsLeft;
  private double[] normals = new double[0];
  private int normalsLeft;

  private RejectionSampling(Philox generator) {
    this.generator = generator;
  }

  /** A distribution with a parameter. */
  interface Distribution {
    double draw(RejectionSampling source, double parameter, double most);
  }

  /**
   * Fills {@code result}, whose last dimensions are those of {@code parameters}.
   *
   * @param distribution of each number, by the parameter at its place
   */
  static void fill(Distribution distribution, Philox generator, Tensor parameters, Tensor result) {
    int count = parameters.size();
    int samples = count == 0 ? 0 : result.size() / count;
    double most = highest(result);
    for (int i = 0; i < count * samples; i++) {
      Philox own = generator.skipped((long) STEPS_PER_NUMBER * i);
      double parameter = parameters.getDouble(i / samples);
      double drawn = distribution.draw(new RejectionSampling(own), parameter, most);
      int at = i % samples * count + i / samples;
      if (result.dtype().isFloating()) {
        result.setDouble(at, drawn);
      } else {
        result.setLong(at, (long) drawn);
      }
    }
  }

  private static double highest(Tensor result) {
    return switch (result.dtype()) {
      case INT32 -> Integer.MAX_VALUE;
      case INT64 -> Long.MAX_VALUE;
      case FLOAT16 -> 65504;
      case BFLOAT16, FLOAT32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }

  /** The next number in [0, 1): of each pair the second comes first. */
  private double uniform() {
    if (uniformsLeft == 0) {
      uniforms =
          new double[] {RandomNumbers.fraction(generator), RandomNumbers.fraction(generator)};
      uniformsLeft = uniforms.length;
    }
    return uniforms[--uniformsLeft];
  }

  private double normal() {
    if (normalsLeft == 0) {
      normals = RandomNumbers.normalPair(generator);
      normalsLeft = normals.length;
    }
    return normals[--normalsLeft];
  }

  /** Of the gamma distribution of shape {@code alpha} and rate 1. */
  double gamma(double alpha) {
    if (alpha == 1) {
      return -Math.log1p(-uniform());
    }
    boolean small = alpha < 1;
    double d = alpha + (small ? 2.0 / 3 : -1.0 / 3);
    double c = 1.0 / 3 / Math.sqrt(d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      if (v <= 0) {
        continue;
      }
      v = v * v * v;
      double u = uniform();
      if (u < 1 - 0.0331 * (x * x) * (x * x)
          || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
        return small ? d * v * Math.pow(uniform(), 1 / alpha) : d * v;
      }
    }
  }

  /** Of the Poisson distribution of this rate, no more than {@code most}. */
  double poisson(double rate, double most) {
    if (rate < KNUTH_BELOW) {
      return knuth(Math.exp(-rate));
    }
    return Double.isInfinite(rate) ? rate : hoermann(rate, most);
  }

  private double knuth(double limit) {
    double product = uniform();
    int count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }

  private double hoermann(double rate, double most) {
    double b = 0.931 + 2.53 * Math.sqrt(rate);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    while (true) {
      double u = uniform() - 0.5;
      double v = uniform();
      double shifted = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / shifted + b) * u + rate + 0.43);
      if (k > most) {
        continue;
      }
      if (shifted >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) {
        return k;
      }
      if (k < 0 || (shifted < 0.013 && v > shifted)) {
        continue;
      }
      double s = Math.log(v * inverseAlpha / (a / (shifted * shifted) + b));
      if (s <= -rate + k * Math.log(rate) - SpecialFunctions.logGamma(k + 1)) {
        return k;
      }
    }
  }
}
