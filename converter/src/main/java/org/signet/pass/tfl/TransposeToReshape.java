package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.layout.DimensionOrder;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   TRANSPOSE(x, p)  →  RESHAPE(x, s)
 * </pre>
 *
 * where only dimensions of size 1 change places, and at most one size is not known.
 */
final class TransposeToReshape implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("TRANSPOSE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape after = match.node().result().type().shape();
    Optional<DimensionOrder> order =
        match.constant(1).map(Tensor::toInts).map(DimensionOrder::ofAxes);
    boolean fits =
        order.isPresent() && MergeReshapes.isCertain(after) && order.get().keepsElements(after);
    if (!fits) {
      return Optional.empty();
    }
    Value sizes = match.constant(match.node().name() + "/shape", Tensor.of(after.dims()));
    return Optional.of(List.of(match.emit("RESHAPE", Attributes.NONE, match.operand(0), sizes)));
  }
}
