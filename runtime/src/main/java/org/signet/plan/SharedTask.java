package org.signet.plan;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one task, taken by several threads. Each thread begins with the same share of every
 * task, so that it mostly finds in its own caches what it wrote in the step before; what is left of
 * others' shares it takes from their ends.
 */
final class SharedTask {
  private static final int FREE = 0;
  private static final int TAKEN = 1;

  private final int parts;
  private final int threads;
  private final IntConsumer task;
  private final AtomicIntegerArray state;
  private final AtomicInteger left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  SharedTask(int parts, int threads, IntConsumer task) {
    this.parts = parts;
    this.threads = threads;
    this.task = task;
    this.state = new AtomicIntegerArray(parts);
    this.left = new AtomicInteger(parts);
  }

  /** Runs parts until none is left to begin, as thread {@code thread} of all. */
  void work(int thread) {
    for (int part = begin(thread); part < begin(thread + 1); part++) {
      runIfFree(part);
    }
    for (int i = 1; i < threads; i++) {
      int other = (thread + i) % threads;
      for (int part = begin(other + 1) - 1; part >= begin(other); part--) {
        runIfFree(part);
      }
    }
  }

  /** The part with which a thread's share begins. */
  private int begin(int thread) {
    return (int) ((long) thread * parts / threads);
  }

  private void runIfFree(int part) {
    if (state.get(part) != FREE || !state.compareAndSet(part, FREE, TAKEN)) {
      return;
    }
    try {
      if (failure.get() == null) {
        task.accept(part);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      left.decrementAndGet();
    }
  }

  boolean isDone() {
    return left.get() == 0;
  }

  /** Throws what a part threw. */
  void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
