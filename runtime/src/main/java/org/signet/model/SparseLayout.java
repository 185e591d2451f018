package org.signet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * Which elements of a sparse constant are stored. Its dimensions, perhaps cut into blocks, are the
 * levels of a tree in some order; a dense level has all children, a sparse one those that it lists.
 * What is stored are the leaves. Immutable.
 */
public final class SparseLayout {
  private static final int SPARSE = 1;

  /** More levels than a tensor of the greatest rank has. */
  private static final int MOST_LEVELS = 32;

  /** Zeros that need no reason: more than any small model has, few enough not to exhaust memory. */
  private static final long FREE_ELEMENTS = 1L << 20;

  /** No pruned weights are thinner than this: one element stored of so many. */
  private static final long MOST_PER_STORED = 1L << 12;

  /** The dimension of each level; one at or above the rank is that within a block. */
  private final int[] order;

  /** The dimension that each dimension within a block belongs to. */
  private final int[] blocks;

  private final List<Level> levels;

  private SparseLayout(int[] order, int[] blocks, List<Level> levels) {
    this.order = order;
    this.blocks = blocks;
    this.levels = levels;
  }

  /**
   * One level.
   *
   * @param size the number of children if the level is dense, or the size of a block
   * @param segments where the children of each node begin in {@code indices}, and where the last
   *     ones end
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Level(boolean isSparse, int size, int[] segments, int[] indices) {}

  static SparseLayout read(FlatTable table) {
    List<Level> levels = new ArrayList<>();
    for (FlatTable level : table.tables(8, "a level of " + table.what() + ',')) {
      levels.add(
          new Level(
              level.int8(4) == SPARSE, level.int32(6, 0), numbers(level, 8), numbers(level, 12)));
    }
    return new SparseLayout(table.ints(4), table.ints(6), levels);
  }

  /** A union of vectors of 32, 16 and 8 bits. */
  private static int[] numbers(FlatTable level, int field) {
    int type = level.int8(field);
    if (type == 0) {
      return new int[0];
    }
    FlatTable vector = level.table(field + 2, "indices of " + level.what()).orElseThrow();
    return switch (type) {
      case 1 -> vector.ints(4);
      case 2 -> vector.unsignedShorts(4);
      case 3 -> unsigned(vector.bytes(4));
      default ->
          throw FlatFile.malformed(
              level.what(), level.position(), "has indices of the unknown type " + type);
    };
  }

  private static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> bytes[i] & 0xFF);
    return values;
  }

  /**
   * The number of stored elements.
   *
   * @throws org.signet.diag.SignetException MALFORMED_MODEL if the levels do not make up the shape
   */
  int check(int[] shape, String place) {
    int rank = shape.length;
    long elements = 1;
    for (int size : shape) {
      elements = size < 0 ? Long.MAX_VALUE : elements * size;
      ModelVerifier.check(elements <= Integer.MAX_VALUE, place, "is sparse and too large");
    }
    boolean fits =
        order.length == rank + blocks.length
            && order.length == levels.size()
            && order.length <= MOST_LEVELS
            && Arrays.stream(order).distinct().count() == order.length
            && Arrays.stream(order).allMatch(d -> d >= 0 && d < order.length)
            && Arrays.stream(blocks).allMatch(d -> d >= 0 && d < rank);
    ModelVerifier.check(fits, place, "is sparse in an impossible order");
    int[] sizes = levelSizes(shape, place);
    long nodes = 1;
    for (int l = 0; l < order.length; l++) {
      nodes = check(levels.get(l), sizes[order[l]], nodes, place);
      ModelVerifier.check(nodes <= elements, place, "stores more elements than it has");
    }
    ModelVerifier.check(
        elements <= Math.max(FREE_ELEMENTS, nodes * MOST_PER_STORED),
        place,
        "stores " + nodes + " of " + elements + " elements, fewer than any pruned weights keep");
    return (int) nodes;
  }

  /** The size of each dimension: of the tensor's, counted in blocks, and of those in blocks. */
  private int[] levelSizes(int[] shape, String place) {
    int[] sizes = Arrays.copyOf(shape, order.length);
    for (int b = 0; b < blocks.length; b++) {
      int size = levels.get(levelOf(shape.length + b)).size();
      ModelVerifier.check(
          size > 0 && sizes[blocks[b]] % size == 0, place, "is cut into blocks of " + size);
      sizes[shape.length + b] = size;
      sizes[blocks[b]] /= size;
    }
    return sizes;
  }

  private int levelOf(int dimension) {
    int at = 0;
    while (order[at] != dimension) {
      at++;
    }
    return at;
  }

  /** The number of nodes below {@code nodes} ones. */
  private static long check(Level level, int size, long nodes, String place) {
    if (!level.isSparse()) {
      ModelVerifier.check(
          level.size() == size, place, "has a level of " + level.size() + " for " + size);
      return nodes * size;
    }
    int[] segments = level.segments();
    int[] indices = level.indices();
    boolean fits = segments.length == nodes + 1 && segments[0] == 0;
    for (int i = 1; fits && i < segments.length; i++) {
      fits = segments[i] >= segments[i - 1];
    }
    ModelVerifier.check(
        fits
            && segments[segments.length - 1] == indices.length
            && Arrays.stream(indices).allMatch(index -> index >= 0 && index < size),
        place,
        "has a sparse level that does not fit");
    return indices.length;
  }

  /** The dense tensor, zero where nothing is stored. */
  Tensor expand(Tensor stored, int[] shape, String place) {
    Tensor dense = Tensor.zeros(stored.dtype(), shape);
    int[] sizes = levelSizes(shape, place);
    expand(stored, dense, sizes, new int[order.length], 0, 0);
    return dense;
  }

  private void expand(Tensor stored, Tensor dense, int[] sizes, int[] index, int depth, int node) {
    if (depth == order.length) {
      Elements.copy(stored, node, dense, place(index, sizes, dense.shape()), 1);
      return;
    }
    Level level = levels.get(depth);
    int size = sizes[order[depth]];
    int from = level.isSparse() ? level.segments()[node] : node * size;
    int to = level.isSparse() ? level.segments()[node + 1] : from + size;
    for (int child = from; child < to; child++) {
      index[order[depth]] = level.isSparse() ? level.indices()[child] : child - from;
      expand(stored, dense, sizes, index, depth + 1, child);
    }
  }

  private int place(int[] index, int[] sizes, int[] shape) {
    int[] place = Arrays.copyOf(index, shape.length);
    for (int b = 0; b < blocks.length; b++) {
      place[blocks[b]] = place[blocks[b]] * sizes[shape.length + b] + index[shape.length + b];
    }
    int at = 0;
    int[] strides = Shapes.strides(shape);
    for (int d = 0; d < place.length; d++) {
      at += place[d] * strides[d];
    }
    return at;
  }
}
