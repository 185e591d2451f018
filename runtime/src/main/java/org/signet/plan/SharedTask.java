package org.signet.plan;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The task that some threads share, one after another, without anything made for each. Each thread
 * begins with the same share of the parts of every task, so that it mostly finds in its own caches
 * what it wrote in the step before; what is left of others' shares it takes from their ends.
 *
 * <p>A share is a word of the task's number, the next part and the end. Taking a part changes it as
 * a whole, so that who comes late takes none of another task; who has taken one may rely on the
 * task to be there until it has reported.
 */
final class SharedTask {
  /** Parts that a share has room for. */
  static final int MOST_PARTS = (1 << 20) - 1;

  private static final int PART_BITS = 20;
  private static final int NUMBER_BITS = 64 - 2 * PART_BITS;

  /** Longs from one word to the next, so that no two share a line of a cache. */
  private static final int APART = 16;

  private static final int NUMBER = 0;
  private static final int LEFT = APART;
  private static final int SHARES = 2 * APART;

  private final int threads;
  private final AtomicLongArray words;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private IntConsumer body = part -> {};

  SharedTask(int threads) {
    this.threads = threads;
    this.words = new AtomicLongArray((threads + 2) * APART);
  }

  /**
   * Begins the next task; the one before must be done.
   *
   * @param parts up to {@link #MOST_PARTS}
   * @return its number
   */
  long begin(int parts, IntConsumer task) {
    body = task;
    long number = (number() + 1) & ((1L << NUMBER_BITS) - 1);
    words.setPlain(LEFT, parts);
    for (int thread = 0; thread < threads; thread++) {
      long share = ((number << PART_BITS) | first(thread, parts)) << PART_BITS;
      words.setRelease(share(thread), share | first(thread + 1, parts));
    }
    words.set(NUMBER, number);
    return number;
  }

  /** The number of the task that began last. */
  long number() {
    return words.get(NUMBER);
  }

  /** Runs parts of a task until none is left to begin, as thread {@code thread} of all. */
  void work(long number, int thread) {
    int done = 0;
    while (runNext(number, share(thread), true)) {
      done++;
    }
    for (int i = 1; i < threads; i++) {
      int other = share((thread + i) % threads);
      while (runNext(number, other, false)) {
        done++;
      }
    }
    if (done > 0) {
      words.addAndGet(LEFT, -done);
    }
  }

  /** The part with which a thread's share begins. */
  private int first(int thread, int parts) {
    return (int) ((long) thread * parts / threads);
  }

  private static int share(int thread) {
    return SHARES + thread * APART;
  }

  /** Runs the first or the last part of a share; does nothing if there is none. */
  private boolean runNext(long number, int share, boolean first) {
    while (true) {
      long word = words.get(share);
      int next = (int) (word >>> PART_BITS) & MOST_PARTS;
      int end = (int) word & MOST_PARTS;
      if (word >>> (2 * PART_BITS) != number || next >= end) {
        return false;
      }
      if (words.compareAndSet(share, word, first ? word + (1L << PART_BITS) : word - 1)) {
        run(first ? next : end - 1);
        return true;
      }
    }
  }

  private void run(int part) {
    try {
      if (failure.get() == null) {
        body.accept(part);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  boolean isDone() {
    return words.get(LEFT) == 0;
  }

  /** Throws what a part of the task threw, which is done. */
  void rethrow() {
    switch (failure.getAndSet(null)) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
