package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.signet.op.Workers;

/** A thread for each part, so that all run at once; counts the parts. */
final class ManyThreads implements Workers {
  private final AtomicInteger parts = new AtomicInteger();

  int parts() {
    return parts.get();
  }

  @Override
  public int threads() {
    return 3;
  }

  @Override
  public void run(int count, IntConsumer task) {
    parts.addAndGet(count);
    List<Thread> threads = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int mine = part;
      threads.add(Thread.ofPlatform().start(() -> task.accept(mine)));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
