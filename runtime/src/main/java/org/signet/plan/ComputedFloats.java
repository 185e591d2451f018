package org.signet.plan;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.StoredFloats;

/** Numbers that are computed when they are read first, and again once they were released. */
final class ComputedFloats extends StoredFloats {
  private final Supplier<float[]> compute;
  private final int size;
  private float @Nullable [] computed;

  /**
   * @param compute gives {@code size} numbers, the same each time
   */
  ComputedFloats(Supplier<float[]> compute, int size) {
    this.compute = compute;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int from, float[] to, int at, int count) {
    System.arraycopy(computed(), from, to, at, count);
  }

  private synchronized float[] computed() {
    float[] known = computed;
    if (known == null) {
      known = compute.get();
      computed = known;
    }
    return known;
  }

  @Override
  public synchronized void release() {
    computed = null;
  }
}
