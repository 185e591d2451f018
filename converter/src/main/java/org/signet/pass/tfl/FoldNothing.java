package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * <pre>
 *   STRIDED_SLICE(x[4], 0, 0, 1)  →  a constant of shape [0]
 * </pre>
 *
 * of operators which TFLite's default delegate can't let give a tensor without elements: it takes a
 * slice of size 0 for one to the end, and fails on such a product.
 */
public final class FoldNothing implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_MATMUL", "SLICE", "STRIDED_SLICE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    TensorType type = match.node().result().type();
    if (!type.shape().isStatic() || type.shape().elements() > 0 || type.dtype() == DType.STRING) {
      return Optional.empty();
    }
    Tensor nothing = Tensor.zeros(type.dtype(), type.shape().dims());
    return Optional.of(List.of(match.constant("nothing", nothing)));
  }
}
