package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Shape rules and shape arithmetic that many ops share. */
public final class Shapes {
  private Shapes() {}

  /** One result of operand 0's type. */
  public static final ShapeRule SAME = op -> List.of(plain(op.dtype(0), op.shape(0)));

  /** One result of operand 0's element type and the broadcast shape of operands 0 and 1. */
  public static final ShapeRule BROADCAST =
      op -> List.of(plain(op.dtype(0), broadcast(op.shape(0), op.shape(1))));

  /** One bool result of the broadcast shape of operands 0 and 1. */
  public static final ShapeRule BROADCAST_TO_BOOL =
      op -> List.of(plain(DType.BOOL, broadcast(op.shape(0), op.shape(1))));

  /** A type without quantization. */
  public static TensorType plain(DType dtype, Shape shape) {
    return TensorType.of(dtype, shape);
  }

  /**
   * NumPy's broadcasting on possibly unknown shapes.
   *
   * @throws IllegalArgumentException if two known sizes contradict
   */
  public static Shape broadcast(Shape a, Shape b) {
    if (!a.hasRank() || !b.hasRank()) {
      return Shape.unknownRank();
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = i < rank - a.rank() ? 1 : a.dim(i - (rank - a.rank()));
      int y = i < rank - b.rank() ? 1 : b.dim(i - (rank - b.rank()));
      if (x == y || y == 1) {
        dims[i] = x;
      } else if (x == 1) {
        dims[i] = y;
      } else if (x == Shape.UNKNOWN) {
        dims[i] = y;
      } else if (y == Shape.UNKNOWN) {
        dims[i] = x;
      } else {
        throw new IllegalArgumentException("Incompatible shapes: " + tight(a) + " vs. " + tight(b));
      }
    }
    return Shape.of(dims);
  }

  /**
   * NumPy's broadcasting on known sizes.
   *
   * @throws IllegalArgumentException if they do not broadcast
   */
  public static int[] broadcast(int[] a, int[] b) {
    return broadcast(Shape.of(a), Shape.of(b)).dims();
  }

  /** Row-major strides, in elements. */
  public static int[] strides(int... dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /**
   * The strides to walk a tensor of shape {@code dims} over the broadcast shape {@code target}: 0
   * where it repeats.
   */
  public static int[] broadcastStrides(int[] dims, int[] target) {
    int[] own = strides(dims);
    int[] strides = new int[target.length];
    int lead = target.length - dims.length;
    for (int i = 0; i < dims.length; i++) {
      strides[lead + i] = dims[i] == 1 ? 0 : own[i];
    }
    return strides;
  }

  /** The product of {@code dims[from..to)}. */
  public static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product = Math.multiplyExact(product, dims[i]);
    }
    return product;
  }

  /**
   * An axis counted from the front.
   *
   * @throws IllegalArgumentException if it is outside −rank … rank−1
   */
  public static int axis(int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + " is outside a rank of " + rank);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * {@code shape} as one of this rank: all sizes unknown if its rank is.
   *
   * @throws IllegalArgumentException if it has another rank; {@code what} says whose shape it is
   */
  public static Shape ranked(Shape shape, int rank, String what) {
    if (!shape.hasRank()) {
      return Shape.ofRank(rank);
    }
    require(
        shape.rank() == rank, "%s has shape %s where a rank of %d is needed", what, shape, rank);
    return shape;
  }

  /** Throws {@link IllegalArgumentException} with this message unless {@code condition} holds. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would need a library of its own
  public static void require(boolean condition, String message, Object... parts) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, parts));
    }
  }

  /** Where element {@code i} of a tensor is: {@code [1,2]}, or nothing in a scalar. */
  static String place(int i, int... shape) {
    int[] place = new int[shape.length];
    int rest = i;
    for (int d = shape.length - 1; d >= 0; d--) {
      place[d] = rest % shape[d];
      rest /= shape[d];
    }
    return place.length == 0 ? "" : tight(place);
  }

  /** {@code [2,3]}, as TensorFlow's errors have it; a size that is not known is {@code ?}. */
  public static String tight(Shape shape) {
    return shape.toString().replace(" ", "");
  }

  /** The same for sizes that are known. */
  public static String tight(int... dims) {
    return text(dims).replace(" ", "");
  }

  /** {@code [2, 3]}. */
  public static String text(int... dims) {
    return Arrays.toString(dims);
  }
}
