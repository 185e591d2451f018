package org.signet.op;

/**
 * Selects the best of a row's indices by the comparisons that TFLite's and TensorFlow's kernels
 * make, in their order, which only tells where the relation is no order, as with NaN: as many
 * indices as are wanted and one more become a heap whose top is the worst of them, which every
 * better index then replaces; at last the heap is sorted. Where all indices are wanted, up to 16
 * are sorted by insertion. TensorFlow finds single elements, and sorts rows longer than that, in
 * another way, so that its results for NaN are others there.
 */
final class TopHeap {
  private static final int LONGEST_INSERTED = 16;

  /** Whether index {@code i} is better than {@code j}. */
  @FunctionalInterface
  interface Relation {
    boolean isBetter(int i, int j);
  }

  private final Relation relation;
  private final int length;
  private final int[] best;

  /** Of the indices below {@code length}, as many as {@code best} has room for, at most all. */
  TopHeap(Relation relation, int length, int[] best) {
    this.relation = relation;
    this.length = length;
    this.best = best;
  }

  /** Sets the elements of {@code best}. */
  void select() {
    int k = best.length;
    if (k == 0) {
      return;
    }
    for (int i = 0; i < k; i++) {
      best[i] = i;
    }
    if (k == length && k <= LONGEST_INSERTED) {
      insertEach();
      return;
    }
    if (k == length) {
      for (int i = k / 2 - 1; i >= 0; i--) {
        sink(best, i, k, best[i]);
      }
    } else {
      leaveOut(k);
      for (int i = k + 1; i < length; i++) {
        if (relation.isBetter(i, best[0])) {
          dropWorst(best, k);
          rise(best, k - 1, 0, i);
        }
      }
    }
    for (int size = k; size > 1; size--) {
      dropWorst(best, size);
    }
  }

  /** Makes a heap of the first k + 1 indices and leaves the worst of them out. */
  private void leaveOut(int k) {
    int[] heap = new int[k + 1];
    for (int i = 0; i <= k; i++) {
      heap[i] = i;
    }
    for (int i = (k + 1) / 2 - 1; i >= 0; i--) {
      sink(heap, i, k + 1, heap[i]);
    }
    dropWorst(heap, k + 1);
    System.arraycopy(heap, 0, best, 0, k);
  }

  private void insertEach() {
    for (int i = 1; i < best.length; i++) {
      int index = best[i];
      // An index better than the first goes there, whatever those between are.
      boolean leads = relation.isBetter(index, best[0]);
      int at = i;
      while (leads ? at > 0 : relation.isBetter(index, best[at - 1])) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = index;
    }
  }

  /** Moves the top behind the heap's other elements. */
  private void dropWorst(int[] heap, int size) {
    int last = heap[size - 1];
    heap[size - 1] = heap[0];
    if (size > 1) {
      sink(heap, 0, size - 1, last);
    }
  }

  /** Moves a hole down to a leaf, past the worse child each time; the index rises from there. */
  private void sink(int[] heap, int from, int size, int index) {
    int hole = from;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && !relation.isBetter(heap[child + 1], heap[child])) {
        child++;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    rise(heap, hole, from, index);
  }

  private void rise(int[] heap, int from, int top, int index) {
    int hole = from;
    while (hole > top && relation.isBetter(heap[(hole - 1) / 2], index)) {
      heap[hole] = heap[(hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    heap[hole] = index;
  }
}
