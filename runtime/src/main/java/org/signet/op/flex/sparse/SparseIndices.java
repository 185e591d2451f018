package org.signet.op.flex.sparse;

import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The index vectors of a sparse tensor.
 *
 * @param rows the indices, {@code rank} numbers for each element
 * @param shape the sizes of the dense tensor
 */
@SuppressWarnings("ArrayRecordComponent")
record SparseIndices(long[] rows, long[] shape) {
  /**
   * @param indices [n, rank]
   * @param shape [rank]
   * @throws IllegalArgumentException if the shapes do not match or an index is outside
   */
  static SparseIndices of(Tensor indices, Tensor shape) {
    Shapes.require(
        indices.rank() == 2 && shape.rank() == 1 && indices.dim(1) == shape.size(),
        "indices %s for a shape %s",
        indices.type(),
        shape.type());
    long[] rows = IntStream.range(0, indices.size()).mapToLong(indices::getLong).toArray();
    long[] sizes = IntStream.range(0, shape.size()).mapToLong(shape::getLong).toArray();
    for (int i = 0; i < rows.length; i++) {
      long size = sizes[i % sizes.length];
      Shapes.require(
          rows[i] >= 0 && rows[i] < size,
          "%s from index[%s,%s] out of bounds (>=%s)",
          rows[i],
          i / sizes.length,
          i % sizes.length,
          size);
    }
    return new SparseIndices(rows, sizes);
  }

  /** The types of a sparse tensor's indices, values and shape; the rank may be unknown. */
  static List<TensorType> types(DType dtype, int rank) {
    return List.of(
        Shapes.plain(DType.INT64, Shape.of(Shape.UNKNOWN, rank)),
        Rules.vector(dtype),
        Shapes.plain(DType.INT64, Shape.of(rank)));
  }

  int rank() {
    return shape.length;
  }

  int count() {
    return shape.length == 0 ? 0 : rows.length / shape.length;
  }

  long get(int element, int axis) {
    return rows[element * shape.length + axis];
  }

  /** The position of an element in the dense tensor, row by row. */
  long position(int element) {
    long position = 0;
    for (int d = 0; d < shape.length; d++) {
      position = Math.addExact(Math.multiplyExact(position, shape[d]), get(element, d));
    }
    return position;
  }

  /** The elements in the order of their positions; those of one position stay in order. */
  int[] order() {
    long[] positions = IntStream.range(0, count()).mapToLong(this::position).toArray();
    return IntStream.range(0, count())
        .boxed()
        .sorted((a, b) -> Long.compare(positions[a], positions[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The index vectors of elements at these positions of a dense tensor, as [n, rank]. */
  static Tensor vectors(long[] positions, long... shape) {
    int rank = shape.length;
    Tensor indices = Tensor.zeros(DType.INT64, positions.length, rank);
    for (int i = 0; i < positions.length; i++) {
      long rest = positions[i];
      for (int d = rank - 1; d >= 0; d--) {
        indices.longs()[i * rank + d] = rest % shape[d];
        rest /= shape[d];
      }
    }
    return indices;
  }
}
