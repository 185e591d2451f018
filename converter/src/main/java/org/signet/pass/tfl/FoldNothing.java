package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * <pre>
 *   STRIDED_SLICE(x[4], 0, 0, 1)    →  a constant of shape [0]
 *   SLICE(x[?,4], [0,1], [-1,0])    →  GATHER(SLICE(x, [0,0], [-1,-1]), [], axis 1)
 * </pre>
 *
 * of operators which TFLite can't let give a tensor without elements: its default delegate takes a
 * slice of size 0 for one to the end, and fails on such a product; SCATTER_ND divides by zero.
 * Where other sizes are free, a slice that is whole in that dimension is gathered at no indices.
 */
public final class FoldNothing implements Rule {
  /** The types of slices that the delegate takes. */
  private static final Set<DType> DELEGATED = Set.of(DType.FLOAT32, DType.INT8, DType.UINT8);

  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_MATMUL", "SCATTER_ND", "SLICE", "STRIDED_SLICE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    TensorType type = match.node().result().type();
    Shape shape = type.shape();
    if (!shape.hasRank() || type.dtype() == DType.STRING) {
      return Optional.empty();
    }
    if (shape.isStatic()) {
      Tensor nothing = Tensor.zeros(type.dtype(), shape.dims());
      return shape.elements() > 0
          ? Optional.empty()
          : Optional.of(List.of(match.constant("nothing", nothing)));
    }
    boolean slices = match.node().isAnyOf("SLICE", "STRIDED_SLICE");
    return slices && DELEGATED.contains(type.dtype())
        ? emptyDim(shape).flatMap(dim -> gathered(match, dim))
        : Optional.empty();
  }

  private static Optional<Integer> emptyDim(Shape shape) {
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i) == 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static Optional<List<Value>> gathered(Match match, int dim) {
    Optional<Value> whole = match.node().is("SLICE") ? slice(match, dim) : strided(match, dim);
    Tensor none = Tensor.zeros(DType.INT32, 0);
    return whole.map(value ->
        List.of(
            match.emit("GATHER", Attributes.of("axis", dim), value, match.constant("none", none))));
  }

  private static Optional<Value> slice(Match match, int dim) {
    Optional<Tensor> begin = match.constant(1);
    Optional<Tensor> size = match.constant(2);
    if (begin.isEmpty() || size.isEmpty()) {
      return Optional.empty();
    }
    Value from = match.constant("begin", withElement(begin.get(), dim, 0));
    Value to = match.constant("size", withElement(size.get(), dim, -1));
    return Optional.of(match.emit("SLICE", match.attributes(), match.operand(0), from, to));
  }

  private static Tensor withElement(Tensor tensor, int at, int number) {
    int[] numbers = tensor.toInts();
    numbers[at] = number;
    return Tensor.of(numbers);
  }

  private static Optional<Value> strided(Match match, int dim) {
    Attributes options = match.attributes();
    Shape shape = match.operand(0).type().shape();
    boolean plain =
        shape.hasRank()
            && options.getInt("ellipsis_mask", 0) == 0
            && options.getInt("new_axis_mask", 0) == 0
            && match.constant(1).isPresent();
    if (!plain) {
      return Optional.empty();
    }
    int bit = 1 << operandDim(dim, options.getInt("shrink_axis_mask", 0));
    Attributes open =
        options
            .with("begin_mask", options.getInt("begin_mask", 0) | bit)
            .with("end_mask", options.getInt("end_mask", 0) | bit);
    return Optional.of(match.emit("STRIDED_SLICE", open, match.operands().toArray(new Value[0])));
  }

  /** The dimension of the operand that becomes this one of the result. */
  private static int operandDim(int dim, int shrunk) {
    int at = 0;
    for (int left = dim; left > 0 || (shrunk >> at & 1) == 1; at++) {
      left -= (shrunk >> at & 1) == 1 ? 0 : 1;
    }
    return at;
  }
}
