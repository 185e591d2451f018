package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * EMBEDDING_LOOKUP_SPARSE and HASHTABLE_LOOKUP: rows of a table by sparse ids and by sorted keys.
 */
final class Embeddings {
  private static final int SHAPE = 2;
  private static final int WEIGHTS = 3;
  private static final int TABLE = 4;

  private Embeddings() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
            "EMBEDDING_LOOKUP_SPARSE", Embeddings::inferSparse, Embeddings::sparse),
        OpDefinition.builtin("HASHTABLE_LOOKUP", Embeddings::inferByKey, Embeddings::byKey)
            .accurate(Accuracy.EXACT));
  }

  /** All sizes of the ids' dense shape but the last, then those of a row. */
  private static List<TensorType> inferSparse(OpTypes op) {
    Shape ids = KnownOperands.shape(op, SHAPE);
    Shape table = op.shape(TABLE);
    if (!ids.hasRank() || !table.hasRank()) {
      return List.of(TensorType.unranked(op.dtype(TABLE)));
    }
    return List.of(Shapes.plain(op.dtype(TABLE), Shape.of(sparseShape(ids.dims(), table.dims()))));
  }

  private static int[] sparseShape(int[] ids, int[] table) {
    Shapes.require(ids.length >= 1 && table.length >= 2, "ids need a dimension, a table two");
    int[] shape = Arrays.copyOf(ids, ids.length + table.length - 2);
    System.arraycopy(table, 1, shape, ids.length - 1, table.length - 1);
    return shape;
  }

  /**
   * Weighted sums of rows, option {@code combiner}: MEAN over the sum of weights, SQRTN over the
   * root of the sum of their squares. Ids of one sum follow each other.
   */
  private static void sparse(OpCall call) {
    Tensor ids = call.operand(0);
    Tensor table = call.operand(TABLE);
    float[] weights = call.operand(WEIGHTS).floats();
    int[] outer = KnownOperands.sizes(call.operand(SHAPE));
    int[] shape = sparseShape(outer, table.shape());
    Tensor result = call.result(0, DType.FLOAT32, shape);
    float[] sums = result.floats();
    Arrays.fill(sums, 0, result.size(), 0);
    int width = table.dim(0) == 0 ? 0 : table.size() / table.dim(0);
    int[] rows = rows(call.operand(1), outer);
    double[] divisors = new double[width == 0 ? 0 : result.size() / width];
    String combiner = call.attributes().getString("combiner", "SUM");
    for (int i = 0; i < ids.size(); i++) {
      Gathering.checkIndex(ids.getLong(i), table.dim(0));
      int from = (int) ids.getLong(i) * width;
      divisors[rows[i]] += combiner.equals("SQRTN") ? weights[i] * weights[i] : weights[i];
      for (int k = 0; k < width; k++) {
        sums[rows[i] * width + k] += table.floats()[from + k] * weights[i];
      }
    }
    if (!combiner.equals("SUM")) {
      divide(sums, rows, divisors, width, combiner.equals("SQRTN"));
    }
  }

  private static void divide(float[] sums, int[] rows, double[] divisors, int width, boolean root) {
    for (int row : Arrays.stream(rows).distinct().toArray()) {
      float divisor = (float) (root ? Math.sqrt(divisors[row]) : divisors[row]);
      for (int k = 0; k < width; k++) {
        sums[row * width + k] /= divisor;
      }
    }
  }

  /** The sum that each id belongs to: its index vector without the last element. */
  private static int[] rows(Tensor indices, int[] outer) {
    int depth = indices.dim(1);
    Shapes.require(depth == outer.length, "index vectors of %s into %s", depth, Shapes.text(outer));
    int[] rows = new int[indices.dim(0)];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < depth - 1; d++) {
        Gathering.checkIndex(indices.getLong(i * depth + d), outer[d]);
        rows[i] = rows[i] * outer[d] + (int) indices.getLong(i * depth + d);
      }
    }
    return rows;
  }

  private static List<TensorType> inferByKey(OpTypes op) {
    Shape keys = Shapes.ranked(op.shape(0), 1, "the keys");
    Shape values = op.shape(2);
    return List.of(
        Shapes.plain(op.dtype(2), values.hasRank() ? values.withDim(0, keys.dim(0)) : values),
        Shapes.plain(DType.UINT8, keys));
  }

  /** Rows of zeros, and a hit of 0, for keys that the sorted ones are without. */
  private static void byKey(OpCall call) {
    Tensor wanted = call.operand(0);
    Tensor keys = call.operand(1);
    Tensor values = call.operand(2);
    Shapes.require(keys.size() == values.dim(0), "%s keys for %s rows", keys.size(), values.dim(0));
    int[] shape = values.shape();
    shape[0] = wanted.size();
    Tensor result = call.result(0, values.dtype(), shape);
    Tensor hits = call.result(1, DType.UINT8, wanted.size());
    Elements.clear(result);
    int width = keys.size() == 0 ? 0 : values.size() / keys.size();
    for (int i = 0; i < wanted.size(); i++) {
      Optional<Integer> row = find(keys, wanted.ints()[i]);
      hits.setLong(i, row.isPresent() ? 1 : 0);
      if (row.isPresent()) {
        Elements.copy(values, row.get() * width, result, i * width, width);
      }
    }
  }

  private static Optional<Integer> find(Tensor keys, int key) {
    int found = Arrays.binarySearch(keys.ints(), 0, keys.size(), key);
    return found < 0 ? Optional.empty() : Optional.of(found);
  }
}
