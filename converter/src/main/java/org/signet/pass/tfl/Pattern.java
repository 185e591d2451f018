package org.signet.pass.tfl;

import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * What rules ask about the values of an expression.
 *
 * @param match gives the values of constants
 */
record Pattern(Match match) {
  private static final int HIGHEST_ROWS_RANK = 4;

  /** The operator that computes a value, if it is one of these and has no fused activation. */
  Optional<Node> node(Value value, String... builtins) {
    return value instanceof Value.Result result
            && result.producer().isAnyOf(builtins)
            && isPlain(result.producer())
        ? Optional.of(result.producer())
        : Optional.empty();
  }

  static boolean isPlain(Node node) {
    return node.attributes().getString(FusedActivation.OPTION, "NONE").equals("NONE");
  }

  /** The operand of the function that computes a value, if it is this one. */
  Optional<Value> argument(Value value, String builtin) {
    return node(value, builtin).map(node -> node.operand(0));
  }

  /** The number that a value is, if it is a float32 constant of one element and of rank 0 or 1. */
  Optional<Float> number(Value value) {
    return value instanceof Value.Constant
            && value.type().dtype() == DType.FLOAT32
            && value.type().shape().elements() == 1
            && value.type().shape().rank() <= 1
        ? match.valueOf(value).map(tensor -> tensor.floats()[0])
        : Optional.empty();
  }

  /** Whether a value is this number, up to its last bit. */
  boolean isNumber(Value value, float number) {
    return number(value).filter(known -> Math.abs(known - number) <= Math.ulp(number)).isPresent();
  }

  /** The other operand of a commutative operator of which one is this number. */
  Optional<Value> besides(Node node, float number) {
    return isNumber(node.operand(1), number)
        ? Optional.of(node.operand(0))
        : isNumber(node.operand(0), number) ? Optional.of(node.operand(1)) : Optional.empty();
  }

  /** The other operand of an operator of which one is this value. */
  static Optional<Value> besides(Node node, Value value) {
    return node.operand(0) == value
        ? Optional.of(node.operand(1))
        : node.operand(1) == value ? Optional.of(node.operand(0)) : Optional.empty();
  }

  /** The value that is squared, by SQUARE or by a product with itself. */
  Optional<Value> root(Value square) {
    return argument(square, "SQUARE")
        .or(() ->
            node(square, "MUL")
                .filter(product -> product.operand(0) == product.operand(1))
                .map(product -> product.operand(0)));
  }

  /** What is reduced along its last dimension, which stays with a size of one. */
  Optional<Value> alongLast(Value value, String reduction) {
    return node(value, reduction)
        .filter(node -> node.attributes().getBoolean("keep_dims", false))
        .filter(node -> {
          Shape shape = node.operand(0).type().shape();
          Optional<Tensor> axes = match.valueOf(node.operand(1));
          return shape.hasRank()
              && axes.isPresent()
              && axes.get().size() == 1
              && Math.floorMod(axes.get().getLong(0), shape.rank()) == shape.rank() - 1;
        })
        .map(node -> node.operand(0));
  }

  /** The x of x − max x, by rows. */
  Optional<Value> withoutLargest(Value value) {
    return node(value, "SUB")
        .filter(node ->
            alongLast(node.operand(1), "REDUCE_MAX").filter(node.operand(0)::equals).isPresent())
        .map(node -> node.operand(0));
  }

  /** Whether the kernels that work on whole rows of floats, as SOFTMAX, all take this value. */
  static boolean isOfFloatRows(Value x) {
    Shape shape = x.type().shape();
    return x.type().dtype() == DType.FLOAT32
        && shape.hasRank()
        && shape.rank() >= 1
        && shape.rank() <= HIGHEST_ROWS_RANK;
  }

  /** Whether the operator's result has the shape of this value for certain. */
  boolean keepsShape(Value value) {
    Shape shape = value.type().shape();
    Shape result = match.node().result().type().shape();
    return shape.hasRank() && shape.equals(result);
  }
}
