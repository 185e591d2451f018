package org.signet.pass.tfl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   BatchToSpaceND(Conv3D(SpaceToBatchND(x, d, p), w) {VALID}, d, c)
 *     →  CONV_3D(PAD(x, p − c), w, 0) {VALID, dilation d}
 * </pre>
 *
 * as {@link FuseDilation} does it for images. On TensorFlow's ops, since there are no builtins that
 * divide volumes into parts.
 */
public final class FuseVolumeDilation implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("BatchToSpaceND");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return producer(match.operand(0), "Conv3D")
        .filter(FuseVolumeDilation::isPlain)
        .flatMap(convolution ->
            producer(convolution.operand(0), "SpaceToBatchND")
                .flatMap(split -> dilated(match, convolution, split)));
  }

  private static Optional<Node> producer(Value value, String op) {
    return value instanceof Value.Result result && result.producer().op().equals(OpKey.tf(op))
        ? Optional.of(result.producer())
        : Optional.empty();
  }

  private static Optional<List<Value>> dilated(Match match, Node convolution, Node split) {
    Optional<int[]> dilation = match.valueOf(split.operand(1)).map(Tensor::toInts);
    Optional<int[]> merged = match.constant(1).map(Tensor::toInts);
    Optional<int[]> paddings = FuseDilation.paddings(match, split);
    if (dilation.filter(factors -> factors.length == 3).isEmpty()
        || merged.filter(factors -> Arrays.equals(factors, dilation.get())).isEmpty()
        || paddings.isEmpty()) {
      return Optional.empty();
    }
    Value input = split.operand(0);
    String name = match.node().name();
    if (Arrays.stream(paddings.get()).anyMatch(amount -> amount != 0)) {
      Tensor amounts = Tensor.of(paddings.get(), paddings.get().length / 2, 2);
      input = match.emit("PAD", Attributes.NONE, input, match.constant(name + "/pad", amounts));
    }
    Value filter = convolution.operand(1);
    Tensor zeros = Tensor.zeros(DType.FLOAT32, filter.type().shape().dim(4));
    Attributes options =
        Attributes.of("padding", "VALID", FusedActivation.OPTION, "NONE")
            .with("dilation_d_factor", dilation.get()[0])
            .with("dilation_h_factor", dilation.get()[1])
            .with("dilation_w_factor", dilation.get()[2]);
    for (String stride : List.of("stride_d", "stride_h", "stride_w")) {
      options = options.with(stride, 1);
    }
    Value bias = match.constant(name + "/bias", zeros);
    return Optional.of(List.of(match.emit("CONV_3D", options, input, filter, bias)));
  }

  /** Whether it is a convolution of float32 volumes by single steps, without groups. */
  private static boolean isPlain(Node convolution) {
    Attributes options = convolution.attributes();
    Shape input = convolution.operand(0).type().shape();
    Shape filter = convolution.operand(1).type().shape();
    return convolution.result().type().dtype() == DType.FLOAT32
        && options.getString("padding").equals("VALID")
        && options.getString("data_format", "NDHWC").equals("NDHWC")
        && Arrays.stream(options.getInts("strides")).allMatch(step -> step == 1)
        && Arrays.stream(options.getInts("dilations")).allMatch(step -> step == 1)
        && filter.isStatic()
        && input.hasRank()
        && input.dim(4) == filter.dim(3);
  }
}
