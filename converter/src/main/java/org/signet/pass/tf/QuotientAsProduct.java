package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * <pre>
 *   RealDiv(x, c)   →  Mul(x, 1/c)
 * </pre>
 *
 * of floating-point numbers and constants c, as a TensorFlow session rewrites it before it runs:
 * floor(20 / (20 / 6)) is 5 there, and decides how many lines an image has. A c of which a
 * reciprocal is not a normal number stays, and a large one, which would be kept a second time. The
 * divisions within lowered ops stay, since TensorFlow's kernels divide.
 */
public final class QuotientAsProduct implements Rule {
  /** Larger constants stay as they are. */
  private static final int MOST_ELEMENTS = 1 << 12;

  @Override
  public Set<String> anchors() {
    return Set.of("Div", "RealDiv");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match.operand(1) instanceof Value.Constant divisor
            && divisor.type().shape().elements() <= MOST_ELEMENTS
        ? match
            .valueOf(divisor)
            .flatMap(QuotientAsProduct::reciprocal)
            .map(factor ->
                match.emitTf("Mul", match.operand(0), match.constant("reciprocal", factor)))
        : Optional.empty();
  }

  private static Optional<Tensor> reciprocal(Tensor divisor) {
    int exponents = largestExponent(divisor.dtype());
    if (exponents == 0) {
      return Optional.empty();
    }
    Tensor reciprocal = Tensor.zeros(divisor.dtype(), divisor.shape());
    for (int i = 0; i < divisor.size(); i++) {
      double number = divisor.getDouble(i);
      if (Math.abs(Math.getExponent(number)) >= exponents - 1) {
        return Optional.empty();
      }
      reciprocal.setDouble(i, 1 / number);
    }
    return Optional.of(reciprocal);
  }

  /** The exponent of the largest number; 0 for what is no number that is rewritten. */
  private static int largestExponent(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 15;
      case BFLOAT16, FLOAT32 -> Float.MAX_EXPONENT;
      case FLOAT64 -> Double.MAX_EXPONENT;
      default -> 0;
    };
  }
}
