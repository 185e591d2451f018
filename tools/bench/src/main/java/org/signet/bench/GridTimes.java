package org.signet.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;

/** The times of each provider's kernels at each point of a grid, measured in turns. */
final class GridTimes {
  /** What a provider is run for at a point, in each round. */
  private static final long BUDGET = 12_000_000;

  /** What a batch of runs takes at least, once that is known. */
  private static final long BATCH = 50_000;

  private final List<GridPoint> points;
  private final List<KernelProvider> providers;
  private final double[][] best;

  GridTimes(List<GridPoint> points, List<KernelProvider> providers) {
    this.points = points;
    this.providers = providers;
    this.best = new double[points.size()][providers.size()];
    forget();
  }

  private void forget() {
    for (double[] times : best) {
      Arrays.fill(times, Double.POSITIVE_INFINITY);
    }
  }

  /** Measures; the first round only warms up. */
  void measure(int rounds) {
    List<Kernel[]> kernels = new ArrayList<>();
    for (GridPoint point : points) {
      kernels.add(
          providers.stream()
              .map(provider -> provider.offer(point.step()))
              .map(offer -> offer instanceof Offer.Accepted(Kernel kernel) ? kernel : null)
              .toArray(Kernel[]::new));
    }
    for (int round = 0; round <= rounds; round++) {
      if (round == 1) {
        forget();
      }
      // From the large points on, which warm up best.
      for (int i = points.size() - 1; i >= 0; i--) {
        for (int j = 0; j < providers.size(); j++) {
          Kernel kernel = kernels.get(i)[j];
          if (kernel != null) {
            best[i][j] = Math.min(best[i][j], time(kernel, points.get(i)));
          }
        }
      }
    }
  }

  /** The nanoseconds of a run, in the best batch of several. */
  private static double time(Kernel kernel, GridPoint point) {
    GridCall call = new GridCall(point);
    kernel.run(call);
    double best = Double.POSITIVE_INFINITY;
    int runs = 1;
    long end = System.nanoTime() + BUDGET;
    long now;
    do {
      long begin = System.nanoTime();
      for (int i = 0; i < runs; i++) {
        kernel.run(call);
      }
      now = System.nanoTime();
      best = Math.min(best, (double) (now - begin) / runs);
      runs *= now - begin < BATCH ? 2 : 1;
    } while (now < end);
    return best;
  }

  /** The nanoseconds of a run; empty if the provider has no kernel for it. */
  OptionalDouble nanos(int point, int provider) {
    double time = best[point][provider];
    return Double.isFinite(time) ? OptionalDouble.of(time) : OptionalDouble.empty();
  }
}
