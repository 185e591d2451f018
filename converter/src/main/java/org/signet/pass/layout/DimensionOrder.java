package org.signet.pass.layout;

import java.util.Arrays;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * The order of a TRANSPOSE: dimension {@code i} of its result is dimension {@code axes[i]} of its
 * operand. A value that is the result is <em>plain</em>, the operand is the same value
 * <em>turned</em>.
 */
@SuppressWarnings("ArrayRecordComponent")
public record DimensionOrder(int[] axes) {
  /** The order of these axes, of which negative ones count from the end. */
  public static DimensionOrder ofAxes(int[] axes) {
    return new DimensionOrder(
        Arrays.stream(axes).map(axis -> Shapes.axis(axis, axes.length)).toArray());
  }

  int rank() {
    return axes.length;
  }

  /** Where dimension {@code axis} of a plain value is in the turned one. */
  int turned(int axis) {
    return axes[Shapes.axis(axis, rank())];
  }

  public DimensionOrder inverse() {
    int[] inverse = new int[rank()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes[i]] = i;
    }
    return new DimensionOrder(inverse);
  }

  boolean isSame(DimensionOrder other) {
    return Arrays.equals(axes, other.axes);
  }

  boolean isIdentity() {
    for (int i = 0; i < rank(); i++) {
      if (axes[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** The sizes of a turned value, from those of the plain one. */
  Shape turned(Shape plain) {
    int[] dims = new int[rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[axes[i]] = plain.dim(i);
    }
    return Shape.of(dims);
  }

  /** A tensor of so many rows of {@code width} elements, one for each dimension, turned. */
  Tensor turnedRows(Tensor rows, int width) {
    Tensor turned = Tensor.zeros(rows.dtype(), rows.shape());
    for (int i = 0; i < rank(); i++) {
      for (int k = 0; k < width; k++) {
        turned.setLong(axes[i] * width + k, rows.getLong(i * width + k));
      }
    }
    return turned;
  }

  /** Whether turning a value of this shape moves no element: only sizes of one change places. */
  public boolean keepsElements(Shape plain) {
    int last = -1;
    for (int i = 0; i < rank(); i++) {
      if (!plain.isKnown(i) || plain.dim(i) != 1) {
        if (axes[i] < last) {
          return false;
        }
        last = axes[i];
      }
    }
    return true;
  }
}
