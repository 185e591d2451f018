package org.signet.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Float32 numbers that lie outside the heap, such as weights in a mapped file. They never change.
 * Safe to read from many threads.
 */
public abstract class StoredFloats {
  private volatile float @Nullable [] onHeap;

  /** How many there are. */
  public abstract int size();

  /** Copies {@code count} numbers from {@code from} on to {@code to}, from {@code at} on. */
  public abstract void read(int from, float[] to, int at, int count);

  /** Tells that the numbers will hardly be read again, so that they need no memory any more. */
  public abstract void release();

  /** Whether they are on the heap, too. */
  final boolean isOnHeap() {
    return onHeap != null;
  }

  /** All numbers in an array, which is kept from now on. */
  final float[] onHeap() {
    float[] known = onHeap;
    return known == null ? bring() : known;
  }

  private synchronized float[] bring() {
    float[] known = onHeap;
    if (known == null) {
      known = new float[size()];
      read(0, known, 0, known.length);
      release();
      onHeap = known;
    }
    return known;
  }
}
