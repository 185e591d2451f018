package org.signet.op.stablehlo;

import org.signet.op.Shapes;

/** Counts through all indices of a shape, the last dimension fastest. */
final class Odometer {
  private final int[] dims;
  private final int[] index;
  private int position = -1;
  private final int size;

  Odometer(int... dims) {
    this.dims = dims;
    this.index = new int[dims.length];
    this.size = Shapes.product(dims, 0, dims.length);
  }

  /** Moves to the next index, the first one at first; false if there is none. */
  boolean next() {
    if (++position >= size) {
      return false;
    }
    for (int d = dims.length - 1; d >= 0 && position > 0; d--) {
      if (++index[d] < dims[d]) {
        break;
      }
      index[d] = 0;
    }
    return true;
  }

  /** The position in row-major order. */
  int position() {
    return position;
  }

  /** The index, for reading until the next move. */
  int[] index() {
    return index;
  }

  /** The row-major position of an index in a shape; −1 if it is outside. */
  static int position(int[] index, int[] shape) {
    int position = 0;
    for (int d = 0; d < shape.length; d++) {
      if (index[d] < 0 || index[d] >= shape[d]) {
        return -1;
      }
      position = position * shape[d] + index[d];
    }
    return position;
  }
}
