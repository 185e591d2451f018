package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {
  private static final int PARTS = 17;

  private static void runsEachPartOnce(WorkerPool pool) {
    AtomicIntegerArray runs = new AtomicIntegerArray(PARTS);
    pool.run(PARTS, runs::incrementAndGet);
    for (int part = 0; part < PARTS; part++) {
      assertThat(runs.get(part)).isEqualTo(1);
    }
  }

  @Test
  void runsEachPartOnceAwakeOrAsleep() throws InterruptedException {
    try (WorkerPool pool = new WorkerPool(3)) {
      assertThat(pool.threads()).isEqualTo(3);
      for (int i = 0; i < 2000; i++) {
        if (i % 500 == 0) {
          Thread.sleep(2);
        }
        runsEachPartOnce(pool);
      }
    }
  }

  @Test
  void sharesTheWork() {
    try (WorkerPool pool = new WorkerPool(3)) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CountDownLatch allHere = new CountDownLatch(3);
      pool.run(
          3,
          _ -> {
            threads.add(Thread.currentThread());
            allHere.countDown();
            try {
              allHere.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }
  }

  @Test
  void throwsWhatAPartThrewAndGoesOn() {
    try (WorkerPool pool = new WorkerPool(2)) {
      assertThatThrownBy(() ->
              pool.run(
                  PARTS,
                  part -> {
                    if (part == 5) {
                      throw new IllegalArgumentException("part 5");
                    }
                  }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("part 5");
      runsEachPartOnce(pool);
    }
  }

  @Test
  void runsATaskWithinAPartInTheSameThread() {
    try (WorkerPool pool = new WorkerPool(2)) {
      pool.run(
          2,
          _ -> {
            Thread outer = Thread.currentThread();
            pool.run(2, _ -> assertThat(Thread.currentThread()).isSameAs(outer));
          });
    }
  }

  @Test
  void worksAloneOnceClosed() {
    WorkerPool pool = new WorkerPool(2);
    pool.close();
    runsEachPartOnce(pool);
  }
}
