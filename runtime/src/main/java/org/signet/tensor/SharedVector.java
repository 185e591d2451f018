package org.signet.tensor;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of optional elements. A changed copy shares all but the path to what is
 * changed: a tree of 32 branches a node, in which a subtree without elements is not there.
 */
final class SharedVector<T> {
  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;

  /** Null if no element is present. */
  private final @Nullable Object @Nullable [] root;

  /** How many levels of nodes are above the leaves. */
  private final int height;

  private final int size;

  private SharedVector(@Nullable Object @Nullable [] root, int height, int size) {
    this.root = root;
    this.height = height;
    this.size = size;
  }

  static <T> SharedVector<T> empty() {
    return new SharedVector<>(null, 0, 0);
  }

  int size() {
    return size;
  }

  /**
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size}
   */
  @SuppressWarnings("unchecked") // only with() stores elements
  Optional<T> get(int index) {
    Objects.checkIndex(index, size);
    @Nullable Object node = root;
    for (int level = height; level >= 0 && node != null; level--) {
      node = ((@Nullable Object[]) node)[slot(index, level)];
    }
    return Optional.ofNullable((T) node);
  }

  /** This sequence with another element at {@code index}. */
  SharedVector<T> with(int index, T element) {
    Objects.checkIndex(index, size);
    return new SharedVector<>(set(root, height, index, element), height, size);
  }

  private static @Nullable Object[] set(
      @Nullable Object @Nullable [] node, int level, int index, Object element) {
    @Nullable Object[] copy = node == null ? new Object[WIDTH] : node.clone();
    int slot = slot(index, level);
    copy[slot] =
        level == 0 ? element : set((@Nullable Object[]) copy[slot], level - 1, index, element);
    return copy;
  }

  /** The first {@code newSize} elements; those that are new are absent. */
  SharedVector<T> resized(int newSize) {
    if (newSize < size) {
      return new SharedVector<>(
          newSize == 0 ? null : first(root, height, newSize), height, newSize);
    }
    @Nullable Object @Nullable [] grown = root;
    int levels = height;
    while (levels < 6 && newSize > 1L << (BITS * (levels + 1))) {
      if (grown != null) {
        @Nullable Object[] above = new Object[WIDTH];
        above[0] = grown;
        grown = above;
      }
      levels++;
    }
    return new SharedVector<>(grown, levels, newSize);
  }

  /** A node with its first {@code count} elements, at least one. */
  private static @Nullable Object @Nullable [] first(
      @Nullable Object @Nullable [] node, int level, int count) {
    if (node == null) {
      return null;
    }
    @Nullable Object[] copy = node.clone();
    int last = slot(count - 1, level);
    Arrays.fill(copy, last + 1, WIDTH, null);
    if (level > 0) {
      copy[last] = first((@Nullable Object[]) copy[last], level - 1, count);
    }
    return copy;
  }

  private static int slot(int index, int level) {
    return (index >>> (BITS * level)) & (WIDTH - 1);
  }
}
