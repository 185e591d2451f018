package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   CONV_2D(MUL(x, c), w, b)            →  CONV_2D(x, c w, b)
 *   CONV_2D(PAD(MUL(x, c), p), w, b)    →  CONV_2D(PAD(x, p), c w, b)
 *   CONV_2D(ADD(MUL(x, c), d), w, b)    →  CONV_2D(x, c w, b + d w)       without padding
 * </pre>
 *
 * and so for DIV, and for DEPTHWISE_CONV_2D and FULLY_CONNECTED, for constants {@code c} and {@code
 * d} per input channel: a batch norm that comes first. Padding is zero after the sum, so a summand
 * stays where there may be any. It stays, too, where it is not that of a product: x + d may be
 * exact, and small beside both.
 */
final class FoldIntoNextWeights implements Rule {
  private final ScalableWeights scalable;

  FoldIntoNextWeights(ScalableWeights scalable) {
    this.scalable = scalable;
  }

  @Override
  public Set<String> anchors() {
    return Set.of("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED");
  }

  /**
   * A product, of which the operator's input is made.
   *
   * @param x the other factor
   * @param factors for each input channel
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scaled(Value x, float[] factors) {}

  @Override
  public Optional<List<Value>> apply(Match match) {
    WeightedOperator operator = WeightedOperator.of(match.node());
    Optional<Node> before =
        match.soleProducer(0, "ADD", "DIV", "MUL", "PAD", "SUB").filter(Pattern::isPlain);
    if (before.isEmpty()
        || !operator.hasConstants()
        || !scalable.contains(operator.constantWeights())
        || !takesWholeInput(operator, match.operand(0).type().shape())) {
      return Optional.empty();
    }
    return switch (before.get().op().name()) {
      case "DIV", "MUL" ->
          scaled(match, before.get())
              .map(product -> emit(match, operator, product.x(), product, new float[0]));
      case "PAD" -> throughPad(match, operator, before.get());
      default -> normalized(match, operator, before.get());
    };
  }

  private static Optional<List<Value>> throughPad(
      Match match, WeightedOperator operator, Node pad) {
    return new Pattern(match)
        .node(pad.operand(0), "DIV", "MUL")
        .flatMap(node -> scaled(match, node))
        // Channels may be padded, too.
        .filter(product -> product.factors().length == match.operand(0).type().shape().dim(-1))
        .map(product -> {
          Value padded = match.emit("PAD", pad.attributes(), product.x(), pad.operand(1));
          return emit(match, operator, padded, product, new float[0]);
        });
  }

  private static Optional<List<Value>> normalized(
      Match match, WeightedOperator operator, Node sum) {
    if (mayPad(operator)) {
      return Optional.empty();
    }
    Shape shape = match.operand(0).type().shape();
    for (int i = 0; i < (sum.is("ADD") ? 2 : 1); i++) {
      Optional<Scaled> product =
          new Pattern(match)
              .node(sum.operand(i), "MUL")
              .flatMap(node -> scaled(match, node))
              .filter(found -> found.x().type().shape().equals(shape));
      Optional<float[]> shift = perChannel(match, sum, sum.operand(1 - i));
      if (product.isPresent() && shift.isPresent()) {
        float[] summand = shift.get();
        for (int k = 0; k < summand.length && sum.is("SUB"); k++) {
          summand[k] = -summand[k];
        }
        return Optional.of(emit(match, operator, product.get().x(), product.get(), summand));
      }
    }
    return Optional.empty();
  }

  private static Optional<Scaled> scaled(Match match, Node product) {
    for (int i = product.is("DIV") ? 1 : 0; i < 2; i++) {
      Value x = product.operand(1 - i);
      Optional<float[]> factors =
          perChannel(match, product, product.operand(i))
              .flatMap(constants -> WeightedOperator.factors(product, constants));
      if (factors.isPresent() && x.type().shape().equals(product.result().type().shape())) {
        return Optional.of(new Scaled(x, factors.get()));
      }
    }
    return Optional.empty();
  }

  /** A constant operand as one number per channel of the result. */
  private static Optional<float[]> perChannel(Match match, Node node, Value constant) {
    Shape shape = node.result().type().shape();
    return shape.hasRank() && shape.rank() > 0 && shape.isKnown(shape.rank() - 1)
        ? match
            .valueOf(constant)
            .flatMap(tensor -> WeightedOperator.perChannel(tensor, shape, shape.dim(-1)))
        : Optional.empty();
  }

  /** Not so for groups of channels, or where dimensions are merged. */
  private static boolean takesWholeInput(WeightedOperator operator, Shape input) {
    Shape weights = operator.weights().type().shape();
    int channels =
        operator.node().is("DEPTHWISE_CONV_2D")
            ? weights.dim(-1) / operator.node().attributes().getInt("depth_multiplier", 1)
            : weights.dim(-1);
    return input.hasRank() && input.rank() > 0 && input.dim(-1) == channels;
  }

  private static boolean mayPad(WeightedOperator operator) {
    Shape weights = operator.weights().type().shape();
    return !operator.node().is("FULLY_CONNECTED")
        && !operator.node().attributes().getString("padding", "SAME").equals("VALID")
        && weights.dim(1) * weights.dim(2) != 1;
  }

  private static List<Value> emit(
      Match match, WeightedOperator operator, Value input, Scaled product, float[] shift) {
    Value.Constant weights = operator.constantWeights();
    boolean depthwise = operator.node().is("DEPTHWISE_CONV_2D");
    int multiplier = depthwise ? operator.channels() / Math.max(product.factors().length, 1) : 1;
    float[] factors = new float[product.factors().length * multiplier];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = product.factors()[i / multiplier];
    }
    List<Value> operands = new ArrayList<>(operator.node().operands());
    operands.set(0, input);
    operands.set(operator.weightsAt(), match.scaled(weights, factors, 1));
    if (shift.length > 0) {
      float[] bias = operator.biasValues(match);
      float[] values = match.valueOf(weights).orElseThrow().floats();
      int perOutput = values.length / bias.length;
      for (int i = 0; i < values.length; i++) {
        if (depthwise) {
          bias[i % bias.length] += values[i] * shift[i % bias.length / multiplier];
        } else {
          bias[i / perOutput] += values[i] * shift[i % shift.length];
        }
      }
      operator.setBias(operands, match.constant(match.node().name() + "/bias", Tensor.of(bias)));
    }
    return List.of(match.emit(operator.node().op().name(), match.attributes(), operands));
  }
}
