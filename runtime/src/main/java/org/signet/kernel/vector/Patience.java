package org.signet.kernel.vector;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when a piece of vector code takes over from a plain loop. Until the JIT has compiled it,
 * each vector is an object, and the first ones cost a third of a second: more than a small model
 * takes in all. So plain loops do a certain amount of work first. Both compute the same bits, so
 * that results do not depend on it. Safe to use from many threads.
 */
final class Patience {
  private final AtomicLong left;
  private volatile boolean over;

  /**
   * @param work for plain loops; 0 for none
   */
  Patience(long work) {
    left = new AtomicLong(work);
    over = work == 0;
  }

  /** Whether the vector code is to do a piece of {@code work}; if not, a plain loop does it. */
  boolean isOver(long work) {
    if (over) {
      return true;
    }
    over = left.addAndGet(-work) <= 0;
    return false;
  }
}
