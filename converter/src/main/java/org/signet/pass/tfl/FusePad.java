package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.WindowAxis;
import org.signet.op.WindowAxis.Padding;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   CONV_2D(PAD(x, p), w, b) {padding=VALID}  →  CONV_2D(x, w, b) {padding=SAME}
 * </pre>
 *
 * and so for DEPTHWISE_CONV_2D, where SAME puts the windows to the same places: strided
 * convolutions of Keras are written so. The weights must be finite, since SAME leaves out the zeros
 * that PAD has multiplied.
 */
final class FusePad implements Rule {
  private static final int RANK = 4;

  @Override
  public Set<String> anchors() {
    return Set.of("CONV_2D", "DEPTHWISE_CONV_2D");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> pad = match.producer(0).filter(producer -> producer.is("PAD"));
    Optional<Tensor> amounts = pad.flatMap(producer -> match.valueOf(producer.operand(1)));
    if (amounts.isEmpty()
        || !match.attributes().getString("padding", "SAME").equals("VALID")
        || match.operand(0).type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    Value source = pad.get().operand(0);
    Shape input = source.type().shape();
    Shape filter = match.operand(1).type().shape();
    int[] padding = amounts.get().toInts();
    boolean fits =
        input.hasRank()
            && input.rank() == RANK
            && filter.isStatic()
            && padding.length == 2 * RANK
            && padding[0] + padding[1] + padding[6] + padding[7] == 0
            && isSame(match.attributes(), "h", input.dim(1), filter.dim(1), padding[2], padding[3])
            && isSame(match.attributes(), "w", input.dim(2), filter.dim(2), padding[4], padding[5])
            && match.constant(1).filter(FusePad::isFinite).isPresent();
    if (!fits) {
      return Optional.empty();
    }
    Value[] operands = match.operands().toArray(Value[]::new);
    operands[0] = source;
    Attributes same = match.attributes().with("padding", "SAME");
    return Optional.of(List.of(match.emit(match.node().op().name(), same, operands)));
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
    if (weights.dtype() != DType.FLOAT32) {
      return false;
    }
    for (float weight : weights.floats()) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }
}
