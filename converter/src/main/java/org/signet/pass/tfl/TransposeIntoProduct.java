package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;

/**
 * <pre>
 *   BATCH_MATMUL(TRANSPOSE(x, [0, …, r−1, r−2]), y)  →  BATCH_MATMUL(x, y) {adj_x = not adj_x}
 * </pre>
 *
 * and so for the other operand. Only a transpose of the last two dimensions fits.
 */
public final class TransposeIntoProduct implements Rule {
  private static final String[] FLAGS = {"adj_x", "adj_y"};

  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_MATMUL");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Value[] operands = match.operands().toArray(Value[]::new);
    var options = match.attributes();
    boolean changed = false;
    for (int i = 0; i < FLAGS.length; i++) {
      Optional<Node> transpose = match.producer(i).filter(node -> node.is("TRANSPOSE"));
      Optional<int[]> order =
          transpose.flatMap(node -> match.valueOf(node.operand(1))).map(tensor -> tensor.toInts());
      if (order.isPresent() && isLastTwo(order.get())) {
        operands[i] = transpose.get().operand(0);
        options = options.with(FLAGS[i], !options.getBoolean(FLAGS[i], false));
        changed = true;
      }
    }
    return changed
        ? Optional.of(List.of(match.emit("BATCH_MATMUL", options, operands)))
        : Optional.empty();
  }

  private static boolean isLastTwo(int[] order) {
    int rank = order.length;
    if (order[rank - 1] != rank - 2) {
      return false;
    }
    for (int i = 0; i < rank - 2; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }
}
