package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/**
 * <pre>
 *   TRANSPOSE(TRANSPOSE(x, p), q)  →  TRANSPOSE(x, q of p)
 * </pre>
 *
 * for constant orders; where both together leave {@code x} as it is, that is a no-op which goes,
 * too.
 */
final class MergeTransposes implements Rule {
  private static final String TRANSPOSE = "TRANSPOSE";

  @Override
  public Set<String> anchors() {
    return Set.of(TRANSPOSE);
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> inner = match.producer(0).filter(producer -> producer.is(TRANSPOSE));
    Optional<Tensor> outerOrder = match.constant(1);
    Optional<Tensor> innerOrder = inner.flatMap(producer -> match.valueOf(producer.operand(1)));
    if (outerOrder.isEmpty() || innerOrder.isEmpty()) {
      return Optional.empty();
    }
    int[] outer = outerOrder.get().toInts();
    int[] first = innerOrder.get().toInts();
    int[] order = new int[outer.length];
    boolean identity = true;
    for (int i = 0; i < order.length; i++) {
      int middle = first[Shapes.axis(outer[i], order.length)];
      order[i] = Shapes.axis(middle, order.length);
      identity &= order[i] == i;
    }
    Value source = inner.get().operand(0);
    return Optional.of(
        List.of(
            identity
                ? source
                : match.emit(
                    TRANSPOSE,
                    Attributes.NONE,
                    source,
                    match.constant(match.node().name() + "/order", Tensor.of(order)))));
  }
}
