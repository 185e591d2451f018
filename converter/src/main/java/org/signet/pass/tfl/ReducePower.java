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
 *   POW(x, 3)    →  MUL(x, SQUARE(x))
 *   POW(x, ½)    →  SQRT(x)
 *   DIV(x, 2ⁿ)   →  MUL(x, 2⁻ⁿ)
 * </pre>
 *
 * of float32. As a power the root of −0 is 0, and that of −∞ is ∞; but a TensorFlow session
 * rewrites these powers in the same way before it runs them, so that this is what its users see.
 * Negative powers stay: of zero, DIV gives the largest float, and there are kernels of RSQRT that
 * make NaN of it. So do other divisors, since their reciprocals are rounded; RealDiv by one is
 * {@code pass.tf.QuotientAsProduct}'s.
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
      return power(match, x, number).map(List::of);
    }
    return product(match, x, number).map(List::of);
  }

  private static Optional<Value> power(Match match, Value x, float exponent) {
    if (exponent == 1) {
      return Optional.of(x);
    }
    if (exponent == 2 || exponent == 3) {
      Value square = match.emit("SQUARE", Attributes.NONE, x);
      Attributes none = Attributes.of(FusedActivation.OPTION, "NONE");
      return Optional.of(exponent == 2 ? square : match.emit("MUL", none, x, square));
    }
    return exponent == 0.5f
        ? Optional.of(match.emit("SQRT", Attributes.NONE, x))
        : Optional.empty();
  }

  /** The product by the reciprocal, if that is exact. */
  private static Optional<Value> product(Match match, Value x, float number) {
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
    return Optional.of(match.emit("MUL", options, x, factor));
  }
}
