package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.Shape;

/**
 * <pre>
 *   RESHAPE(x, shape of x)         →  x
 *   RESHAPE(RESHAPE(x, a), b)      →  RESHAPE(x, b)
 * </pre>
 *
 * The first fires where at most one size is unknown, since equal sizes are then certain.
 */
final class MergeReshapes implements Rule {
  private static final String RESHAPE = "RESHAPE";

  @Override
  public Set<String> anchors() {
    return Set.of(RESHAPE);
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape shape = match.operand(0).type().shape();
    Shape result = match.node().result().type().shape();
    if (shape.equals(result) && isCertain(shape)) {
      return Optional.of(List.of(match.operand(0)));
    }
    return match
        .producer(0)
        .filter(producer -> producer.is(RESHAPE))
        .map(producer ->
            List.of(
                match.emit(RESHAPE, match.attributes(), producer.operand(0), match.operand(1))));
  }

  /** Whether two tensors of this shape and of as many elements have the same sizes. */
  static boolean isCertain(Shape shape) {
    if (!shape.hasRank()) {
      return false;
    }
    int unknown = 0;
    for (int i = 0; i < shape.rank(); i++) {
      unknown += shape.isKnown(i) ? 0 : 1;
      if (shape.dim(i) == 0) {
        return shape.isStatic();
      }
    }
    return unknown <= 1;
  }
}
