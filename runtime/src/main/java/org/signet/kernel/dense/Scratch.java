package org.signet.kernel.dense;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Working memory of one kernel, kept from one run to the next. Of runs that overlap, all but one
 * allocate their own. Safe to use from many threads.
 */
final class Scratch {
  private final AtomicReference<float @Nullable []> kept = new AtomicReference<>();

  /** An array of at least that length with any contents, for the caller alone. */
  float[] take(int length) {
    float[] array = kept.getAndSet(null);
    return array != null && array.length >= length ? array : new float[length];
  }

  /** Gives an array back; it must not be used any more. */
  void giveBack(float[] array) {
    kept.set(array);
  }
}
