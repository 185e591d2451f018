package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** FULLY_CONNECTED and BATCH_MATMUL on plain numbers. */
public final class MatrixProducts {
  private MatrixProducts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "FULLY_CONNECTED",
                MatrixProducts::fullyConnectedShape,
                MatrixProducts::fullyConnected)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use -> requireOneType(use, 0, 1))
            .limited(use -> requireBias(use, 0, 2))
            .limited(MatrixProducts::requirePlainWeights),
        OpDefinition.builtin(
                "BATCH_MATMUL",
                op -> productShape(op, "adj_x", "adj_y", productType(op.dtype(0))),
                MatrixProducts::batchMatMul)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use -> requireOneType(use, 0, 1)));
  }

  /**
   * Checks that an input and its weights have one type, or are floats both: kernels of integers
   * would read the other's memory as their own.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void requireOneType(OpTypes use, int input, int weights) {
    DType type = use.dtype(input);
    DType other = use.dtype(weights);
    ElementKind.NUMBERS.require(type);
    Shapes.require(
        type == other || (type.isFloating() && other.isFloating()),
        "no kernel multiplies %s by weights of %s without a scale; bring both to one type",
        type,
        other);
  }

  /**
   * Checks that sums of integers begin with integers.
   *
   * @throws IllegalArgumentException if the bias is of another type
   */
  static void requireBias(OpTypes use, int input, int bias) {
    if (use.has(bias) && use.dtype(input).isInteger()) {
      ElementKind.WHOLE.require(use.dtype(bias));
    }
  }

  private static void requirePlainWeights(OpTypes use) {
    Shapes.require(
        use.attributes().getString("weights_format", "DEFAULT").equals("DEFAULT"),
        "shuffled weights are not defined for plain numbers");
  }

  private static void batchMatMul(OpCall call) {
    multiply(call, "adj_x", "adj_y", productType(call.operand(0).dtype()));
  }

  /** Plain int8 matrices are multiplied in 32 bits. */
  private static DType productType(DType factor) {
    return factor == DType.INT8 ? DType.INT32 : factor;
  }

  private static List<TensorType> fullyConnectedShape(OpTypes op) {
    Shape input = op.shape(0);
    Shape weights = Shapes.ranked(op.shape(1), 2, "the weights");
    int units = weights.dim(0);
    Shape result;
    if (op.attributes().getBoolean("keep_num_dims", false)) {
      result = input.hasRank() ? input.withDim(-1, units) : input;
    } else {
      result = Shape.of(rows(input, weights.dim(1)), units);
    }
    TensorType product = Shapes.plain(op.dtype(0), result);
    // The second result of shuffled weights is the input in another order.
    return op.resultCount() < 2
        ? List.of(product)
        : List.of(product, Shapes.plain(op.dtype(0), input));
  }

  /** How many rows of {@code depth} elements the input has. */
  private static int rows(Shape input, int depth) {
    if (!input.hasRank() || depth == Shape.UNKNOWN) {
      return Shape.UNKNOWN;
    }
    if (input.isStatic()) {
      return depth == 0
          ? Shapes.product(input.dims(), 0, input.rank() - 1)
          : (int) (input.elements() / depth);
    }
    boolean oneFree = input.rank() == 2 && input.dim(1) == depth;
    return oneFree ? input.dim(0) : Shape.UNKNOWN;
  }

  private static void fullyConnected(OpCall call) {
    Tensor input = call.operand(0);
    Tensor weights = call.operand(1);
    Shapes.require(weights.rank() == 2, "weights of shape %s", Shapes.text(weights.shape()));
    int units = weights.dim(0);
    int depth = weights.dim(1);
    boolean keep = call.attributes().getBoolean("keep_num_dims", false);
    int rows = rows(Shape.of(input.shape()), depth);
    Shapes.require(
        (long) rows * depth == input.size() && (!keep || input.dim(-1) == depth),
        "an input of shape %s and weights of shape %s",
        Shapes.text(input.shape()),
        Shapes.text(weights.shape()));
    int[] shape =
        keep ? Shape.of(input.shape()).withDim(-1, units).dims() : new int[] {rows, units};
    Tensor result = call.result(0, input.dtype(), shape);
    Optional<Tensor> bias = call.has(2) ? Optional.of(call.operand(2)) : Optional.empty();
    Shapes.require(
        bias.isEmpty() || bias.get().size() == units, "a bias that is not of size %d", units);
    MatrixProduct.multiply(
        input.reshaped(rows, depth), weights, false, true, bias, result.reshaped(rows, units));
    FusedActivation.of(call.attributes()).clamp(call);
  }

  /**
   * The shape rule of a product of matrices in the last two dimensions, with broadcasting of the
   * others.
   */
  public static List<TensorType> productShape(
      OpTypes op, String transposeFirst, String transposeSecond, DType result) {
    return productShape(op, op.shape(0), op.shape(1), transposeFirst, transposeSecond, result);
  }

  /** The same for two matrices, even of unknown rank. */
  public static List<TensorType> matrixShape(
      OpTypes op, String transposeFirst, String transposeSecond) {
    Shape a = Shapes.ranked(op.shape(0), 2, "the first matrix");
    Shape b = Shapes.ranked(op.shape(1), 2, "the second matrix");
    return productShape(op, a, b, transposeFirst, transposeSecond, op.dtype(0));
  }

  private static List<TensorType> productShape(
      OpTypes op, Shape a, Shape b, String transposeFirst, String transposeSecond, DType result) {
    if (!a.hasRank() || !b.hasRank()) {
      return List.of(TensorType.unranked(result));
    }
    Shapes.require(a.rank() >= 2 && b.rank() >= 2, "%s and %s are no matrices", a, b);
    boolean transposeA = op.attributes().getBoolean(transposeFirst, false);
    boolean transposeB = op.attributes().getBoolean(transposeSecond, false);
    int depthA = a.dim(transposeA ? -2 : -1);
    int depthB = b.dim(transposeB ? -1 : -2);
    Shapes.require(
        depthA == depthB || depthA == Shape.UNKNOWN || depthB == Shape.UNKNOWN,
        "Matrix size-incompatible: In[0]: %s, In[1]: %s",
        Shapes.tight(a),
        Shapes.tight(b));
    return List.of(
        TensorType.of(result, MatrixProduct.shape(a.dims(), b.dims(), transposeA, transposeB)));
  }

  /**
   * Multiplies operands 0 and 1 into result 0.
   *
   * @param transposeFirst the attribute that transposes (and, if complex, conjugates) operand 0
   * @param transposeSecond the same for operand 1
   * @param type the result's element type
   */
  public static void multiply(
      OpCall call, String transposeFirst, String transposeSecond, DType type) {
    Tensor a = adjoint(call, 0, transposeFirst);
    Tensor b = adjoint(call, 1, transposeSecond);
    multiply(call, a, b, transposeFirst, transposeSecond, type);
  }

  private static Tensor adjoint(OpCall call, int operand, String attribute) {
    Tensor matrix = call.operand(operand);
    return call.attributes().getBoolean(attribute, false)
        ? MatrixProduct.conjugate(matrix)
        : matrix;
  }

  /** As {@link #multiply}, without conjugation, into the operands' own type. */
  public static void transposeAndMultiply(
      OpCall call, String transposeFirst, String transposeSecond) {
    Tensor a = call.operand(0);
    multiply(call, a, call.operand(1), transposeFirst, transposeSecond, a.dtype());
  }

  private static void multiply(
      OpCall call, Tensor a, Tensor b, String transposeFirst, String transposeSecond, DType type) {
    boolean transposeA = call.attributes().getBoolean(transposeFirst, false);
    boolean transposeB = call.attributes().getBoolean(transposeSecond, false);
    Shapes.require(a.rank() >= 2 && b.rank() >= 2, "matrices have a rank of 2 at least");
    int[] shape = MatrixProduct.shape(a.shape(), b.shape(), transposeA, transposeB);
    Tensor result = call.result(0, type, shape);
    MatrixProduct.multiply(
        factor(a, type), factor(b, type), transposeA, transposeB, Optional.empty(), result);
  }

  /** Integers of a product that isn't one, as numbers of its type. */
  private static Tensor factor(Tensor matrix, DType product) {
    boolean mixed = matrix.dtype().isInteger() && product.isFloating();
    return mixed ? Casts.widened(matrix, product) : matrix;
  }
}
