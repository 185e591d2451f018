package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The largest elements of each row, largest first, and their indices: TOPK_V2. Of equal elements
 * the earlier one comes first. NaN is neither less nor greater than a number, which is no order:
 * the result then depends on who is compared with whom ({@link TopHeap}).
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
    Order order = order(x);
    int[] best = new int[k];
    for (int row = 0; row < rows; row++) {
      int start = row * length;
      select(order, start, length, best);
      for (int i = 0; i < k; i++) {
        Elements.copy(x, start + best[i], values, row * k + i, 1);
        indices.setLong(row * k + i, best[i]);
      }
    }
  }

  /** Sets result 0 to the {@code k}-th largest element of each row. */
  public static void evaluateLast(OpCall call, int k) {
    Tensor x = call.operand(0);
    int length = x.dim(-1);
    Shapes.require(k > 0 && k <= length, "the largest element but %s of %s", k - 1, length);
    Tensor result = call.result(0, x.dtype(), Arrays.copyOf(x.shape(), x.rank() - 1));
    Order order = order(x);
    int[] best = new int[k];
    for (int row = 0; row < result.size(); row++) {
      int start = row * length;
      select(order, start, length, best);
      Elements.copy(x, start + best[k - 1], result, row, 1);
    }
  }

  /** The order of two elements, by their positions: below 0 if the first is less. */
  @FunctionalInterface
  private interface Order {
    int of(int i, int j);
  }

  private static Order order(Tensor x) {
    if (x.dtype() == DType.FLOAT32) {
      float[] values = x.floats();
      return (i, j) -> compare(values[i], values[j]);
    }
    if (x.dtype().isFloating()) {
      return (i, j) -> compare(x.getDouble(i), x.getDouble(j));
    }
    return x.dtype() == DType.UINT64
        ? (i, j) -> Long.compareUnsigned(x.getLong(i), x.getLong(j))
        : (i, j) -> Long.compare(x.getLong(i), x.getLong(j));
  }

  /** Sets {@code best} to the indices of the largest elements of a row, in order. */
  private static void select(Order order, int start, int length, int[] best) {
    new TopHeap((i, j) -> isBetter(order, start, i, j), length, best).select();
  }

  /** Whether an element is greater, or equal and earlier. */
  private static boolean isBetter(Order order, int start, int i, int j) {
    int compared = order.of(start + i, start + j);
    return compared > 0 || (compared == 0 && i < j);
  }

  /** Zeros are equal whatever their sign; NaN counts as equal to every number. */
  private static int compare(double a, double b) {
    if (a > b) {
      return 1;
    }
    return a < b ? -1 : 0;
  }
}
