package org.signet.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.signet.op.Workers;

/**
 * The threads of a session. They wait for work without sleeping for a moment, since the next step
 * of a plan follows at once, and sleep between calls. A run that finds them at work for another one
 * works alone. Safe to use from many threads; takes no lock.
 */
final class WorkerPool implements Workers, AutoCloseable {
  /** Time for which a thread waits awake. */
  private static final long AWAKE_NANOS = 200_000;

  /** Looks for work between two looks at the clock. */
  private static final int LOOKS = 64;

  private final Helper[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Job job;
  private volatile boolean closed;

  /**
   * @param threads with the calling one, at least 1
   */
  WorkerPool(int threads) {
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** The parts of one task. */
  private static final class Job {
    private final int parts;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Job(int parts, IntConsumer task) {
      this.parts = parts;
      this.task = task;
      this.left = new AtomicInteger(parts);
    }

    /** Runs parts until none is left to begin. */
    private void work() {
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
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
    }

    private boolean isDone() {
      return left.get() == 0;
    }
  }

  private final class Helper extends Thread {
    private volatile boolean asleep;

    private Helper(int number) {
      super("signet-worker-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      Job last = null;
      while (!closed) {
        Job next = awaitJob(last);
        if (next != null) {
          next.work();
        }
        last = next;
      }
    }

    /** Another job than {@code last}; empty if there may be none. */
    private @Nullable Job awaitJob(@Nullable Job last) {
      long end = System.nanoTime() + AWAKE_NANOS;
      do {
        for (int i = 0; i < LOOKS; i++) {
          Job found = job;
          if (found != null && found != last) {
            return found;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() < end && !closed);
      asleep = true;
      // Whoever offers a job first does that, and then looks who sleeps.
      while ((job == null || job == last) && !closed) {
        LockSupport.park(WorkerPool.this);
      }
      asleep = false;
      return job;
    }
  }

  @Override
  public int threads() {
    return helpers.length + 1;
  }

  @Override
  public void run(int parts, IntConsumer task) {
    if (parts < 2 || closed || !busy.compareAndSet(false, true)) {
      Workers.NONE.run(parts, task);
      return;
    }
    try {
      Job mine = new Job(parts, task);
      job = mine;
      for (Helper helper : helpers) {
        if (helper.asleep) {
          LockSupport.unpark(helper);
        }
      }
      mine.work();
      await(mine);
      rethrow(mine.failure.get());
    } finally {
      job = null;
      busy.set(false);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // right without it, too: only slower
  private static void await(Job job) {
    int looks = 0;
    while (!job.isDone()) {
      if (++looks < LOOKS * LOOKS) {
        Thread.onSpinWait();
      } else {
        // The thread that has the last part may be waiting for this processor.
        Thread.yield();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Ends the threads; calls that follow run on their own. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
