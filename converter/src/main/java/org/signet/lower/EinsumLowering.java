package org.signet.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Einsum of two operands: both are transposed to [batch, free, contracted], groups of several
 * labels are merged by a reshape, multiplied as matrices, and the result is taken apart and
 * transposed back. What is in order already is left alone.
 */
final class EinsumLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Einsum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.operands().size() != 2 || op.dtype(0) != DType.FLOAT32) {
      return Lowered.declined(
          op.operands().size() != 2 ? "not two operands" : "no kernel for " + op.dtype(0));
    }
    if (!op.shape(0).hasRank() || !op.shape(1).hasRank()) {
      return Lowered.declined("a rank is unknown");
    }
    Optional<EinsumEquation> equation =
        EinsumEquation.parse(
            op.attributes().getString("equation"), op.shape(0).rank(), op.shape(1).rank());
    return equation
        .map(found -> multiply(found, op.operand(0), op.operand(1), emit))
        .orElseGet(() -> Lowered.declined("the equation is no matrix product"));
  }

  private static Lowered multiply(EinsumEquation equation, Value left, Value right, Emitter emit) {
    Map<Character, DimSource> leftSizes = sizes(equation.left(), left, equation.right(), right);
    Map<Character, DimSource> rightSizes = sizes(equation.right(), right, equation.left(), left);
    String batch = equation.batch();
    String contracted = equation.contracted();
    String leftFree = equation.leftFree();
    String rightFree = equation.rightFree();
    // Without a batch the right side is a matrix, and leading dimensions of the left side need no
    // merging.
    boolean open = batch.isEmpty() && !leftFree.isEmpty();
    // Turned over, the right side often needs no transpose: [batch, free, contracted] is what
    // attention scores have.
    boolean turn = !open && (batch + rightFree + contracted).equals(equation.right());
    List<String> leftGroups =
        groups(open ? leftFree : batch, open ? List.of(contracted) : List.of(leftFree, contracted));
    List<String> rightGroups =
        groups(batch, turn ? List.of(rightFree, contracted) : List.of(contracted, rightFree));
    Value a = arrange(left, equation.left(), leftGroups, leftSizes, emit);
    Value b = arrange(right, equation.right(), rightGroups, rightSizes, emit);
    Lowered product = MatMulLowering.product(a, false, b, turn, emit);
    if (!(product instanceof Lowered.To(List<Value> values))) {
      return product;
    }
    String labels = batch + leftFree + rightFree;
    boolean merged = rightFree.length() != 1 || (!open && leftFree.length() != 1);
    Value spread = values.getFirst();
    if (merged) {
      Map<Character, DimSource> sizes = new HashMap<>(leftSizes);
      sizes.putAll(rightSizes);
      for (int i = 0; i < batch.length(); i++) {
        sizes.put(batch.charAt(i), DimSource.of(spread, i)); // broadcast by now
      }
      spread = DimSource.reshape(spread, sources(labels, sizes), emit);
    }
    return Lowered.to(transposed(spread, labels, equation.result(), emit));
  }

  /** A group for each label of {@code apart}, then {@code merged}. */
  private static List<String> groups(String apart, List<String> merged) {
    List<String> groups = new ArrayList<>();
    apart.chars().forEach(label -> groups.add(String.valueOf((char) label)));
    groups.addAll(merged);
    return groups;
  }

  /**
   * {@code value} with its labels in the order of the groups, and each group merged into one
   * dimension.
   */
  private static Value arrange(
      Value value,
      String labels,
      List<String> groups,
      Map<Character, DimSource> sizes,
      Emitter emit) {
    Value ordered = transposed(value, labels, String.join("", groups), emit);
    if (groups.stream().allMatch(group -> group.length() == 1)) {
      return ordered;
    }
    return DimSource.reshape(
        ordered,
        groups.stream().map(group -> DimSource.product(sources(group, sizes))).toList(),
        emit);
  }

  /**
   * The sizes of {@code value}'s dimensions by label. One that is unknown is that of the same label
   * in the other operand, but for an ellipsis, which may broadcast.
   */
  private static Map<Character, DimSource> sizes(
      String labels, Value value, String otherLabels, Value other) {
    Map<Character, DimSource> sizes = new HashMap<>();
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      int inOther = otherLabels.indexOf(label);
      DimSource own = DimSource.of(value, i);
      boolean borrows = !own.isKnown() && inOther >= 0 && !EinsumEquation.isOfEllipsis(label);
      sizes.put(label, borrows ? DimSource.of(other, inOther) : own);
    }
    return sizes;
  }

  private static List<DimSource> sources(String labels, Map<Character, DimSource> sizes) {
    List<DimSource> sources = new ArrayList<>();
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      sources.add(java.util.Objects.requireNonNull(sizes.get(label)));
    }
    return sources;
  }

  private static Value transposed(Value value, String from, String to, Emitter emit) {
    if (from.equals(to)) {
      return value;
    }
    int[] order = new int[to.length()];
    for (int i = 0; i < order.length; i++) {
      order[i] = from.indexOf(to.charAt(i));
    }
    return emit.transpose(value, order);
  }
}
