package org.signet.pass.tfl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/**
 * <pre>
 *   BATCH_TO_SPACE_ND(CONV_2D(SPACE_TO_BATCH_ND(x, d, p), w, b) {VALID}, d, c)
 *     →  CONV_2D(PAD(x, p − c), w, b) {VALID, dilation d}
 * </pre>
 *
 * and so for DEPTHWISE_CONV_2D: the form in which older versions of TensorFlow write a dilation.
 * What is cropped of the result is padding that need not have been added; where more is cropped,
 * the rule does not fire.
 */
final class FuseDilation implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_TO_SPACE_ND");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> operator = match.soleProducer(0, "CONV_2D", "DEPTHWISE_CONV_2D");
    Optional<Node> split =
        operator
            .map(node -> node.operand(0))
            .filter(Value.Result.class::isInstance)
            .map(value -> ((Value.Result) value).producer())
            .filter(node -> node.is("SPACE_TO_BATCH_ND"));
    if (split.isEmpty() || !isPlain(operator.get().attributes())) {
      return Optional.empty();
    }
    Optional<int[]> dilation = pair(match, split.get().operand(1));
    Optional<int[]> merged = pair(match, match.operand(1));
    Optional<Tensor> pads = match.valueOf(split.get().operand(2));
    Optional<Tensor> crops = match.constant(2);
    if (dilation.isEmpty()
        || merged.isEmpty()
        || !Arrays.equals(dilation.get(), merged.get())
        || pads.isEmpty()
        || crops.isEmpty()) {
      return Optional.empty();
    }
    int[] amounts = new int[8];
    boolean padded = false;
    for (int i = 0; i < 4; i++) {
      amounts[2 + i] = (int) (pads.get().getLong(i) - crops.get().getLong(i));
      padded |= amounts[2 + i] != 0;
      if (amounts[2 + i] < 0) {
        return Optional.empty();
      }
    }
    Value input = split.get().operand(0);
    if (padded) {
      Value constant = match.constant(match.node().name() + "/paddings", Tensor.of(amounts, 4, 2));
      input = match.emit("PAD", Attributes.NONE, input, constant);
    }
    Value[] operands = operator.get().operands().toArray(Value[]::new);
    operands[0] = input;
    Attributes options =
        operator
            .get()
            .attributes()
            .with("dilation_h_factor", dilation.get()[0])
            .with("dilation_w_factor", dilation.get()[1]);
    return Optional.of(List.of(match.emit(operator.get().op().name(), options, operands)));
  }

  private static boolean isPlain(Attributes options) {
    return options.getString("padding", "SAME").equals("VALID")
        && options.getInt("stride_h", 1) == 1
        && options.getInt("stride_w", 1) == 1
        && options.getInt("dilation_h_factor", 1) == 1
        && options.getInt("dilation_w_factor", 1) == 1;
  }

  private static Optional<int[]> pair(Match match, Value value) {
    return match.valueOf(value).map(Tensor::toInts).filter(ints -> ints.length == 2);
  }
}
