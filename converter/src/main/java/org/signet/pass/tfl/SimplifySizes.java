package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Sizes that are put together and taken apart again:
 *
 * <pre>
 *   SHAPE(FILL(s, x))              →  s
 *   PACK(a, b, c)[1]               →  b
 *   GATHER(s, [2, 0, 1])[1]        →  s[0]
 *   CONCATENATION(s[0:1], s[1:3])  →  s[0:3]
 * </pre>
 */
final class SimplifySizes implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("CONCATENATION", "SHAPE", "STRIDED_SLICE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return switch (match.node().op().name()) {
      case "SHAPE" -> filled(match).map(List::of);
      case "STRIDED_SLICE" -> element(match).map(List::of);
      default -> joined(match).map(List::of);
    };
  }

  private static Optional<Value> filled(Match match) {
    return new Pattern(match)
        .argument(match.operand(0), "FILL")
        .filter(sizes -> sizes.type().equals(match.node().result().type()));
  }

  /** One element of a vector, as a vector of its own or as a scalar. */
  private static Optional<Value> element(Match match) {
    Optional<Part> part = Part.of(match, match.node(), match.operands());
    if (part.isEmpty() || part.get().end() != part.get().begin() + 1) {
      return Optional.empty();
    }
    int at = part.get().begin();
    boolean scalar = match.node().result().type().shape().rank() == 0;
    Node source = match.producer(0).orElse(match.node());
    if (source.is("PACK") && scalar) {
      return Optional.of(source.operand(at))
          .filter(one -> one.type().shape().equals(Shape.scalar()));
    }
    return source.is("GATHER") ? picked(match, source, at) : Optional.empty();
  }

  /** The element of what is gathered from a vector by known numbers. */
  private static Optional<Value> picked(Match match, Node gather, int at) {
    Optional<Tensor> numbers = match.valueOf(gather.operand(1));
    Shape whole = gather.operand(0).type().shape();
    if (!whole.hasRank() || whole.rank() != 1 || numbers.isEmpty()) {
      return Optional.empty();
    }
    int from = Math.toIntExact(numbers.get().getLong(at));
    return Optional.of(slice(match, match.attributes(), gather.operand(0), from, from + 1));
  }

  /** Slices that follow on each other become one. */
  private static Optional<Value> joined(Match match) {
    List<Value> parts = new ArrayList<>();
    Optional<Part> last = Optional.empty();
    for (Value operand : match.operands()) {
      Optional<Part> part = Part.of(match, operand);
      if (last.isPresent() && part.isPresent() && part.get().follows(last.get())) {
        Part both = new Part(part.get().whole(), last.get().begin(), part.get().end());
        parts.set(
            parts.size() - 1,
            slice(match, Attributes.NONE, both.whole(), both.begin(), both.end()));
        last = Optional.of(both);
      } else {
        parts.add(operand);
        last = part;
      }
    }
    if (parts.size() == match.operands().size()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.size() == 1
            ? parts.getFirst()
            : match.emit("CONCATENATION", match.attributes(), parts));
  }

  private static Value slice(Match match, Attributes options, Value whole, int begin, int end) {
    return match.emit(
        "STRIDED_SLICE",
        options,
        whole,
        match.constant("begin", Tensor.of(new int[] {begin})),
        match.constant("end", Tensor.of(new int[] {end})),
        match.constant("step", Tensor.of(new int[] {1})));
  }

  /** Elements of an int32 vector, from {@code begin} to before {@code end}. */
  private record Part(Value whole, int begin, int end) {
    /** What a slice gives, as a vector. */
    static Optional<Part> of(Match match, Value value) {
      return new Pattern(match)
          .node(value, "STRIDED_SLICE")
          .flatMap(node -> of(match, node, node.operands()));
    }

    static Optional<Part> of(Match match, Node slice, List<Value> operands) {
      Value whole = operands.get(0);
      Shape shape = whole.type().shape();
      Attributes options = slice.attributes();
      boolean plain =
          whole.type().dtype() == DType.INT32
              && shape.isStatic()
              && shape.rank() == 1
              && options.getInt("begin_mask", 0) == 0
              && options.getInt("end_mask", 0) == 0
              && options.getInt("ellipsis_mask", 0) == 0
              && options.getInt("new_axis_mask", 0) == 0;
      if (!plain || number(match, operands.get(3)).filter(step -> step == 1).isEmpty()) {
        return Optional.empty();
      }
      int size = shape.dim(0);
      return number(match, operands.get(1))
          .flatMap(begin -> number(match, operands.get(2)).map(end -> new Part(whole, begin, end)))
          .filter(part -> 0 <= part.begin && part.begin < part.end && part.end <= size);
    }

    private static Optional<Integer> number(Match match, Value value) {
      return match
          .valueOf(value)
          .filter(tensor -> tensor.size() == 1)
          .map(tensor -> Math.toIntExact(tensor.getLong(0)));
    }

    boolean follows(Part other) {
      return whole == other.whole && begin == other.end;
    }
  }
}
