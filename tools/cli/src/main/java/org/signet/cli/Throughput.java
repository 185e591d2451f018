package org.signet.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Calls a second of sessions that are called at once, each by a thread of its own.
 *
 * @param sessions how many
 * @param alone calls a second of the first, the others idle
 * @param together calls a second of all
 */
record Throughput(int sessions, double alone, double together) {
  /** Turns of one and of all, of which the best count, since other programs disturb some. */
  private static final int TURNS = 5;

  private static final double LEAST_SECONDS = 0.1;
  private static final double NANOS = 1e9;

  /**
   * Measures it.
   *
   * @param calls one for each session, which has been called before
   * @param seconds of a turn, if that is long enough
   */
  static Throughput measure(List<Runnable> calls, double seconds) {
    long nanos = (long) (Math.max(seconds, LEAST_SECONDS) * NANOS);
    double alone = 0;
    double together = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      for (int turn = 0; turn < TURNS; turn++) {
        alone = Math.max(alone, perSecond(threads, calls.subList(0, 1), nanos));
        together = Math.max(together, perSecond(threads, calls, nanos));
      }
    }
    return new Throughput(calls.size(), alone, together);
  }

  private static double perSecond(ExecutorService threads, List<Runnable> calls, long nanos) {
    List<CompletableFuture<Double>> rates =
        calls.stream()
            .map(call -> CompletableFuture.supplyAsync(() -> perSecond(call, nanos), threads))
            .toList();
    return rates.stream().mapToDouble(CompletableFuture::join).sum();
  }

  private static double perSecond(Runnable call, long nanos) {
    long begin = System.nanoTime();
    long passed = 0;
    long done = 0;
    while (passed < nanos) {
      call.run();
      done++;
      passed = System.nanoTime() - begin;
    }
    return done * NANOS / passed;
  }

  @Override
  public String toString() {
    return "%d sessions at once: %.2f calls/s, %.2f times those of one (%.2f calls/s)"
        .formatted(sessions, together, together / alone, alone);
  }

  Map<String, Object> json() {
    return Map.of("count", sessions, "alone_per_s", alone, "together_per_s", together);
  }
}
