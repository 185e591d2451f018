package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   MAXIMUM(x, 0)                →  RELU(x)
 *   MAXIMUM(MINIMUM(x, 6), 0)    →  RELU6(x)
 *   MINIMUM(RELU(x), 6)          →  RELU6(x)
 *   MINIMUM(MAXIMUM(x, −1), 1)   →  RELU_N1_TO_1(x)
 *   RELU(MINIMUM(x, 1))          →  RELU_0_TO_1(x)
 *   RELU6(RELU(x))               →  RELU6(x)
 * </pre>
 *
 * Other bounds stay. The activations are NaN where x is, as TensorFlow's clipping is.
 */
final class FuseClip implements Rule {
  private static final Range OPEN = new Range(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation("RELU", new Range(0, Float.POSITIVE_INFINITY)),
          new Activation("RELU6", new Range(0, 6)),
          new Activation("RELU_N1_TO_1", new Range(-1, 1)),
          new Activation("RELU_0_TO_1", new Range(0, 1)));

  /** The bounds of a clipped value. */
  private record Range(float low, float high) {
    /** What is left of this by clipping to {@code other}. */
    Range clipped(Range other) {
      return new Range(
          Math.clamp(low, other.low, other.high), Math.clamp(high, other.low, other.high));
    }

    boolean is(Range other) {
      return low == other.low && high == other.high;
    }
  }

  /** A builtin that clips. */
  private record Activation(String op, Range range) {}

  /**
   * A value and its bounds.
   *
   * @param value before it is clipped
   */
  private record Clip(Value value, Range range) {}

  @Override
  public Set<String> anchors() {
    return Set.of("MAXIMUM", "MINIMUM", "RELU", "RELU6", "RELU_0_TO_1", "RELU_N1_TO_1");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Pattern pattern = new Pattern(match);
    if (match.node().result().type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    Optional<Clip> outer = clip(pattern, match.node(), match.operands());
    Optional<Clip> inner =
        outer
            .flatMap(clip -> pattern.node(clip.value(), anchors().toArray(String[]::new)))
            .flatMap(node -> clip(pattern, node, node.operands()));
    return inner
        .flatMap(clip -> activation(match, clip.value(), clip.range().clipped(outer.get().range())))
        .or(() -> outer.flatMap(clip -> activation(match, clip.value(), clip.range())));
  }

  private static Optional<List<Value>> activation(Match match, Value x, Range range) {
    return ACTIVATIONS.stream()
        .filter(activation -> activation.range().is(range))
        .map(Activation::op)
        .findFirst()
        .filter(activation -> new Pattern(match).keepsShape(x))
        .filter(activation -> !match.node().is(activation) || match.operand(0) != x)
        .map(activation -> List.of(match.emit(activation, Attributes.NONE, x)));
  }

  private static Optional<Clip> clip(Pattern pattern, Node node, List<Value> operands) {
    boolean lower = node.is("MAXIMUM");
    if (lower || node.is("MINIMUM")) {
      for (int i = 0; i < 2; i++) {
        Optional<Float> bound = pattern.number(operands.get(i)).filter(Float::isFinite);
        if (bound.isPresent()) {
          float number = bound.get() + 0f; // a bound of −0 is one of 0
          Range range = lower ? new Range(number, OPEN.high()) : new Range(OPEN.low(), number);
          return Optional.of(new Clip(operands.get(1 - i), range));
        }
      }
      return Optional.empty();
    }
    return ACTIVATIONS.stream()
        .filter(activation -> node.is(activation.op()))
        .map(activation -> new Clip(operands.getFirst(), activation.range()))
        .findFirst();
  }
}
