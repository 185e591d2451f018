package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.Shape;

/**
 * <pre>
 *   PACK(UNPACK(x))          →  x
 *   UNPACK(PACK(x, y, …))    →  x, y, …
 * </pre>
 *
 * along the same axis, of all elements in their order.
 */
final class MergePacks implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("PACK", "UNPACK");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    boolean packs = match.node().is("PACK");
    Optional<Node> inner = match.producer(0).filter(node -> node.is(packs ? "UNPACK" : "PACK"));
    Optional<Value> whole = inner.map(node -> packs ? node.operand(0) : node.result());
    if (whole.isEmpty() || !isSameAxis(match.node(), inner.get(), whole.get().type().shape())) {
      return Optional.empty();
    }
    if (!packs) {
      return Optional.of(inner.get().operands());
    }
    return inner.get().results().equals(match.operands())
        ? Optional.of(List.of(whole.get()))
        : Optional.empty();
  }

  private static boolean isSameAxis(Node node, Node inner, Shape whole) {
    int axis = node.attributes().getInt("axis", 0);
    int other = inner.attributes().getInt("axis", 0);
    return axis == other
        || (whole.hasRank()
            && Math.floorMod(axis, whole.rank()) == Math.floorMod(other, whole.rank()));
  }
}
