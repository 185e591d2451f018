package org.signet.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;

/** Tensors on their way from one activation to another, each counted on its array. */
final class Values {
  private final ArrayPool pool;
  private final @Nullable Tensor[] tensors;
  private final @Nullable PooledArray[] arrays;

  /**
   * @param count how many there are
   */
  Values(ArrayPool pool, int count) {
    this.pool = pool;
    this.tensors = new Tensor[count];
    this.arrays = new PooledArray[count];
  }

  /** Takes what is in the slots from number {@code from} on, and lets go of what was here. */
  void take(Activation source, int[] slots, int from) {
    for (int i = 0; i < tensors.length; i++) {
      PooledArray array = source.array(slots[from + i]);
      pool.retain(array);
      pool.release(arrays[i]);
      tensors[i] = source.get(slots[from + i]);
      arrays[i] = array;
    }
  }

  /** Puts them into slots, too. */
  void putInto(Activation target, int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        target.set(slots[i], tensor, arrays[i]);
      }
    }
  }

  /** Puts them into slots and lets go of them, so that whoever needs one last may change it. */
  void moveInto(Activation target, int[] slots) {
    putInto(target, slots);
    clear();
  }

  /** Lets go of them. */
  void clear() {
    for (PooledArray array : arrays) {
      pool.release(array);
    }
    Arrays.fill(tensors, null);
    Arrays.fill(arrays, null);
  }
}
