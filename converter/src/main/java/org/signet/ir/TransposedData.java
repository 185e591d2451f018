package org.signet.ir;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.signet.type.Shape;

/**
 * A matrix of four-byte elements with rows and columns swapped: element (i, j) is the source's (j,
 * i).
 *
 * @param source {@code columns} rows of {@code rows} elements
 * @param rows of this matrix
 * @param columns of this matrix
 */
public record TransposedData(ConstantData source, int rows, int columns)
    implements ConstantData.Derived {
  private static final int WIDTH = Integer.BYTES;

  /**
   * So many columns are turned at once: half a cache line, and as many pointers as fit registers.
   */
  private static final int TILE = 8;

  /** So many elements are turned before they are copied: they fit into a core's cache. */
  private static final int BLOCK = 1 << 16;

  /** Reading whole rows, where these are needed in part, would read too much. */
  private static final int FEW_ROWS = 4;

  /**
   * The transposed value of {@code source}, if its axes form two groups that trade places.
   *
   * @param shape the source's, static
   * @param order which axis of the source becomes axis i
   */
  static Optional<TransposedData> of(ConstantData source, Shape shape, int[] order) {
    int split = Math.floorMod(order[0], order.length);
    for (int i = 0; i < order.length; i++) {
      if (Math.floorMod(order[i], order.length) != (split + i) % order.length) {
        return Optional.empty();
      }
    }
    int outer = 1;
    for (int i = 0; i < split; i++) {
      outer *= shape.dim(i);
    }
    int inner = (int) (shape.elements() / Math.max(outer, 1));
    return Optional.of(new TransposedData(source, inner, outer));
  }

  @Override
  public void read(long from, MemorySegment to) {
    long first = from / WIDTH;
    long end = (from + to.byteSize()) / WIDTH;
    int top = (int) (first / columns);
    int bottom = (int) ((end + columns - 1) / columns);
    if (bottom - top > FEW_ROWS) {
      // Whole rows, though the first and the last may be needed in part: a column is read at once.
      int step = Math.clamp(BLOCK / columns, FEW_ROWS, bottom - top);
      Block block = new Block(step, columns);
      for (int row = top; row < bottom; row += step) {
        block.turn(row, Math.min(step, bottom - row), 0, columns);
        long start = (long) row * columns;
        long begin = Math.max(first, start);
        block.copy(
            begin - start, Math.min(end - begin, start + block.size() - begin), to, begin - first);
      }
      return;
    }
    for (long at = first; at < end; ) {
      int column = (int) (at % columns);
      int count = (int) Math.min(columns - column, end - at);
      Block block = new Block(1, count);
      block.turn((int) (at / columns), 1, column, count);
      block.copy(0, count, to, at - first);
      at += count;
    }
  }

  /** A part of the matrix, for one thread. */
  private final class Block {
    private final int[][] strip;
    private final MemorySegment[] bytes = new MemorySegment[TILE];
    private final int[] turned;
    private int size;

    Block(int mostRows, int mostColumns) {
      strip = new int[TILE][mostRows];
      turned = new int[mostRows * mostColumns];
      Arrays.setAll(bytes, i -> MemorySegment.ofArray(strip[i]));
    }

    /** How many elements it has. */
    int size() {
      return size;
    }

    /** Becomes the part from this row and column on. */
    void turn(int row, int height, int column, int width) {
      size = height * width;
      for (int left = 0; left < width; left += TILE) {
        int tile = Math.min(TILE, width - left);
        for (int i = 0; i < tile; i++) {
          long place = ((long) (column + left + i) * rows + row) * WIDTH;
          source.read(place, bytes[i].asSlice(0, (long) height * WIDTH));
        }
        if (tile == TILE) {
          turnTile(height, left, width);
        } else {
          for (int i = 0; i < tile; i++) {
            for (int j = 0; j < height; j++) {
              turned[j * width + left + i] = strip[i][j];
            }
          }
        }
      }
    }

    /** Written out: so the JIT's first compiler checks the bounds of all eight once. */
    private void turnTile(int height, int left, int width) {
      int[] s0 = strip[0];
      int[] s1 = strip[1];
      int[] s2 = strip[2];
      int[] s3 = strip[3];
      int[] s4 = strip[4];
      int[] s5 = strip[5];
      int[] s6 = strip[6];
      int[] s7 = strip[7];
      for (int j = 0, to = left; j < height; j++, to += width) {
        turned[to] = s0[j];
        turned[to + 1] = s1[j];
        turned[to + 2] = s2[j];
        turned[to + 3] = s3[j];
        turned[to + 4] = s4[j];
        turned[to + 5] = s5[j];
        turned[to + 6] = s6[j];
        turned[to + 7] = s7[j];
      }
    }

    /** Copies elements of it to a place counted in elements. */
    void copy(long first, long count, MemorySegment to, long at) {
      MemorySegment from = MemorySegment.ofArray(turned);
      MemorySegment.copy(from, first * WIDTH, to, at * WIDTH, count * WIDTH);
    }
  }
}
