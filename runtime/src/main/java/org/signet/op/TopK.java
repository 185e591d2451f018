package org.signet.op;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The largest elements of each row, largest first, and their indices: TOPK_V2. Of equal elements
 * the earlier one comes first.
 */
public final class TopK {
  private TopK() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "TOPK_V2",
                op -> infer(op, size(op.constant(1)), indexType(op.dtype(1))),
                call ->
                    evaluate(call, size(Optional.of(call.operand(1))), call.resultType(1).dtype()))
            .accurate(Accuracy.EXACT));
  }

  /** Indices are of the type of {@code k}, unless the model declares another. */
  private static DType indexType(DType k) {
    return k == DType.INT16 ? DType.INT16 : DType.INT32;
  }

  /** The number of elements that this operand asks for, {@link Shape#UNKNOWN} if it is unknown. */
  public static int size(Optional<Tensor> k) {
    return k.map(tensor -> Math.toIntExact(tensor.getLong(0))).orElse(Shape.UNKNOWN);
  }

  /** Values and indices: the shape of operand 0 with {@code k} as its last dimension. */
  public static List<TensorType> infer(OpTypes op, int k, DType indexType) {
    Shape shape = op.shape(0);
    if (shape.hasRank()) {
      Shapes.require(shape.rank() > 0, "a scalar has no rows");
      shape = shape.withDim(-1, k);
    }
    return List.of(Shapes.plain(op.dtype(0), shape), Shapes.plain(indexType, shape));
  }

  /** Sets result 0 to values and result 1 to indices. */
  public static void evaluate(OpCall call, int k, DType indexType) {
    Tensor x = call.operand(0);
    int length = x.dim(-1);
    Shapes.require(k >= 0 && k <= length, "the %s largest of %s elements", k, length);
    int[] shape = x.shape();
    shape[shape.length - 1] = k;
    Tensor values = call.result(0, x.dtype(), shape);
    Tensor indices = call.result(1, indexType, shape);
    int rows = Shapes.product(shape, 0, shape.length - 1);
    for (int row = 0; row < rows; row++) {
      int[] order = order(x, row * length, length);
      for (int i = 0; i < k; i++) {
        System.arraycopy(x.array(), row * length + order[i], values.array(), row * k + i, 1);
        indices.setLong(row * k + i, order[i]);
      }
    }
  }

  private static int[] order(Tensor x, int start, int length) {
    return IntStream.range(0, length)
        .boxed()
        .sorted(descending(x, start))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Stable sorting leaves equal elements in their order. */
  private static Comparator<Integer> descending(Tensor x, int start) {
    if (x.dtype().isFloating()) {
      return (i, j) -> compare(x.getDouble(start + j), x.getDouble(start + i));
    }
    return x.dtype() == DType.UINT64
        ? (i, j) -> Long.compareUnsigned(x.getLong(start + j), x.getLong(start + i))
        : (i, j) -> Long.compare(x.getLong(start + j), x.getLong(start + i));
  }

  /** Zeros are equal whatever their sign; NaN counts as the largest number. */
  private static int compare(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }
}
