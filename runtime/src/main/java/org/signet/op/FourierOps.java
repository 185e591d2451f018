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
    int last = dims.length - 1;
    int[] half = halved(dims);
    double[] spectrum = new double[2 * Shapes.product(half, 0, half.length)];
    if (spectrum.length > 0) {
      RealFourierTransform transform = new RealFourierTransform(dims[last]);
      double[] row = new double[dims[last]];
      int count = Math.min(input.dim(last), dims[last]);
      forEachRow(
          input.shape(),
          half,
          (from, to) -> {
            Arrays.fill(row, count, row.length, 0);
            NumberArrays.load(input, from, count, row);
            transform.forward(row, spectrum, 2 * to);
          });
    }
    for (int axis = dims.length - rank; axis < last; axis++) {
      transformAxis(spectrum, half, axis, false);
    }
    Tensor result = call.result(0, type, half);
    NumberArrays.storeComplex(spectrum, 0, result.size(), result, 0);
  }

  /**
   * The inverse of {@link #real}; the missing half of the spectrum is taken to be the conjugated
   * mirror image.
   */
  public static void toReal(OpCall call, int rank, DType type) {
    Tensor input = call.operand(0);
    int[] dims = resized(input, lengths(call, rank));
    int last = dims.length - 1;
    int[] half = halved(dims);
    double[] values = NumberArrays.doubles(input);
    double[] spectrum = new double[2 * Shapes.product(half, 0, half.length)];
    int count = 2 * Math.min(input.dim(last), half[last]);
    forEachRow(
        input.shape(),
        half,
        (from, to) -> System.arraycopy(values, 2 * from, spectrum, 2 * to, count));
    for (int axis = dims.length - rank; axis < last; axis++) {
      transformAxis(spectrum, half, axis, true);
    }
    Tensor result = call.result(0, type, dims);
    if (result.size() > 0) {
      RealFourierTransform transform = new RealFourierTransform(dims[last]);
      double[] row = new double[dims[last]];
      for (int i = 0; i < result.size() / row.length; i++) {
        transform.inverse(spectrum, 2 * i * half[last], row);
        NumberArrays.store(row, 0, row.length, result, i * row.length);
      }
    }
  }

  private static int[] halved(int[] dims) {
    int[] half = dims.clone();
    int last = half.length - 1;
    half[last] = half[last] == 0 ? 0 : half[last] / 2 + 1;
    return half;
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

  /** Gets where a row begins in one tensor and in another. */
  @FunctionalInterface
  private interface RowBody {
    void at(int from, int to);
  }

  /** Calls {@code body} for the rows, along the last dimension, that both shapes have. */
  private static void forEachRow(int[] from, int[] to, RowBody body) {
    int[] common = new int[from.length - 1];
    Arrays.setAll(common, i -> Math.min(from[i], to[i]));
    int[] positions = Shapes.strides(from);
    int[] targets = Shapes.strides(to);
    int[] index = new int[common.length];
    int rows = Shapes.product(common, 0, common.length);
    for (int i = 0; i < rows; i++) {
      body.at(dot(index, positions), dot(index, targets));
      advance(index, common);
    }
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
