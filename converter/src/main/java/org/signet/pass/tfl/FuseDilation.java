package org.signet.pass.tfl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   BATCH_TO_SPACE_ND(CONV_2D(SPACE_TO_BATCH_ND(x, d, p), w, b) {VALID}, d, c)
 *     →  CONV_2D(PAD(x, p − c), w, b) {VALID, dilation d}
 *   BATCH_TO_SPACE_ND(RESHAPE(CONV_2D(RESHAPE(SPACE_TO_BATCH_ND(x, d, p)), w, b)), d, c)
 *     →  RESHAPE(CONV_2D(RESHAPE(PAD(x, p − c)), w, b) {VALID, dilation [1, d]})
 * </pre>
 *
 * and so for DEPTHWISE_CONV_2D: the form in which older versions of TensorFlow write a dilation,
 * and Keras one along a line. What is cropped of the result is padding that need not have been
 * added; where more is cropped, the rule does not fire.
 */
final class FuseDilation implements Rule {
  private static final String[] OPERATORS = {"CONV_2D", "DEPTHWISE_CONV_2D"};

  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_TO_SPACE_ND");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape result = match.node().result().type().shape();
    if (result.hasRank() && result.rank() == 3) {
      return match
          .soleProducerWithin(0, 0, OPERATORS)
          .filter(_ -> match.producer(0).orElseThrow().is("RESHAPE"))
          .filter(node -> isOfLines(match.operand(0), node.result()))
          .flatMap(operator ->
              new Pattern(match)
                  .node(operator.operand(0), "RESHAPE")
                  .map(lines -> lines.operand(0))
                  .filter(lines -> isOfLines(lines, operator.operand(0)))
                  .flatMap(lines -> dilated(match, operator, lines, true)));
    }
    return match
        .soleProducer(0, OPERATORS)
        .flatMap(operator -> dilated(match, operator, operator.operand(0), false));
  }

  /** Whether images are so many lines with a height of 1, and not several put together. */
  private static boolean isOfLines(Value lines, Value images) {
    Shape shape = lines.type().shape();
    return MergeReshapes.isCertain(shape)
        && shape.rank() == 3
        && withHeight(shape).equals(images.type().shape());
  }

  /**
   * @param parts what the image or, if so, the line was divided into
   */
  private static Optional<List<Value>> dilated(
      Match match, Node operator, Value parts, boolean line) {
    Optional<Node> split = new Pattern(match).node(parts, "SPACE_TO_BATCH_ND");
    if (split.isEmpty() || !isPlain(operator.attributes())) {
      return Optional.empty();
    }
    Optional<int[]> dilation = match.valueOf(split.get().operand(1)).map(Tensor::toInts);
    Optional<int[]> merged = match.constant(1).map(Tensor::toInts);
    Optional<int[]> paddings = paddings(match, split.get());
    Value input = split.get().operand(0);
    if (dilation.isEmpty()
        || merged.isEmpty()
        || !Arrays.equals(dilation.get(), merged.get())
        || paddings.isEmpty()
        || dilation.get().length != (line ? 1 : 2)
        || (line && !isReshapable(match, input))) {
      return Optional.empty();
    }
    if (Arrays.stream(paddings.get()).anyMatch(amount -> amount != 0)) {
      Tensor amounts = Tensor.of(paddings.get(), paddings.get().length / 2, 2);
      Value constant = match.constant(match.node().name() + "/paddings", amounts);
      input = match.emit("PAD", Attributes.NONE, input, constant);
    }
    Value[] operands = operator.operands().toArray(Value[]::new);
    operands[0] = line ? reshaped(match, input, withHeight(input.type().shape())) : input;
    Attributes options =
        operator
            .attributes()
            .with("dilation_h_factor", line ? 1 : dilation.get()[0])
            .with("dilation_w_factor", dilation.get()[line ? 0 : 1]);
    Value image = match.emit(operator.op().name(), options, operands);
    Shape shape = match.node().result().type().shape();
    return Optional.of(List.of(line ? reshaped(match, image, shape) : image));
  }

  /** What is padded before and behind each dimension and not cropped, if that is nowhere less. */
  static Optional<int[]> paddings(Match match, Node split) {
    Optional<Tensor> pads = match.valueOf(split.operand(2));
    Optional<Tensor> crops = match.constant(2);
    if (pads.isEmpty() || crops.isEmpty() || pads.get().size() != crops.get().size()) {
      return Optional.empty();
    }
    int[] amounts = new int[pads.get().size() + 4];
    for (int i = 2; i < amounts.length - 2; i++) {
      amounts[i] = (int) (pads.get().getLong(i - 2) - crops.get().getLong(i - 2));
    }
    return Optional.of(amounts).filter(all -> Arrays.stream(all).allMatch(amount -> amount >= 0));
  }

  /** Whether one size at most of the line and of the result is known at run time only. */
  private static boolean isReshapable(Match match, Value input) {
    return Stream.of(input, match.node().result())
        .map(value -> value.type().shape())
        .allMatch(
            shape -> IntStream.range(0, shape.rank()).filter(i -> !shape.isKnown(i)).count() <= 1);
  }

  private static Shape withHeight(Shape line) {
    return Shape.of(line.dim(0), 1, line.dim(1), line.dim(2));
  }

  private static Value reshaped(Match match, Value value, Shape shape) {
    Value sizes = match.constant(match.node().name() + "/shape", Tensor.of(shape.dims()));
    List<Long> longs = Arrays.stream(shape.dims()).mapToObj(Long::valueOf).toList();
    return match.emit("RESHAPE", Attributes.of("new_shape", longs), value, sizes);
  }

  private static boolean isPlain(Attributes options) {
    return options.getString("padding", "SAME").equals("VALID")
        && options.getInt("stride_h", 1) == 1
        && options.getInt("stride_w", 1) == 1
        && options.getInt("dilation_h_factor", 1) == 1
        && options.getInt("dilation_w_factor", 1) == 1;
  }
}
