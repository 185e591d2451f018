package org.signet.ir;

import java.lang.foreign.MemorySegment;
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

  /** So many columns are turned at once: what is written of a cache line is written whole. */
  private static final int TILE = 16;

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
      copy(turned(top, bottom - top, 0, columns), first - (long) top * columns, to);
      return;
    }
    for (long at = first; at < end; ) {
      int column = (int) (at % columns);
      int count = (int) Math.min(columns - column, end - at);
      int[] part = turned((int) (at / columns), 1, column, count);
      copy(part, 0, to.asSlice((at - first) * WIDTH, (long) count * WIDTH));
      at += count;
    }
  }

  private static void copy(int[] elements, long first, MemorySegment to) {
    MemorySegment.copy(MemorySegment.ofArray(elements), first * WIDTH, to, 0, to.byteSize());
  }

  /** A part of {@code height} rows, as wide as {@code width}. */
  private int[] turned(int row, int height, int column, int width) {
    int[] strip = new int[Math.min(TILE, width) * height];
    MemorySegment bytes = MemorySegment.ofArray(strip);
    long chunk = (long) height * WIDTH;
    int[] turned = new int[height * width];
    for (int left = 0; left < width; left += TILE) {
      int tile = Math.min(TILE, width - left);
      for (int i = 0; i < tile; i++) {
        long place = ((long) (column + left + i) * rows + row) * WIDTH;
        source.read(place, bytes.asSlice(i * chunk, chunk));
      }
      for (int j = 0; j < height; j++) {
        int to = j * width + left;
        for (int i = 0, at = j; i < tile; i++, at += height) {
          turned[to + i] = strip[at];
        }
      }
    }
    return turned;
  }
}
