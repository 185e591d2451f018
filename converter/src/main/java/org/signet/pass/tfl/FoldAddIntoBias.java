package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
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
 *   ADD(ADD(CONV_2D(x, w, b), y), c)  →  ADD(CONV_2D(x, w, b + c), y)
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
    if (folded.isPresent() || match.node().is("SUB")) {
      return folded;
    }
    return fold(match, 1, 0).or(() -> foldInner(match, 0, 1)).or(() -> foldInner(match, 1, 0));
  }

  /** Into an operator of which operand {@code sum} is the sum with something else. */
  private static Optional<List<Value>> foldInner(Match match, int sum, int summand) {
    Optional<Node> inner = match.soleProducer(sum, "ADD").filter(Pattern::isPlain);
    if (inner.isEmpty() || match.constant(summand).isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Optional<WeightedOperator> operator =
          match
              .soleProducerWithin(sum, i, WeightedOperator.NAMES)
              .map(WeightedOperator::of)
              .filter(WeightedOperator::isOpen)
              .filter(each -> keepsShape(match, each));
      Optional<float[]> shift =
          operator.flatMap(each -> match.constant(summand).flatMap(each::perChannel));
      if (shift.isPresent()) {
        Value shifted = shifted(match, operator.get(), shift.get(), "NONE");
        List<Value> operands = new ArrayList<>(inner.get().operands());
        operands.set(i, shifted);
        return Optional.of(List.of(match.emit("ADD", match.attributes(), operands)));
      }
    }
    return Optional.empty();
  }

  private static boolean keepsShape(Match match, WeightedOperator operator) {
    return new Pattern(match).keepsShape(operator.node().result());
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
        .map(shift -> {
          String activation = match.attributes().getString(FusedActivation.OPTION, "NONE");
          return List.of(shifted(match, operator.get(), shift, activation));
        });
  }

  private static Value shifted(
      Match match, WeightedOperator operator, float[] shift, String activation) {
    float[] bias = operator.biasValues(match);
    int sign = match.node().is("SUB") ? -1 : 1;
    for (int i = 0; i < bias.length; i++) {
      bias[i] += sign * shift[i];
    }
    List<Value> operands = new ArrayList<>(operator.node().operands());
    String name =
        operator.bias().isPresent() ? operator.bias().name() : match.node().name() + "/bias";
    operator.setBias(operands, match.constant(name, Tensor.of(bias)));
    Attributes options = operator.node().attributes().with(FusedActivation.OPTION, activation);
    return match.emit(operator.node().op().name(), options, operands);
  }
}
