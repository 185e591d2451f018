package org.signet.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
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
  private final SharedTask task;
  private volatile boolean closed;

  /**
   * @param threads with the calling one, at least 1
   */
  WorkerPool(int threads) {
    task = new SharedTask(threads);
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
      long last = 0;
      while (!closed) {
        last = awaitNext(last);
        task.work(last, number);
      }
    }

    /** The number of a task after {@code last}; {@code last} if there is none and never will be. */
    private long awaitNext(long last) {
      long end = System.nanoTime() + AWAKE_NANOS;
      do {
        for (int i = 0; i < LOOKS; i++) {
          long next = task.number();
          if (next != last) {
            return next;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() < end && !closed);
      asleep = true;
      // Whoever begins a task first does that, and then looks who sleeps.
      while (task.number() == last && !closed) {
        LockSupport.park(WorkerPool.this);
      }
      asleep = false;
      return task.number();
    }
  }

  @Override
  public int threads() {
    return helpers.length + 1;
  }

  @Override
  public void run(int parts, IntConsumer body) {
    boolean alone = parts < 2 || parts > SharedTask.MOST_PARTS || closed;
    if (alone || !busy.compareAndSet(false, true)) {
      Workers.NONE.run(parts, body);
      return;
    }
    try {
      long number = task.begin(parts, body);
      for (Helper helper : helpers) {
        if (helper.asleep) {
          LockSupport.unpark(helper);
        }
      }
      task.work(number, 0);
      await();
      task.rethrow();
    } finally {
      busy.set(false);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // right without it, too: only slower
  private void await() {
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
