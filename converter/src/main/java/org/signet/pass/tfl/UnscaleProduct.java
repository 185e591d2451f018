package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signet.ir.ScaledData;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.Shapes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   CONV_2D(x, w * c, b)  →  ADD(MUL(CONV_2D(x, w), c), b)
 *   FULLY_CONNECTED(x, w * c, b)  →  FULLY_CONNECTED(MUL(x, c), w, b)  for c along x
 *   GATHER(w * c, i)      →  MUL(GATHER(w, i), c)                      for a single number c
 * </pre>
 *
 * for weights {@code w} that others use otherwise: the file would hold them twice.
 */
public final class UnscaleProduct implements Rule {
  private static final Attributes PLAIN = Attributes.of(FusedActivation.OPTION, "NONE");

  private final ScalableWeights scalable;

  /**
   * @param scalable the weights that may be multiplied
   */
  public UnscaleProduct(ScalableWeights scalable) {
    this.scalable = scalable;
  }

  @Override
  public Set<String> anchors() {
    return Stream.concat(Arrays.stream(WeightedOperator.NAMES), Stream.of("GATHER"))
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (match.node().is("GATHER")) {
      return unscaled(match, 0)
          .filter(scaled -> scaled.factors().size() == 1)
          .map(scaled -> List.of(scaledAfter(match, 0, scaled, match.operands(), PLAIN)));
    }
    WeightedOperator operator = WeightedOperator.of(match.node());
    Optional<ScaledData> scaled = unscaled(match, operator.weightsAt());
    return scaled
        .filter(weights -> isPerChannel(weights, operator))
        .map(weights -> scaledAfter(match, operator, weights))
        .or(() ->
            scaled
                .filter(weights -> isAlongInput(weights, match))
                .map(weights -> scaledBefore(match, weights)))
        .map(List::of);
  }

  private Optional<ScaledData> unscaled(Match match, int at) {
    return match.operand(at) instanceof Value.Constant weights
            && weights.data() instanceof ScaledData scaled
            && !scalable.contains(weights)
            && WeightedOperator.isModerate(scaled.factors().floats())
        ? Optional.of(scaled)
        : Optional.empty();
  }

  private static boolean isPerChannel(ScaledData scaled, WeightedOperator operator) {
    int[] sizes = operator.weights().type().shape().dims();
    int inner = Shapes.product(sizes, operator.channelAxis() + 1, sizes.length);
    boolean along = scaled.inner() == inner && scaled.factors().size() == operator.channels();
    return scaled.factors().size() == 1 || along;
  }

  private static boolean isAlongInput(ScaledData scaled, Match match) {
    Shape input = match.operand(0).type().shape();
    return match.node().is("FULLY_CONNECTED")
        && input.hasRank()
        && input.rank() > 0
        && scaled.inner() == 1
        && scaled.factors().size() == input.dim(-1)
        && scaled.factors().size() == match.operand(1).type().shape().dim(1);
  }

  private static Value scaledBefore(Match match, ScaledData scaled) {
    Value factors = match.constant("scale", scaled.factors());
    List<Value> operands = new ArrayList<>(match.operands());
    operands.set(0, match.emit("MUL", PLAIN, operands.getFirst(), factors));
    operands.set(1, unscaled(operands.get(1), scaled));
    return match.emit("FULLY_CONNECTED", match.attributes(), operands);
  }

  private static Value unscaled(Value weights, ScaledData scaled) {
    return new Value.Constant(((Value.Constant) weights).name(), weights.type(), scaled.source());
  }

  private static Value scaledAfter(Match match, WeightedOperator operator, ScaledData scaled) {
    Attributes activation =
        Attributes.of(
            FusedActivation.OPTION, match.attributes().getString(FusedActivation.OPTION, "NONE"));
    if (isZero(match, operator.bias())) {
      return scaledAfter(match, operator.weightsAt(), scaled, match.operands(), activation);
    }
    // Convolutions need a bias.
    List<Value> operands = new ArrayList<>(match.operands());
    Tensor none = Tensor.zeros(DType.FLOAT32, operator.channels());
    operands.set(operator.biasAt(), match.constant("no_bias", none));
    Value product = scaledAfter(match, operator.weightsAt(), scaled, operands, PLAIN);
    return match.emit("ADD", activation, product, match.operand(operator.biasAt()));
  }

  private static boolean isZero(Match match, Value bias) {
    return !bias.isPresent()
        || match
            .valueOf(bias)
            .filter(numbers -> Arrays.equals(numbers.floats(), new float[numbers.size()]))
            .isPresent();
  }

  /** The operator with the weights as they are, its result scaled. */
  private static Value scaledAfter(
      Match match, int at, ScaledData scaled, List<Value> operands, Attributes activation) {
    List<Value> plain = new ArrayList<>(operands);
    plain.set(at, unscaled(operands.get(at), scaled));
    Attributes options =
        match.node().is("GATHER")
            ? match.attributes()
            : match.attributes().with(FusedActivation.OPTION, "NONE");
    Value product = match.emit(match.node().op().name(), options, plain);
    float[] numbers = scaled.factors().floats();
    Tensor factors = numbers.length == 1 ? Tensor.scalar(numbers[0]) : scaled.factors();
    return match.emit("MUL", activation, product, match.constant("scale", factors));
  }
}
