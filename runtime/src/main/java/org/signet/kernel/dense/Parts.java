package org.signet.kernel.dense;

import org.signet.op.Workers;

/**
 * Divides the work of a call among threads: into a few more parts than there are threads, since
 * some processors are busier than others, and none so small that handing it over would cost more.
 */
final class Parts {
  /** Multiply-adds that take some three times as long as to hand over a part. */
  private static final long LEAST = 100_000;

  /** Multiply-adds that reading and writing an element counts for. */
  static final long ELEMENT = 10;

  private static final int PARTS_OF_A_THREAD = 4;

  private Parts() {}

  /** Does the units from {@code from} to {@code to}, without the last. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /**
   * The number of parts.
   *
   * @param work multiply-adds in all
   * @param most units that can't be divided
   */
  static int count(Workers workers, long work, int most) {
    int threads = workers.threads();
    long parts = Math.min(work / LEAST, (long) threads * PARTS_OF_A_THREAD);
    return threads == 1 ? 1 : Math.clamp(parts, 1, Math.max(most, 1));
  }

  /**
   * Runs {@code task} on all units, in even parts.
   *
   * @param work multiply-adds in all
   */
  static void forEach(Workers workers, long work, int units, Range task) {
    forEach(workers, work, units, units, task);
  }

  /**
   * Runs {@code task} on all units, in even parts.
   *
   * @param work multiply-adds in all
   * @param most parts
   */
  static void forEach(Workers workers, long work, int most, int units, Range task) {
    int parts = count(workers, work, Math.min(most, units));
    if (parts == 1) {
      task.run(0, units);
    } else {
      workers.run(
          parts, part -> task.run(begin(part, parts, units), begin(part + 1, parts, units)));
    }
  }

  /** The unit with which a part begins. */
  static int begin(int part, int parts, int units) {
    return (int) ((long) part * units / parts);
  }
}
