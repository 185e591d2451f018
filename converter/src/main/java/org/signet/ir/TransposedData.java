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

  /** So many rows are filled at once: what is read of a cache line is used whole. */
  private static final int TILE = 16;

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
    for (long at = first; at < end; ) {
      int row = (int) (at / columns);
      int column = (int) (at % columns);
      // A row from its middle or to its middle, else as many whole rows as there are.
      int count = (int) Math.min(columns - column, end - at);
      int height = column == 0 && count == columns ? (int) ((end - at) / columns) : 1;
      read(
          row,
          height,
          column,
          count,
          to.asSlice((at - first) * WIDTH, (long) height * count * WIDTH));
      at += (long) height * count;
    }
  }

  /** Reads a part of {@code height} rows, as wide as {@code width}. */
  private void read(int row, int height, int column, int width, MemorySegment to) {
    int[] block = new int[height * width];
    MemorySegment bytes = MemorySegment.ofArray(block);
    long chunk = (long) height * WIDTH;
    for (int i = 0; i < width; i++) {
      source.read(((long) (column + i) * rows + row) * WIDTH, bytes.asSlice(i * chunk, chunk));
    }
    int[] turned = new int[block.length];
    for (int top = 0; top < height; top += TILE) {
      int bottom = Math.min(height, top + TILE);
      for (int i = 0; i < width; i++) {
        for (int j = top; j < bottom; j++) {
          turned[j * width + i] = block[i * height + j];
        }
      }
    }
    to.copyFrom(MemorySegment.ofArray(turned));
  }
}
