package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.ReductionAxes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * For x of [2, 3, 4], and so for every reduction:
 *
 * <pre>
 *   RESHAPE(SUM(x, 1), [2, 1, 4])          →  SUM(x, 1, keep_dims)
 *   RESHAPE(SUM(x, 1, keep_dims), [2, 4])  →  SUM(x, 1)
 * </pre>
 *
 * EXPAND_DIMS and SQUEEZE are taken like RESHAPE. A sum that something else needs as it is stays,
 * and so does a shape of which two sizes are unknown, unless the operator says which.
 */
final class ReshapeIntoReduction implements Rule {
  private static final String KEEP_DIMS = "keep_dims";
  private static final String[] REDUCTIONS = {
    "MEAN", "REDUCE_ALL", "REDUCE_ANY", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_PROD", "SUM"
  };

  @Override
  public Set<String> anchors() {
    return Set.of("EXPAND_DIMS", "RESHAPE", "SQUEEZE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match
        .soleProducer(0, REDUCTIONS)
        .filter(reduction -> isOtherForm(match, reduction))
        .map(reduction ->
            List.of(
                match.emit(
                    reduction.op().name(),
                    reduction.attributes().with(KEEP_DIMS, !keeps(reduction)),
                    reduction.operands())));
  }

  /** Whether the result has the shape that the reduction would have with the other option. */
  private static boolean isOtherForm(Match match, Node reduction) {
    Shape input = reduction.operand(0).type().shape();
    Shape shape = match.node().result().type().shape();
    Optional<Tensor> axes = match.valueOf(reduction.operand(1));
    return input.hasRank()
        && axes.isPresent()
        && ReductionAxes.result(input, axes.get(), !keeps(reduction)).equals(shape)
        && (!match.node().is("RESHAPE") || MergeReshapes.isCertain(shape));
  }

  private static boolean keeps(Node reduction) {
    return reduction.attributes().getBoolean(KEEP_DIMS, false);
  }
}
