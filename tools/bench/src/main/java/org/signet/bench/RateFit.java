package org.signet.bench;

import java.util.ArrayList;
import java.util.List;
import org.signet.kernel.Work;

/**
 * What calls, parts and units take by measured times: none less than nothing, with the least
 * squares of relative errors.
 */
final class RateFit {
  private static final int SWEEPS = 20_000;

  private final List<double[]> rows = new ArrayList<>();

  /** A measured time, in which relative errors are counted. */
  void add(Work work, double nanos) {
    rows.add(new double[] {1 / nanos, work.parts() / nanos, work.units() / nanos});
  }

  /** What a call, a part and a unit take: coordinate by coordinate, from nothing on. */
  double[] rates() {
    double[] rates = new double[3];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int k = 0; k < rates.length; k++) {
        double gradient = 0;
        double square = 0;
        for (double[] row : rows) {
          double sum = row[0] * rates[0] + row[1] * rates[1] + row[2] * rates[2];
          gradient += row[k] * (1 - sum);
          square += row[k] * row[k];
        }
        rates[k] = square == 0 ? 0 : Math.max(0, rates[k] + gradient / square);
      }
    }
    return rates;
  }

  @Override
  public String toString() {
    double[] rates = rates();
    return "%.0f, %.3f, %.3f".formatted(rates[0], rates[1], rates[2]);
  }
}
