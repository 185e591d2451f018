package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/**
 * <pre>
 *   ADD(CONV_2D(x, w, b), c)  →  CONV_2D(x, w, b + c)
 *   SUB(CONV_2D(x, w, b), c)  →  CONV_2D(x, w, b - c)
 * </pre>
 *
 * for a constant {@code c} per output channel. An activation of the ADD stays.
 */
final class FoldAddIntoBias implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("ADD", "SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<List<Value>> folded = fold(match, 0, 1);
    return folded.isPresent() || match.node().is("SUB") ? folded : fold(match, 1, 0);
  }

  private static Optional<List<Value>> fold(Match match, int sum, int summand) {
    Optional<WeightedOperator> operator =
        match
            .soleProducer(sum, WeightedOperator.NAMES)
            .map(WeightedOperator::of)
            .filter(WeightedOperator::isOpen);
    if (operator.isEmpty()) {
      return Optional.empty();
    }
    return match
        .constant(summand)
        .flatMap(operator.get()::perChannel)
        .map(shift -> List.of(shifted(match, operator.get(), shift)));
  }

  private static Value shifted(Match match, WeightedOperator operator, float[] shift) {
    float[] bias = operator.biasValues(match);
    int sign = match.node().is("SUB") ? -1 : 1;
    for (int i = 0; i < bias.length; i++) {
      bias[i] += sign * shift[i];
    }
    List<Value> operands = new ArrayList<>(operator.node().operands());
    String name =
        operator.bias().isPresent() ? operator.bias().name() : match.node().name() + "/bias";
    operator.setBias(operands, match.constant(name, Tensor.of(bias)));
    String activation = match.attributes().getString(FusedActivation.OPTION, "NONE");
    Attributes options = operator.node().attributes().with(FusedActivation.OPTION, activation);
    return match.emit(operator.node().op().name(), options, operands);
  }
}
