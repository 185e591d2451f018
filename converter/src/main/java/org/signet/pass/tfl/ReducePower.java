package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * <pre>
 *   POW(x, 1)    →  x
 *   POW(x, 2)    →  SQUARE(x)
 *   DIV(x, 2ⁿ)   →  MUL(x, 2⁻ⁿ)
 * </pre>
 *
 * of float32. A root is no POW(x, ½): that of −0 is 0, and of −∞ it is ∞. Other divisors stay,
 * since their reciprocals are rounded.
 */
final class ReducePower implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("DIV", "POW");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Value x = match.operand(0);
    Optional<Tensor> second =
        match.constant(1).filter(tensor -> tensor.dtype() == DType.FLOAT32 && tensor.rank() == 0);
    if (second.isEmpty()) {
      return Optional.empty();
    }
    float number = second.get().floats()[0];
    if (match.node().is("POW")) {
      return number == 1
          ? Optional.of(List.of(x))
          : number == 2
              ? Optional.of(List.of(match.emit("SQUARE", Attributes.NONE, x)))
              : Optional.empty();
    }
    boolean exact =
        Math.abs(number) == Math.scalb(1f, Math.getExponent(number))
            && Math.abs(Math.getExponent(number)) < Float.MAX_EXPONENT - 1;
    if (!exact) {
      return Optional.empty();
    }
    Value factor = match.constant(match.node().name() + "/factor", Tensor.scalar(1 / number));
    Attributes options =
        Attributes.of(
            FusedActivation.OPTION, match.attributes().getString(FusedActivation.OPTION, "NONE"));
    return Optional.of(List.of(match.emit("MUL", options, x, factor)));
  }
}
