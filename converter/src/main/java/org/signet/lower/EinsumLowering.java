package org.signet.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Einsum of one operand or two. Of labels that an operand repeats, the diagonal is taken; those
 * that it has alone are summed. Two operands are then transposed to [batch, free, contracted],
 * groups of several labels are merged by a reshape, multiplied as matrices, and the result is taken
 * apart and transposed back. What is in order already is left alone. Where nothing is summed, they
 * are multiplied element by element.
 */
final class EinsumLowering implements Lowering {
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  /** The highest rank that TRANSPOSE takes. */
  private static final int HIGHEST_RANK = 6;

  @Override
  public Set<String> ops() {
    return Set.of("Einsum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    String text = op.attributes().getString("equation");
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < op.operands().size(); i++) {
      Optional<Value> value = ranked(op.operand(i), EinsumEquation.rank(text, i), emit);
      if (value.isEmpty()) {
        return Lowered.declined("a rank is unknown");
      }
      values.add(value.get());
    }
    List<Integer> ranks = values.stream().map(value -> value.type().shape().rank()).toList();
    if (ranks.size() > 2 || ranks.stream().anyMatch(rank -> rank > HIGHEST_RANK)) {
      return Lowered.declined("more than two operands, or a rank above " + HIGHEST_RANK);
    }
    Optional<EinsumEquation> equation = EinsumEquation.parse(text, ranks);
    if (equation.isEmpty()) {
      return Lowered.declined("the equation does not fit the ranks");
    }
    List<LabelledValue> operands = new ArrayList<>();
    for (int i = 0; i < ranks.size(); i++) {
      LabelledValue operand =
          new LabelledValue(values.get(i), equation.get().operands().get(i)).diagonal(emit);
      operands.add(operand.summed(equation.get().alone(i), emit));
    }
    String result = equation.get().result();
    if (operands.size() == 1) {
      return Lowered.to(operands.getFirst().ordered(result, emit).value());
    }
    EinsumEquation simple =
        new EinsumEquation(operands.stream().map(LabelledValue::labels).toList(), result);
    return multiply(simple, operands.getFirst().value(), operands.getLast().value(), emit);
  }

  /** A value of unknown rank under its own shape, which the equation tells the rank of. */
  private static Optional<Value> ranked(Value value, OptionalInt rank, Emitter emit) {
    if (value.type().shape().hasRank()) {
      return Optional.of(value);
    }
    return rank.isEmpty()
        ? Optional.empty()
        : Optional.of(emit.reshape(value, emit.shapeOf(value), Shape.ofRank(rank.getAsInt())));
  }

  private static Lowered multiply(EinsumEquation equation, Value left, Value right, Emitter emit) {
    Map<Character, DimSource> leftSizes = sizes(equation.left(), left, equation.right(), right);
    Map<Character, DimSource> rightSizes = sizes(equation.right(), right, equation.left(), left);
    String batch = equation.batch();
    String contracted = equation.contracted();
    String leftFree = equation.leftFree();
    String rightFree = equation.rightFree();
    String labels = batch + leftFree + rightFree;
    if (contracted.isEmpty() && labels.length() <= HIGHEST_RANK) {
      Value a =
          arrange(left, equation.left(), groups(batch + leftFree, rightFree), leftSizes, emit);
      List<String> own = groups(batch, leftFree);
      rightFree.chars().forEach(label -> own.add(String.valueOf((char) label)));
      Value b = arrange(right, equation.right(), own, rightSizes, emit);
      Value product = emit.builtin("MUL", a, b);
      return Lowered.to(
          new LabelledValue(product, labels).ordered(equation.result(), emit).value());
    }
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
    Lowered product =
        a.type().dtype() == DType.FLOAT32
            ? MatMulLowering.product(a, false, b, turn, emit)
            : IntegerProductLowering.product(a, false, b, turn, emit);
    if (!(product instanceof Lowered.To(List<Value> values))) {
      return product;
    }
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
    return Lowered.to(new LabelledValue(spread, labels).ordered(equation.result(), emit).value());
  }

  /** A group for each label of {@code apart}, then an empty one for each of {@code missing}. */
  private static List<String> groups(String apart, String missing) {
    return groups(apart, Collections.nCopies(missing.length(), ""));
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
   * dimension: of size 1 if it is empty.
   */
  private static Value arrange(
      Value value,
      String labels,
      List<String> groups,
      Map<Character, DimSource> sizes,
      Emitter emit) {
    Value ordered = new LabelledValue(value, labels).ordered(String.join("", groups), emit).value();
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
      sources.add(Objects.requireNonNull(sizes.get(label)));
    }
    return sources;
  }
}
