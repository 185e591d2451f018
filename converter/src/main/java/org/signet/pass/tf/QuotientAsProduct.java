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
 * of float32 and scalars c, as a TensorFlow session rewrites it before it runs: floor(20 / (20 /
 * 6)) is 5 there, and decides how many lines an image has. The divisions within lowered ops stay,
 * since TensorFlow's kernels divide.
 */
public final class QuotientAsProduct implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("RealDiv");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match
        .constant(1)
        .filter(tensor -> tensor.dtype() == DType.FLOAT32 && tensor.rank() == 0)
        .map(tensor -> tensor.floats()[0])
        .filter(number -> Math.abs(Math.getExponent(number)) < Float.MAX_EXPONENT - 1)
        .map(number -> match.constant("reciprocal", Tensor.scalar(1 / number)))
        .map(factor -> match.emitTf("Mul", match.operand(0), factor));
  }
}
