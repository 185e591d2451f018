package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.WindowAxis;
import org.signet.op.WindowAxis.Padding;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   CONV_2D(PAD(x, p), w, b) {padding=VALID}       →  CONV_2D(x, w, b) {padding=SAME}
 *   MAX_POOL_2D(PADV2(x, p, −∞)) {padding=VALID}   →  MAX_POOL_2D(x) {padding=SAME}
 *   MAX_POOL_2D(PAD(RELU(x), p)) {padding=VALID}   →  MAX_POOL_2D(RELU(x)) {padding=SAME}
 * </pre>
 *
 * and so for DEPTHWISE_CONV_2D, where SAME puts the windows to the same places: strided
 * convolutions of Keras are written so. The weights must be finite, since SAME leaves out the zeros
 * that PAD has multiplied. An average pool leaves padding out of its count and never fits.
 */
final class FusePad implements Rule {
  private static final String POOL = "MAX_POOL_2D";
  private static final int RANK = 4;

  @Override
  public Set<String> anchors() {
    return Set.of("CONV_2D", "DEPTHWISE_CONV_2D", POOL);
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> pad = match.producer(0).filter(node -> node.is("PAD") || node.is("PADV2"));
    Optional<Tensor> amounts = pad.flatMap(producer -> match.valueOf(producer.operand(1)));
    if (amounts.isEmpty()
        || !match.attributes().getString("padding", "SAME").equals("VALID")
        || match.operand(0).type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    Value source = pad.get().operand(0);
    Shape input = source.type().shape();
    Shape kernel = kernel(match);
    int[] padding = amounts.get().toInts();
    boolean fits =
        input.hasRank()
            && input.rank() == RANK
            && kernel.isStatic()
            && padding.length == 2 * RANK
            && padding[0] + padding[1] + padding[6] + padding[7] == 0
            && isSame(match.attributes(), "h", input.dim(1), kernel.dim(0), padding[2], padding[3])
            && isSame(match.attributes(), "w", input.dim(2), kernel.dim(1), padding[4], padding[5])
            && paddingCountsForNothing(match, pad.get());
    if (!fits) {
      return Optional.empty();
    }
    Value[] operands = match.operands().toArray(Value[]::new);
    operands[0] = source;
    Attributes same = match.attributes().with("padding", "SAME");
    return Optional.of(List.of(match.emit(match.node().op().name(), same, operands)));
  }

  /** The height and width of the window. */
  private static Shape kernel(Match match) {
    if (match.node().is(POOL)) {
      Attributes options = match.attributes();
      return Shape.of(options.getInt("filter_height"), options.getInt("filter_width"));
    }
    Shape filter = match.operand(1).type().shape();
    return filter.isStatic() ? Shape.of(filter.dim(1), filter.dim(2)) : Shape.ofRank(2);
  }

  private static boolean paddingCountsForNothing(Match match, Node pad) {
    if (!match.node().is(POOL)) {
      return pad.is("PAD") && match.constant(1).filter(FusePad::isFinite).isPresent();
    }
    return pad.is("PADV2")
        ? match.valueOf(pad.operand(2)).filter(FusePad::isLeast).isPresent()
        : pad.operand(0) instanceof Value.Result result && isNeverNegative(result.producer());
  }

  private static boolean isLeast(Tensor value) {
    return value.dtype() == DType.FLOAT32 && value.floats()[0] <= -Float.MAX_VALUE;
  }

  private static boolean isNeverNegative(Node node) {
    return Set.of("RELU", "RELU6")
        .contains(
            Pattern.isPlain(node)
                ? node.op().name()
                : node.attributes().getString(FusedActivation.OPTION));
  }

  /** Whether SAME sees the same windows along an axis as VALID does on the padded input. */
  private static boolean isSame(
      Attributes options, String axis, int input, int kernel, int before, int after) {
    if (input == Shape.UNKNOWN) {
      return false;
    }
    int stride = options.getInt("stride_" + axis, 1);
    int dilation = options.getInt("dilation_" + axis + "_factor", 1);
    WindowAxis same = WindowAxis.of(input, kernel, stride, dilation, Padding.SAME, 0, 0);
    WindowAxis padded =
        WindowAxis.of(input, kernel, stride, dilation, Padding.EXPLICIT, before, after);
    return same.equals(padded);
  }

  private static boolean isFinite(Tensor weights) {
    return weights.dtype() == DType.FLOAT32 && WeightedOperator.isFinite(weights);
  }
}
