package org.signet.ir;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.signet.op.OpKey;

/** TensorFlow's ops whose only state is that of a generator of random numbers of their own. */
public final class RandomOps {
  private static final Set<String> NAMES =
      Set.of(
          "Multinomial",
          "ParameterizedTruncatedNormal",
          "RandomGamma",
          "RandomPoisson",
          "RandomPoissonV2",
          "RandomShuffle",
          "RandomStandardNormal",
          "RandomUniform",
          "RandomUniformInt",
          "TruncatedNormal");

  private RandomOps() {}

  static boolean contains(OpKey op) {
    return op.isTf() && NAMES.contains(op.name());
  }

  /** Whether a value depends on numbers that are drawn anew each time, for want of a seed. */
  public static boolean isDrawn(Value value) {
    Set<Node> seen = new HashSet<>();
    Deque<Value> queue = new ArrayDeque<>();
    queue.add(value);
    while (!queue.isEmpty()) {
      if (queue.remove() instanceof Value.Result result && seen.add(result.producer())) {
        Node node = result.producer();
        if (contains(node.op()) && !isSeeded(node)) {
          return true;
        }
        queue.addAll(node.operands());
      }
    }
    return false;
  }

  private static boolean isSeeded(Node node) {
    return node.attributes().getLong("seed", 0) != 0 || node.attributes().getLong("seed2", 0) != 0;
  }
}
