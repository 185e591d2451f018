package org.signet.ir;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.KnownOperands;
import org.signet.op.OpKey;
import org.signet.type.TensorType;

/**
 * How a constant came of others: as a result of an op.
 *
 * @param operands constants, or absent
 * @param types of all results
 * @param index which result it is
 */
public record Derivation(
    OpKey op, Attributes attributes, List<Value> operands, List<TensorType> types, int index) {
  private static final Set<String> TRANSPOSES = Set.of("TRANSPOSE", "Transpose");
  private static final Set<String> PRODUCTS = Set.of("MUL", "Mul");

  public Derivation {
    operands = List.copyOf(operands);
    types = List.copyOf(types);
  }

  /** The operands large enough to be followed, in order. */
  public List<Value.Constant> sources() {
    return operands.stream()
        .filter(operand ->
            operand instanceof Value.Constant constant && Derivations.isFollowed(constant))
        .map(operand -> (Value.Constant) operand)
        .toList();
  }

  /** The order of the source's axes, if this only transposes it. */
  public Optional<int[]> order() {
    return TRANSPOSES.contains(op.name()) && operands.get(1) instanceof Value.Constant order
        ? Optional.of(axes(order))
        : Optional.empty();
  }

  private static int[] axes(Value.Constant order) {
    int[] axes = KnownOperands.ints(order.data().load(order.type()));
    return Arrays.stream(axes).map(axis -> Math.floorMod(axis, axes.length)).toArray();
  }

  /** The weights, if this is their product by fewer factors. */
  public Optional<Value.Constant> scaled() {
    if (!PRODUCTS.contains(op.name())
        || !(operands.getFirst() instanceof Value.Constant a)
        || !(operands.getLast() instanceof Value.Constant b)) {
      return Optional.empty();
    }
    Value.Constant larger = a.data().byteSize() >= b.data().byteSize() ? a : b;
    return a.data().byteSize() == b.data().byteSize() ? Optional.empty() : Optional.of(larger);
  }
}
