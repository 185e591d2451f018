package org.signet.op;

import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Ops that put slices where index vectors say: SCATTER_ND adds up, SPARSE_TO_DENSE sets. */
public final class Scattering {
  private static final Prepared SCATTER_ND = Prepared.of(Scattering::prepareScatterNd, 2);
  private static final Prepared SPARSE_TO_DENSE = Prepared.of(Scattering::prepareSparseToDense, 1);

  private Scattering() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SCATTER_ND", Scattering::inferScatterNd, Scattering::scatterNd),
        OpDefinition.builtin(
                "SPARSE_TO_DENSE", Scattering::inferSparseToDense, Scattering::sparseToDense)
            .accurate(Accuracy.EXACT));
  }

  /** How an update meets the element that is there already. */
  @FunctionalInterface
  public interface Merge {
    /** Merges element {@code from} of {@code updates} into element {@code to} of {@code target}. */
    void merge(Tensor updates, int from, Tensor target, int to);

    /** Merges {@code count} elements that follow each other. */
    default void mergeRow(Tensor updates, int from, Tensor target, int to, int count) {
      for (int k = 0; k < count; k++) {
        merge(updates, from + k, target, to + k);
      }
    }
  }

  /** Sums; or for bool, concatenation for strings. */
  public static final Merge ADD = new Addition();

  private record Addition() implements Merge {
    @Override
    public void merge(Tensor updates, int from, Tensor target, int to) {
      add(updates, from, target, to);
    }

    /** Parts of complex numbers are added alone, so that they are rows twice as long. */
    @Override
    public void mergeRow(Tensor updates, int from, Tensor target, int to, int count) {
      int lanes = Tensor.lanes(target.dtype());
      int at = to * lanes;
      int first = from * lanes;
      switch (target.array()) {
        case float[] a -> {
          float[] more = updates.floats();
          for (int k = 0; k < count * lanes; k++) {
            a[at + k] += more[first + k];
          }
        }
        case int[] a -> {
          int[] more = updates.ints();
          for (int k = 0; k < count; k++) {
            a[at + k] += more[first + k];
          }
        }
        case long[] a -> {
          long[] more = updates.longs();
          for (int k = 0; k < count; k++) {
            a[at + k] += more[first + k];
          }
        }
        default -> Merge.super.mergeRow(updates, from, target, to, count);
      }
    }
  }

  private static void add(Tensor updates, int from, Tensor target, int to) {
    switch (target.dtype()) {
      case BOOL -> target.setLong(to, target.getLong(to) | updates.getLong(from));
      case STRING -> target.strings()[to] = joined(target.strings()[to], updates.strings()[from]);
      case COMPLEX64 -> {
        target.floats()[2 * to] += updates.floats()[2 * from];
        target.floats()[2 * to + 1] += updates.floats()[2 * from + 1];
      }
      case COMPLEX128 -> {
        target.doubles()[2 * to] += updates.doubles()[2 * from];
        target.doubles()[2 * to + 1] += updates.doubles()[2 * from + 1];
      }
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          target.setDouble(to, target.getDouble(to) + updates.getDouble(from));
      default -> target.setLong(to, target.getLong(to) + updates.getLong(from));
    }
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /** Operands: index vectors, updates, the shape. */
  public static List<TensorType> inferScatterNd(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(1), KnownOperands.shape(op, 2)));
  }

  public static void scatterNd(OpCall call) {
    SCATTER_ND.evaluate(call);
  }

  private static Prepared.Run prepareScatterNd(OpCall call) {
    int[] shape = KnownOperands.sizes(call.operand(2));
    IndexVectors vectors = IndexVectors.of(call, 0, shape);
    Tensor empty = Tensor.zeros(call.operand(1).dtype(), 1);
    checkUpdates(vectors, call.operand(1));
    return own -> {
      Tensor result = own.result(0, empty.dtype(), shape);
      Elements.fill(result, 0, result.size(), empty, 0);
      merge(vectors, own.operand(0), own.operand(1), result, ADD);
    };
  }

  /**
   * TensorScatterAdd and the like: operand 0 with the updates of operand 2 merged in at the index
   * vectors of operand 1.
   */
  public static void tensorScatter(OpCall call, Merge merge) {
    Tensor value = call.operand(0);
    Tensor result = call.result(0, value.dtype(), value.shape());
    Elements.copyAll(value, result);
    IndexVectors vectors = IndexVectors.of(call, 1, value.shape());
    checkUpdates(vectors, call.operand(2));
    merge(vectors, call.operand(1), call.operand(2), result, merge);
  }

  /** TensorScatterUpdate: the same, the last update wins. */
  public static void tensorScatterUpdate(OpCall call) {
    Tensor value = call.operand(0);
    Tensor updates = call.operand(2);
    Tensor result = call.result(0, value.dtype(), value.shape());
    Elements.copyAll(value, result);
    IndexVectors vectors = IndexVectors.of(call, 1, value.shape());
    checkUpdates(vectors, updates);
    int slice = vectors.sliceSize();
    for (int i = 0; i < vectors.count(); i++) {
      int to = vectors.position(call.operand(1), i);
      if (to != IndexVectors.IGNORED) {
        Elements.copy(updates, i * slice, result, to, slice);
      }
    }
  }

  /** Merges the slices of {@code updates} into {@code target}, one after the other. */
  static void merge(
      IndexVectors vectors, Tensor indices, Tensor updates, Tensor target, Merge merge) {
    int slice = vectors.sliceSize();
    for (int i = 0; i < vectors.count(); i++) {
      int to = vectors.position(indices, i);
      if (to != IndexVectors.IGNORED) {
        merge.mergeRow(updates, i * slice, target, to, slice);
      }
    }
  }

  static void checkUpdates(IndexVectors vectors, Tensor updates) {
    Shapes.require(
        updates.size() == vectors.count() * vectors.sliceSize(),
        "%s are no updates for %s index vectors",
        updates.type(),
        vectors.count());
  }

  /**
   * Operands: indices (a number, a vector of numbers or a matrix of vectors), shape, values, value
   * elsewhere.
   */
  public static List<TensorType> inferSparseToDense(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(2), KnownOperands.shape(op, 1)));
  }

  public static void sparseToDense(OpCall call) {
    SPARSE_TO_DENSE.evaluate(call);
  }

  private static Prepared.Run prepareSparseToDense(OpCall call) {
    Tensor values = call.operand(2);
    int[] shape = KnownOperands.sizes(call.operand(1));
    Tensor indices = call.operand(0);
    int count = indices.rank() == 0 ? 1 : indices.dim(0);
    int depth = indices.rank() < 2 ? 1 : indices.dim(1);
    Shapes.require(depth == shape.length, "index vectors of %s into %s", depth, Shapes.text(shape));
    Shapes.require(
        values.size() == count || values.rank() == 0, "%s for %s indices", values.type(), count);
    boolean validate = call.attributes().getBoolean("validate_indices", false);
    IndexVectors vectors =
        new IndexVectors(
            shape,
            depth,
            count,
            Shapes.product(shape, depth, shape.length),
            false,
            "is out of bounds: need 0 <= index <");
    return own -> sparseToDense(own, vectors, shape, validate);
  }

  private static void sparseToDense(
      OpCall call, IndexVectors vectors, int[] shape, boolean validate) {
    Tensor values = call.operand(2);
    Tensor result = call.result(0, values.dtype(), shape);
    Elements.fill(result, 0, result.size(), call.operand(3), 0);
    int last = -1;
    for (int i = 0; i < vectors.count(); i++) {
      int to = vectors.position(call.operand(0), i);
      if (validate && to <= last) {
        throw new IllegalArgumentException("index vector " + i + " is out of order or repeated");
      }
      last = to;
      Elements.copy(values, values.rank() == 0 ? 0 : i, result, to, 1);
    }
  }

  /** TensorScatterSub. */
  public static void subtract(Tensor updates, int from, Tensor target, int to) {
    DType dtype = target.dtype();
    if (dtype.isFloating()) {
      target.setDouble(to, target.getDouble(to) - updates.getDouble(from));
    } else if (dtype.isComplex()) {
      Tensor negated = Tensor.zeros(dtype, 1);
      Elements.copy(updates, from, negated, 0, 1);
      switch (negated.array()) {
        case float[] a -> {
          a[0] = -a[0];
          a[1] = -a[1];
        }
        case double[] a -> {
          a[0] = -a[0];
          a[1] = -a[1];
        }
        default -> throw new IllegalStateException();
      }
      add(negated, 0, target, to);
    } else {
      target.setLong(to, target.getLong(to) - updates.getLong(from));
    }
  }

  /**
   * Whether element {@code i} of {@code a} is less than element {@code k} of {@code b}; false if
   * either is NaN.
   */
  public static boolean isLess(Tensor a, int i, Tensor b, int k) {
    if (a.dtype().isFloating()) {
      return a.getDouble(i) < b.getDouble(k);
    }
    return a.dtype() == DType.UINT64
        ? Long.compareUnsigned(a.getLong(i), b.getLong(k)) < 0
        : a.getLong(i) < b.getLong(k);
  }

  /** The larger, the present one if the update is NaN. */
  public static void max(Tensor updates, int from, Tensor target, int to) {
    if (isLess(target, to, updates, from)) {
      Elements.copy(updates, from, target, to, 1);
    }
  }

  /** The smaller, the present one if the update is NaN. */
  public static void min(Tensor updates, int from, Tensor target, int to) {
    if (isLess(updates, from, target, to)) {
      Elements.copy(updates, from, target, to, 1);
    }
  }
}
