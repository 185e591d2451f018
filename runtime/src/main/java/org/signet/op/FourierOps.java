package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * RFFT2D, and the Fourier transforms over the last one to three dimensions that TensorFlow's ops
 * use.
 */
public final class FourierOps {
  private FourierOps() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "RFFT2D",
                op -> realShape(op, 2, DType.COMPLEX64, false),
                call -> real(call, 2, DType.COMPLEX64))
            .accurate(Accuracy.ACCUMULATED));
  }

  /** The type of a transform from or to real numbers, whose length operand 1 gives. */
  public static List<TensorType> realShape(OpTypes op, int rank, DType type, boolean toReal) {
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return List.of(TensorType.unranked(type));
    }
    requireRank(shape.rank(), rank);
    Optional<Tensor> lengths = op.partial(1);
    for (int i = 0; i < rank; i++) {
      long length = lengths.isPresent() ? lengths.get().getLong(i) : OpTypes.UNKNOWN_ELEMENT;
      int size = length == OpTypes.UNKNOWN_ELEMENT ? Shape.UNKNOWN : Math.toIntExact(length);
      boolean halved = i == rank - 1 && !toReal && size > 0;
      shape = shape.withDim(i - rank, halved ? size / 2 + 1 : size);
    }
    return List.of(TensorType.of(type, shape));
  }

  private static void requireRank(int actual, int needed) {
    Shapes.require(
        actual >= needed, "a transform over %d dimensions of a tensor of rank %d", needed, actual);
  }

  /** Transforms complex operand 0 over its last {@code rank} dimensions. */
  public static void complex(OpCall call, int rank, boolean inverse) {
    Tensor input = call.operand(0);
    requireRank(input.rank(), rank);
    int[] dims = input.shape();
    double[] values = Arrays.copyOf(NumberArrays.doubles(input), 2 * input.size());
    for (int axis = dims.length - rank; axis < dims.length; axis++) {
      transformAxis(values, dims, axis, inverse);
    }
    NumberArrays.storeComplex(values, 0, input.size(), call.result(0, input.dtype(), dims), 0);
  }

  /**
   * Transforms real operand 0, cut or padded with zeros to the lengths in operand 1; the last
   * dimension keeps its first half.
   */
  public static void real(OpCall call, int rank, DType type) {
    Tensor input = call.operand(0);
    int[] dims = resized(input, lengths(call, rank));
    double[] values = fitted(NumberArrays.doubles(input), 1, input.shape(), dims);
    for (int axis = dims.length - rank; axis < dims.length; axis++) {
      transformAxis(values, dims, axis, false);
    }
    int length = dims[dims.length - 1];
    int[] half = dims.clone();
    half[dims.length - 1] = length == 0 ? 0 : length / 2 + 1;
    Tensor result = call.result(0, type, half);
    NumberArrays.storeComplex(fitted(values, 2, dims, half), 0, result.size(), result, 0);
  }

  /**
   * The inverse of {@link #real}; the missing half of the spectrum is taken to be the conjugated
   * mirror image.
   */
  public static void toReal(OpCall call, int rank, DType type) {
    Tensor input = call.operand(0);
    int[] lengths = lengths(call, rank);
    int[] dims = resized(input, lengths);
    int last = dims.length - 1;
    int[] half = dims.clone();
    half[last] = dims[last] == 0 ? 0 : dims[last] / 2 + 1;
    double[] spectrum = fitted(NumberArrays.doubles(input), 2, input.shape(), half);
    for (int axis = dims.length - rank; axis < last; axis++) {
      transformAxis(spectrum, half, axis, true);
    }
    double[] values = fitted(spectrum, 2, half, dims);
    int length = dims[last];
    for (int row = 0; row < values.length; row += 2 * length) {
      mirror(values, row, length);
    }
    transformAxis(values, dims, last, true);
    Tensor result = call.result(0, type, dims);
    for (int i = 0; i < result.size(); i++) {
      result.setDouble(i, values[2 * i]);
    }
  }

  private static void mirror(double[] values, int row, int length) {
    values[row + 1] = 0;
    for (int k = 1; k <= length / 2; k++) {
      int at = row + 2 * k;
      int mirror = row + 2 * (length - k);
      if (at == mirror) {
        values[at + 1] = 0;
      } else {
        values[mirror] = values[at];
        values[mirror + 1] = -values[at + 1];
      }
    }
  }

  private static int[] lengths(OpCall call, int rank) {
    int[] lengths = call.operand(1).toInts();
    Shapes.require(
        lengths.length == rank && Arrays.stream(lengths).allMatch(length -> length >= 0),
        "%s are no %d lengths",
        Shapes.text(lengths),
        rank);
    return lengths;
  }

  private static int[] resized(Tensor input, int[] lengths) {
    requireRank(input.rank(), lengths.length);
    int[] dims = input.shape();
    System.arraycopy(lengths, 0, dims, dims.length - lengths.length, lengths.length);
    return dims;
  }

  /**
   * Complex values of shape {@code to} from those of shape {@code from}, cut or padded with zeros.
   */
  private static double[] fitted(double[] values, int lanes, int[] from, int[] to) {
    int[] common = new int[from.length];
    Arrays.setAll(common, i -> Math.min(from[i], to[i]));
    double[] fitted = new double[2 * Shapes.product(to, 0, to.length)];
    int[] positions = Shapes.strides(from);
    int[] targets = Shapes.strides(to);
    int[] index = new int[common.length];
    int count = Shapes.product(common, 0, common.length);
    for (int i = 0; i < count; i++) {
      int at = dot(index, positions);
      int target = dot(index, targets);
      fitted[2 * target] = values[lanes * at];
      fitted[2 * target + 1] = lanes == 2 ? values[2 * at + 1] : 0;
      advance(index, common);
    }
    return fitted;
  }

  private static int dot(int[] index, int[] strides) {
    int at = 0;
    for (int d = 0; d < index.length; d++) {
      at += index[d] * strides[d];
    }
    return at;
  }

  private static void advance(int[] index, int[] dims) {
    for (int d = dims.length - 1; d >= 0; d--) {
      if (++index[d] < dims[d]) {
        return;
      }
      index[d] = 0;
    }
  }

  private static void transformAxis(double[] values, int[] dims, int axis, boolean inverse) {
    int length = dims[axis];
    int step = Shapes.product(dims, axis + 1, dims.length);
    int outer = Shapes.product(dims, 0, axis);
    if (length <= 1 || step == 0 || outer == 0) {
      return;
    }
    FourierTransform transform = new FourierTransform(length);
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < step; j++) {
        transform.transform(values, i * length * step + j, step, inverse);
      }
    }
  }
}
