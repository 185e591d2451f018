package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.pass.layout.DimensionOrder;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   FULLY_CONNECTED(RESHAPE(TRANSPOSE(x, [0, …]), [n, k]), w, b)
 *     →  FULLY_CONNECTED(RESHAPE(x, [n, k]), w with its columns in another order, b)
 * </pre>
 *
 * for constant weights that nobody uses as they are: images in NCHW that are flattened.
 */
final class TurnWeights implements Rule {
  private final ScalableWeights turnable;

  /**
   * @param turnable the weights that may be turned
   */
  TurnWeights(ScalableWeights turnable) {
    this.turnable = turnable;
  }

  @Override
  public Set<String> anchors() {
    return Set.of("FULLY_CONNECTED");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Pattern pattern = new Pattern(match);
    Optional<Node> reshape = match.soleProducer(0, "RESHAPE");
    Optional<Node> transpose = reshape.flatMap(node -> pattern.node(node.operand(0), "TRANSPOSE"));
    Optional<int[]> order =
        transpose.flatMap(node -> match.valueOf(node.operand(1))).map(Tensor::toInts);
    if (order.isEmpty()
        || !(match.operand(1) instanceof Value.Constant weights)
        || !turnable.contains(weights)) {
      return Optional.empty();
    }
    Shape image = reshape.get().operand(0).type().shape();
    int[] axes = order.get();
    if (Shapes.axis(axes[0], axes.length) != 0 || !isFlattened(reshape.get(), image, weights)) {
      return Optional.empty();
    }
    int[] sizes = image.dims();
    sizes[0] = weights.type().shape().dim(0);
    int[] back = DimensionOrder.ofAxes(axes).inverse().axes();
    Value spread = reshaped(match, weights, sizes);
    Value turned =
        match.emit("TRANSPOSE", Attributes.NONE, spread, match.constant("order", Tensor.of(back)));
    List<Value> operands = new ArrayList<>(match.operands());
    operands.set(
        0,
        match.emit(
            "RESHAPE",
            reshape.get().attributes(),
            transpose.get().operand(0),
            reshape.get().operand(1)));
    operands.set(1, reshaped(match, turned, weights.type().shape().dims()));
    return Optional.of(List.of(match.emit("FULLY_CONNECTED", match.attributes(), operands)));
  }

  /** Whether all but the first dimension become one, which the weights' columns run along. */
  private static boolean isFlattened(Node reshape, Shape image, Value weights) {
    Shape flat = reshape.result().type().shape();
    if (!image.hasRank() || !flat.hasRank() || flat.rank() != 2) {
      return false;
    }
    int[] sizes = image.dims();
    boolean known = Arrays.stream(sizes).skip(1).noneMatch(size -> size == Shape.UNKNOWN);
    return known
        && flat.dim(1) == weights.type().shape().dim(1)
        && Shapes.product(sizes, 1, sizes.length) == flat.dim(1);
  }

  private static Value reshaped(Match match, Value value, int... sizes) {
    return match.emit("RESHAPE", Attributes.NONE, value, match.constant("sizes", Tensor.of(sizes)));
  }
}
