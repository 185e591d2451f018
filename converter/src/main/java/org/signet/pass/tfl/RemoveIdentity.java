package org.signet.pass.tfl;

import java.util.Arrays;
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

/**
 * Operators that give an operand unchanged:
 *
 * <pre>
 *   TRANSPOSE(x, [0, 1, …])    →  x
 *   PAD(x, all zero)           →  x
 *   TILE(x, all one)           →  x
 *   BROADCAST_TO(x, its shape) →  x
 *   CAST(x, its own type)      →  x
 *   SLICE(x, all of it)        →  x
 *   STRIDED_SLICE(x, all of it) → x
 *   MUL(x, 1), DIV(x, 1)       →  x
 *   ADD(x, 0), SUB(x, 0)       →  x
 *   LOGICAL_AND(x, true)       →  x
 *   LOGICAL_OR(x, false)       →  x
 *   DYNAMIC_UPDATE_SLICE(y, x) →  x              for x as large as y, wherever it begins
 *   SOFTMAX(x), LOG_SOFTMAX(x) →  x              for x without elements, on which TFLite crashes
 * </pre>
 */
final class RemoveIdentity implements Rule {
  /** Larger constants are not read for this. */
  private static final int MOST_ELEMENTS = 1 << 16;

  @Override
  public Set<String> anchors() {
    return Set.of(
        "ADD",
        "BROADCAST_TO",
        "CAST",
        "DIV",
        "DYNAMIC_UPDATE_SLICE",
        "LOGICAL_AND",
        "LOGICAL_OR",
        "LOG_SOFTMAX",
        "MUL",
        "PAD",
        "SLICE",
        "SOFTMAX",
        "STRIDED_SLICE",
        "SUB",
        "TILE",
        "TRANSPOSE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return switch (match.node().op().name()) {
      case "ADD", "LOGICAL_OR" -> besides(match, 0, 1).or(() -> besides(match, 0, 0)).map(List::of);
      case "SUB" -> besides(match, 0, 1).map(List::of);
      case "LOGICAL_AND", "MUL" ->
          besides(match, 1, 1).or(() -> besides(match, 1, 0)).map(List::of);
      case "DIV" -> besides(match, 1, 1).map(List::of);
      case "DYNAMIC_UPDATE_SLICE" ->
          keepsStaticShape(match, 1) ? Optional.of(List.of(match.operand(1))) : Optional.empty();
      default -> isSame(match) ? Optional.of(List.of(match.operand(0))) : Optional.empty();
    };
  }

  private static boolean isSame(Match match) {
    return switch (match.node().op().name()) {
      case "TRANSPOSE" -> match.constant(1).filter(RemoveIdentity::isAscending).isPresent();
      case "PAD" -> isAll(match, 0);
      case "TILE" -> isAll(match, 1);
      case "BROADCAST_TO", "SLICE" -> keepsStaticShape(match, 0);
      case "LOG_SOFTMAX", "SOFTMAX" -> hasNoElements(match.operand(0).type().shape());
      case "STRIDED_SLICE" -> isWhole(match);
      default -> match.operand(0).type().dtype() == match.node().result().type().dtype();
    };
  }

  private static boolean hasNoElements(Shape shape) {
    return shape.hasRank() && Arrays.stream(shape.dims()).anyMatch(size -> size == 0);
  }

  private static boolean keepsStaticShape(Match match, int operand) {
    Shape shape = match.operand(operand).type().shape();
    return shape.isStatic() && shape.equals(match.node().result().type().shape());
  }

  /** Whether a slice in steps of 1 goes from the beginning to the end, or keeps all sizes. */
  private static boolean isWhole(Match match) {
    Attributes options = match.attributes();
    Shape shape = match.operand(0).type().shape();
    boolean plain =
        shape.hasRank()
            && options.getInt("ellipsis_mask", 0) == 0
            && options.getInt("new_axis_mask", 0) == 0
            && options.getInt("shrink_axis_mask", 0) == 0
            && match.constant(3).filter(steps -> isAll(steps, 1)).isPresent();
    if (!plain) {
      return false;
    }
    int all = (1 << Math.toIntExact(match.constant(3).orElseThrow().size())) - 1;
    boolean open =
        (options.getInt("begin_mask", 0) & all) == all
            && (options.getInt("end_mask", 0) & all) == all;
    return open || keepsStaticShape(match, 0);
  }

  /** The operand besides operand {@code at}, if that is this number everywhere. */
  private static Optional<Value> besides(Match match, int number, int at) {
    Value other = match.operand(1 - at);
    Pattern pattern = new Pattern(match);
    boolean neutral =
        match.operand(at) instanceof Value.Constant constant
            ? constant.type().shape().elements() <= MOST_ELEMENTS
                && match.constant(at).filter(tensor -> isAll(tensor, number)).isPresent()
            : number == 0
                && pattern
                    .argument(match.operand(at), "ZEROS_LIKE")
                    .filter(other::equals)
                    .isPresent();
    return neutral && Pattern.isPlain(match.node()) && pattern.keepsShape(other)
        ? Optional.of(other)
        : Optional.empty();
  }

  private static boolean isAscending(Tensor order) {
    for (int i = 0; i < order.size(); i++) {
      if (order.getLong(i) != i) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAll(Match match, int value) {
    return match.constant(1).filter(tensor -> isAll(tensor, value)).isPresent();
  }

  private static boolean isAll(Tensor tensor, int value) {
    DType dtype = tensor.dtype();
    if (!dtype.isFloating() && !dtype.isInteger() && dtype != DType.BOOL) {
      return false;
    }
    for (int i = 0; i < tensor.size(); i++) {
      if (dtype.isFloating() ? tensor.getDouble(i) != value : tensor.getLong(i) != value) {
        return false;
      }
    }
    return true;
  }
}
