package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.op.Scattering.Merge;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Reduces the rows of operand 0 that operand 1 gives the same number.
 *
 * <p>Sorted: one number a row, never falling; what no row has is zero, one for products. Unsorted:
 * numbers in any order for a leading part of the shape, operand 2 is how many there are; a negative
 * number leaves the row out; what no row has is the neutral element of the reduction.
 */
public enum SegmentReduction {
  SUM(Scattering.ADD, 0),
  MEAN(Scattering.ADD, 0),
  PROD(SegmentReduction::multiply, 1),
  MAX(SegmentReduction::maximum, Double.NEGATIVE_INFINITY),
  MIN(SegmentReduction::minimum, Double.POSITIVE_INFINITY);

  @SuppressWarnings("ImmutableEnumChecker") // A method reference holds no state.
  private final Merge merge;

  /** The neutral element; infinite for the type's own extreme. */
  private final double neutral;

  SegmentReduction(Merge merge, double neutral) {
    this.merge = merge;
    this.neutral = neutral;
  }

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SEGMENT_SUM", SegmentReduction::inferSorted, SUM::reduceSorted)
            .accurate(Accuracy.ACCUMULATED),
        unsorted("UNSORTED_SEGMENT_SUM", SUM).accurate(Accuracy.ACCUMULATED),
        unsorted("UNSORTED_SEGMENT_PROD", PROD).accurate(Accuracy.ACCUMULATED),
        unsorted("UNSORTED_SEGMENT_MAX", MAX).accurate(Accuracy.EXACT),
        unsorted("UNSORTED_SEGMENT_MIN", MIN).accurate(Accuracy.EXACT));
  }

  private static OpDefinition unsorted(String name, SegmentReduction reduction) {
    return OpDefinition.builtin(name, SegmentReduction::inferUnsorted, reduction::reduceUnsorted);
  }

  private static void multiply(Tensor rows, int from, Tensor target, int to) {
    switch (target.dtype()) {
      case COMPLEX64, COMPLEX128 -> multiplyComplex(rows, from, target, to);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          target.setDouble(to, target.getDouble(to) * rows.getDouble(from));
      default -> target.setLong(to, target.getLong(to) * rows.getLong(from));
    }
  }

  private static void multiplyComplex(Tensor rows, int from, Tensor target, int to) {
    double re =
        part(target, 2 * to) * part(rows, 2 * from)
            - part(target, 2 * to + 1) * part(rows, 2 * from + 1);
    double im =
        part(target, 2 * to) * part(rows, 2 * from + 1)
            + part(target, 2 * to + 1) * part(rows, 2 * from);
    setPart(target, 2 * to, re);
    setPart(target, 2 * to + 1, im);
  }

  private static double part(Tensor tensor, int lane) {
    return tensor.dtype() == DType.COMPLEX64 ? tensor.floats()[lane] : tensor.doubles()[lane];
  }

  private static void setPart(Tensor tensor, int lane, double value) {
    if (tensor.dtype() == DType.COMPLEX64) {
      tensor.floats()[lane] = (float) value;
    } else {
      tensor.doubles()[lane] = value;
    }
  }

  /** The larger; the new one if it is NaN, but not if the present one is. */
  private static void maximum(Tensor rows, int from, Tensor target, int to) {
    if (!Scattering.isLess(rows, from, target, to)) {
      Elements.copy(rows, from, target, to, 1);
    }
  }

  private static void minimum(Tensor rows, int from, Tensor target, int to) {
    if (!Scattering.isLess(target, to, rows, from)) {
      Elements.copy(rows, from, target, to, 1);
    }
  }

  public static List<TensorType> inferSorted(OpTypes op) {
    Shape shape = op.shape(0);
    if (shape.hasRank()) {
      Shapes.require(shape.rank() >= 1, "a scalar has no rows");
      Optional<Tensor> ids = op.constant(1);
      shape = shape.withDim(0, ids.map(SegmentReduction::segments).orElse(Shape.UNKNOWN));
    }
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static int segments(Tensor ids) {
    long last = ids.size() == 0 ? -1 : ids.getLong(ids.size() - 1);
    Shapes.require(last >= -1 && last < Integer.MAX_VALUE, "a segment of number %s", last);
    return (int) last + 1;
  }

  /**
   * How many rows each segment has.
   *
   * @param ids segment numbers that never fall
   * @throws IllegalArgumentException if one falls, or is none of {@code segments}
   */
  public static int[] sortedCounts(Tensor ids, int segments) {
    int[] counts = new int[segments];
    long previous = 0;
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.getLong(i);
      Shapes.require(id >= previous && id < segments, "segment ids are not increasing");
      previous = id;
      counts[(int) id]++;
    }
    return counts;
  }

  public void reduceSorted(OpCall call) {
    Tensor rows = call.operand(0);
    Tensor ids = call.operand(1);
    Shapes.require(
        rows.rank() >= 1 && ids.rank() == 1 && ids.size() == rows.dim(0),
        "one number for each row");
    int segments = segments(ids);
    int[] shape = rows.shape();
    shape[0] = segments;
    Tensor result = call.result(0, rows.dtype(), shape);
    int row = Shapes.product(shape, 1, shape.length);
    int[] counts = sortedCounts(ids, segments);
    for (int s = 0; s < segments; s++) {
      boolean zero = counts[s] == 0 && this != PROD;
      Elements.fill(
          result, s * row, row, zero ? Tensor.zeros(rows.dtype(), 1) : neutral(rows.dtype()), 0);
    }
    for (int i = 0; i < ids.size(); i++) {
      mergeRow(rows, i, result, (int) ids.getLong(i), row);
    }
    if (this == MEAN) {
      divide(result, counts, row);
    }
  }

  private void mergeRow(Tensor rows, int from, Tensor target, int to, int row) {
    merge.mergeRow(rows, from * row, target, to * row, row);
  }

  private static void divide(Tensor sums, int[] counts, int row) {
    for (int i = 0; i < sums.size(); i++) {
      int count = Math.max(1, counts[i / row]);
      if (sums.dtype().isFloating()) {
        sums.setDouble(i, sums.getDouble(i) / count);
      } else if (sums.dtype().isComplex()) {
        setPart(sums, 2 * i, part(sums, 2 * i) / count);
        setPart(sums, 2 * i + 1, part(sums, 2 * i + 1) / count);
      } else {
        sums.setLong(i, sums.getLong(i) / count);
      }
    }
  }

  private Tensor neutral(DType dtype) {
    Tensor value = Tensor.zeros(dtype, 1);
    if (Double.isFinite(neutral)) {
      switch (value.array()) {
        case float[] a -> a[0] = (float) neutral;
        case double[] a -> a[0] = neutral;
        default -> set(value, neutral);
      }
      return value;
    }
    boolean lowest = neutral < 0;
    if (dtype.isFloating()) {
      double largest =
          switch (dtype) {
            case FLOAT64 -> Double.MAX_VALUE;
            case FLOAT32 -> Float.MAX_VALUE;
            case FLOAT16 -> 65504;
            default -> 0x1.FEp127;
          };
      value.setDouble(0, lowest ? -largest : largest);
    } else {
      int bits = 8 * dtype.bytes();
      long low = dtype.isUnsigned() ? 0 : -1L << (bits - 1);
      value.setLong(0, lowest ? low : ~low);
    }
    return value;
  }

  private static void set(Tensor value, double number) {
    if (value.dtype().isFloating()) {
      value.setDouble(0, number);
    } else {
      value.setLong(0, (long) number);
    }
  }

  public static List<TensorType> inferUnsorted(OpTypes op) {
    Shape rows = op.shape(0);
    Shape ids = op.shape(1);
    OptionalInt segments = KnownOperands.scalar(op, 2);
    segments.ifPresent(n -> Shapes.require(n >= 0, "%s segments", n));
    if (!rows.hasRank() || !ids.hasRank()) {
      return List.of(Shapes.plain(op.dtype(0), Shape.unknownRank()));
    }
    Shapes.require(ids.rank() <= rows.rank(), "%s numbers for %s", ids, rows);
    int[] dims = new int[rows.rank() - ids.rank() + 1];
    dims[0] = segments.orElse(Shape.UNKNOWN);
    System.arraycopy(rows.dims(), ids.rank(), dims, 1, dims.length - 1);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  public void reduceUnsorted(OpCall call) {
    Tensor rows = call.operand(0);
    Tensor ids = call.operand(1);
    int segments = KnownOperands.scalar(call.operand(2));
    Shapes.require(segments >= 0, "%s segments", segments);
    int lead = ids.rank();
    int[] of = rows.shape();
    Shapes.require(
        lead <= of.length && Arrays.equals(ids.shape(), Arrays.copyOf(of, lead)),
        "%s numbers for %s",
        ids.type(),
        rows.type());
    int[] shape = new int[of.length - lead + 1];
    shape[0] = segments;
    System.arraycopy(of, lead, shape, 1, shape.length - 1);
    Tensor result = call.result(0, rows.dtype(), shape);
    Elements.fill(result, 0, result.size(), neutral(rows.dtype()), 0);
    int row = Shapes.product(of, lead, of.length);
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.getLong(i);
      if (id >= 0) {
        if (id >= segments) {
          throw new IllegalArgumentException(
              "segment_ids"
                  + Shapes.place(i, ids.shape())
                  + " = "
                  + id
                  + " is out of range [0, "
                  + segments
                  + ")");
        }
        mergeRow(rows, i, result, (int) id, row);
      }
    }
  }
}
