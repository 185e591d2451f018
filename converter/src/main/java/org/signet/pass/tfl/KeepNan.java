package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   REDUCE_MAX(x, axes)  →  SELECT_V2(REDUCE_ANY(NOT_EQUAL(x, x), axes), NaN, REDUCE_MAX(x, axes))
 *   REDUCE_MIN(x, axes)  →  SELECT_V2(REDUCE_ANY(NOT_EQUAL(x, x), axes), NaN, REDUCE_MIN(x, axes))
 * </pre>
 *
 * of float32: TensorFlow's extreme of what holds a NaN is NaN, TFLite's kernels pass over it. What
 * was an integer stays.
 */
public final class KeepNan implements Rule {
  /** The highest rank that SELECT_V2 broadcasts. */
  private static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> anchors() {
    return Set.of("REDUCE_MAX", "REDUCE_MIN");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Value input = match.operand(0);
    if (input.type().dtype() != DType.FLOAT32 || isInteger(match)) {
      return Optional.empty();
    }
    Value axes = match.operand(1);
    Value isNan = match.emit("NOT_EQUAL", Attributes.NONE, input, input);
    Value found = match.emit("REDUCE_ANY", match.attributes(), isNan, axes);
    Value result = match.emit(match.node().op().name(), match.attributes(), match.operands());
    Value nan = match.constant("nan", Tensor.scalar(Float.NaN));
    Shape shape = match.node().result().type().shape();
    if (shape.hasRank() && shape.rank() > HIGHEST_RANK) {
      Value sizes = match.emit("SHAPE", Attributes.of("out_type", "INT32"), result);
      Value nans = match.emit("FILL", Attributes.NONE, sizes, nan);
      return Optional.of(List.of(match.emit("SELECT", Attributes.NONE, found, nans, result)));
    }
    return Optional.of(List.of(match.emit("SELECT_V2", Attributes.NONE, found, nan, result)));
  }

  private static boolean isInteger(Match match) {
    return match
        .producer(0)
        .filter(node -> node.is("CAST"))
        .map(Node::operands)
        .filter(operands -> !operands.getFirst().type().dtype().isFloating())
        .isPresent();
  }
}
