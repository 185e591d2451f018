package org.signet.plan;

import java.util.concurrent.atomic.AtomicBoolean;
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
  private volatile @Nullable SharedTask task;
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

  private final class Helper extends Thread {
    private final int number;
    private volatile boolean asleep;

    private Helper(int number) {
      super("signet-worker-" + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      SharedTask last = null;
      while (!closed) {
        SharedTask next = awaitTask(last);
        if (next != null) {
          next.work(number);
        }
        last = next;
      }
    }

    /** Another task than {@code last}; empty if there may be none. */
    private @Nullable SharedTask awaitTask(@Nullable SharedTask last) {
      long end = System.nanoTime() + AWAKE_NANOS;
      do {
        for (int i = 0; i < LOOKS; i++) {
          SharedTask found = task;
          if (found != null && found != last) {
            return found;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() < end && !closed);
      asleep = true;
      // Whoever offers a task first does that, and then looks who sleeps.
      while ((task == null || task == last) && !closed) {
        LockSupport.park(WorkerPool.this);
      }
      asleep = false;
      return task;
    }
  }

  @Override
  public int threads() {
    return helpers.length + 1;
  }

  @Override
  public void run(int parts, IntConsumer body) {
    if (parts < 2 || closed || !busy.compareAndSet(false, true)) {
      Workers.NONE.run(parts, body);
      return;
    }
    try {
      SharedTask mine = new SharedTask(parts, threads(), body);
      task = mine;
      for (Helper helper : helpers) {
        if (helper.asleep) {
          LockSupport.unpark(helper);
        }
      }
      mine.work(0);
      await(mine);
      mine.rethrow();
    } finally {
      task = null;
      busy.set(false);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // right without it, too: only slower
  private static void await(SharedTask task) {
    int looks = 0;
    while (!task.isDone()) {
      if (++looks < LOOKS * LOOKS) {
        Thread.onSpinWait();
      } else {
        // The thread that has the last part may be waiting for this processor.
        Thread.yield();
      }
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
