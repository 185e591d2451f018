package org.signet.cli;

import java.util.Arrays;

/**
 * How long calls took, in microseconds.
 *
 * @param runs how many calls
 * @param min the shortest
 * @param median half of them took no longer
 * @param p90 nine of ten took no longer
 */
record CallTimes(int runs, double min, double median, double p90) {
  private static final double NANOS_PER_MICRO = 1e3;

  /** Calls between two looks at whether times are steady, at least. */
  private static final int BATCH = 10;

  /** How long they take, at least: the JIT has to have seen short calls ten thousand times. */
  private static final long BATCH_NANOS = 100_000_000L;

  /** Two batches in a row whose fastest calls differ by less than this are steady. */
  private static final double STEADY = 0.02;

  /** Batches in a row that have to be steady, since the JIT compiles in stages. */
  private static final int STEADY_BATCHES = 5;

  /** However unsteady, it ends then. */
  private static final long MOST_NANOS = 10_000_000_000L;

  /** Calls until times are steady. */
  static void warmUp(Runnable call) {
    long end = System.nanoTime() + MOST_NANOS;
    double last = Double.POSITIVE_INFINITY;
    for (int steady = 0; steady < STEADY_BATCHES && System.nanoTime() < end; ) {
      double fastest = batch(call);
      steady = Math.abs(fastest - last) <= STEADY * fastest ? steady + 1 : 0;
      last = fastest;
    }
  }

  /** The time of the fastest call of a batch. */
  private static double batch(Runnable call) {
    long begin = System.nanoTime();
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < BATCH || System.nanoTime() - begin < BATCH_NANOS; i++) {
      fastest = Math.min(fastest, measure(1, call).min());
    }
    return fastest;
  }

  static CallTimes measure(int runs, Runnable call) {
    double[] micros = new double[runs];
    for (int i = 0; i < runs; i++) {
      long begin = System.nanoTime();
      call.run();
      micros[i] = (System.nanoTime() - begin) / NANOS_PER_MICRO;
    }
    Arrays.sort(micros);
    return new CallTimes(runs, micros[0], at(micros, 0.5), at(micros, 0.9));
  }

  /** The smallest that {@code part} of them do not exceed. */
  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }
}
