package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.Shapes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/**
 * <pre>
 *   MUL(CONV_2D(x, w, b), c)  →  CONV_2D(x, w * c, b * c)
 *   DIV(CONV_2D(x, w, b), c)  →  CONV_2D(x, w / c, b / c)
 * </pre>
 *
 * for a constant {@code c} per output channel, which is how a batch norm ends up in the weights. An
 * activation of theirs stays. Weights that others use as they are stay, too.
 */
final class FoldMulIntoWeights implements Rule {
  private final ScalableWeights scalable;

  FoldMulIntoWeights(ScalableWeights scalable) {
    this.scalable = scalable;
  }

  @Override
  public Set<String> anchors() {
    return Set.of("DIV", "MUL");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<List<Value>> folded = fold(match, 0, 1);
    return folded.isPresent() || match.node().is("DIV") ? folded : fold(match, 1, 0);
  }

  private Optional<List<Value>> fold(Match match, int sum, int factor) {
    Optional<WeightedOperator> operator =
        match
            .soleProducer(sum, WeightedOperator.NAMES)
            .map(WeightedOperator::of)
            .filter(WeightedOperator::isOpen)
            .filter(open -> scalable.contains(open.constantWeights()));
    if (operator.isEmpty()) {
      return Optional.empty();
    }
    return match
        .constant(factor)
        .flatMap(operator.get()::perChannel)
        .flatMap(scale -> WeightedOperator.factors(match.node(), scale))
        .map(scale -> List.of(scaled(match, operator.get(), scale)));
  }

  private static Value scaled(Match match, WeightedOperator operator, float[] scale) {
    Value.Constant weights = operator.constantWeights();
    int[] shape = weights.type().shape().dims();
    int inner = Shapes.product(shape, operator.channelAxis() + 1, shape.length);
    List<Value> operands = new ArrayList<>(operator.node().operands());
    operands.set(operator.weightsAt(), match.scaled(weights, scale, inner));
    if (operator.bias().isPresent()) {
      float[] bias = operator.biasValues(match);
      for (int i = 0; i < bias.length; i++) {
        bias[i] *= scale[i];
      }
      operands.set(operator.biasAt(), match.constant(operator.bias().name(), Tensor.of(bias)));
    }
    String activation = match.attributes().getString(FusedActivation.OPTION, "NONE");
    Attributes options = operator.node().attributes().with(FusedActivation.OPTION, activation);
    return match.emit(operator.node().op().name(), options, operands);
  }
}
