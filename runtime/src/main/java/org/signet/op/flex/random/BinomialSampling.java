package org.signet.op.flex.random;

import java.util.Arrays;
import org.signet.op.BroadcastLoop;
import org.signet.op.Philox;
import org.signet.op.RandomNumbers;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * Draws how many of a number of trials succeed: by geometric gaps where few do, else by Hörmann's
 * transformed rejection (BTRS, 1993), as TensorFlow's kernels do. Each number has a part of the
 * generator's sequence to itself.
 */
final class BinomialSampling {
  /** The steps of the generator that are set aside for a number. */
  private static final int STEPS_OF_REJECTION = 256;

  private static final int STEPS_OF_GAPS = 42;
  private static final double FEW = 10;

  /** What Stirling's formula leaves out of {@code log k!}, for k up to 9. */
  private static final double[] TAILS = {
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
    0.0166446911898211, 0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
    0.00925546218271273, 0.00833056343336287
  };

  private final Philox generator;
  private double[] uniforms = new double[0];
  private int left;

  private BinomialSampling(Philox generator) {
    this.generator = generator;
  }

  /** How many pairs of trials and chances there are. */
  static int batch(Tensor trials, Tensor chances) {
    int[] shape = Shapes.broadcast(trials.shape(), chances.shape());
    return Shapes.product(shape, 0, shape.length);
  }

  /**
   * Fills {@code result}, whose last dimensions are those of {@code trials} and {@code chances}.
   */
  static void fill(Philox generator, Tensor trials, Tensor chances, Tensor result) {
    int[] shape = Shapes.broadcast(trials.shape(), chances.shape());
    int batch = batch(trials, chances);
    int[] whole = result.shape();
    int lead = whole.length - shape.length;
    Shapes.require(
        lead >= 0 && Arrays.equals(shape, 0, shape.length, whole, lead, whole.length),
        "a shape %s that does not end with %s",
        Shapes.text(whole),
        Shapes.text(shape));
    int samples = batch == 0 ? 0 : result.size() / batch;
    BroadcastLoop.run(
        shape,
        trials.shape(),
        chances.shape(),
        (i, t, c) -> {
          for (int k = 0; k < samples; k++) {
            double drawn =
                draw(generator, i * samples + k, trials.getDouble(t), chances.getDouble(c));
            int at = k * batch + i;
            if (result.dtype().isFloating()) {
              result.setDouble(at, drawn);
            } else {
              result.setLong(at, (long) drawn);
            }
          }
        });
  }

  /** The next number in [0, 1): of each pair the second comes first. */
  private double uniform() {
    if (left == 0) {
      uniforms =
          new double[] {RandomNumbers.fraction(generator), RandomNumbers.fraction(generator)};
      left = uniforms.length;
    }
    return uniforms[--left];
  }

  private static double draw(Philox generator, int number, double trials, double chance) {
    if (trials <= 0 || chance <= 0) {
      return 0;
    }
    if (chance > 0.5) {
      return chance >= 1 ? trials : trials - rare(generator, number, trials, 1 - chance);
    }
    return Double.isNaN(chance) ? chance : rare(generator, number, trials, chance);
  }

  private static double rare(Philox generator, int number, double trials, double chance) {
    boolean rejects = trials * chance >= FEW;
    long skipped = (long) (rejects ? STEPS_OF_REJECTION : STEPS_OF_GAPS) * number;
    BinomialSampling source = new BinomialSampling(generator.skipped(skipped));
    return rejects ? source.rejection(trials, chance) : source.gaps(trials, chance);
  }

  private double gaps(double trials, double chance) {
    double sum = 0;
    for (int count = 0; ; count++) {
      sum += Math.ceil(Math.log(uniform()) / Math.log1p(-chance));
      if (sum > trials || Double.isNaN(sum)) {
        return count;
      }
    }
  }

  private static double tail(double k) {
    if (k <= 9) {
      return TAILS[(int) k];
    }
    double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
  }

  private double rejection(double trials, double chance) {
    double deviation = Math.sqrt(trials * chance * (1 - chance));
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * chance;
    double c = trials * chance + 0.5;
    double edge = 0.92 - 4.2 / b;
    double odds = chance / (1 - chance);
    double alpha = (2.83 + 5.1 / b) * deviation;
    double mode = Math.floor((trials + 1) * chance);
    while (true) {
      double u = uniform() - 0.5;
      double v = uniform();
      double shifted = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / shifted + b) * u + c);
      if (shifted >= 0.07 && v <= edge) {
        return k;
      }
      if (k < 0 || k > trials) {
        continue;
      }
      double bound =
          (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1)))
              + (trials + 1) * Math.log((trials - mode + 1) / (trials - k + 1))
              + (k + 0.5) * Math.log(odds * (trials - k + 1) / (k + 1))
              + tail(mode)
              + tail(trials - mode)
              - tail(k)
              - tail(trials - k);
      if (Math.log(v * alpha / (a / (shifted * shifted) + b)) <= bound) {
        return k;
      }
    }
  }
}
