package org.signet.source.stablehlo;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ops that run one after the other; what they give is the operands of the last.
 *
 * @param arguments what the region is given
 * @param ops at least one
 */
public record HloRegion(List<HloValue> arguments, List<HloOp> ops) {
  public HloRegion {
    arguments = List.copyOf(arguments);
    ops = List.copyOf(ops);
  }

  /** What the region gives. */
  public List<HloValue> results() {
    return ops.getLast().operands();
  }

  /** The values from outside that the region uses, in the order of their first use. */
  public Set<HloValue> captured() {
    Set<HloValue> found = new LinkedHashSet<>();
    collect(new HashSet<>(), found);
    return found;
  }

  private void collect(Set<HloValue> defined, Set<HloValue> found) {
    defined.addAll(arguments);
    for (HloOp op : ops) {
      op.operands().stream().filter(operand -> !defined.contains(operand)).forEach(found::add);
      op.regions().forEach(region -> region.collect(defined, found));
      defined.addAll(op.results());
    }
  }
}
