package org.signet.pass.tfl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   RELU(CONV_2D(x, w, b))  →  CONV_2D(x, w, b) {fused_activation_function=RELU}
 * </pre>
 *
 * and so for every operator that has the option and every activation that it may name.
 */
final class FuseActivation implements Rule {
  static final Map<String, String> ACTIVATIONS =
      Map.of("RELU", "RELU", "RELU6", "RELU6", "RELU_N1_TO_1", "RELU_N1_TO_1");

  private static final String[] FUSING = {
    "ADD",
    "SUB",
    "MUL",
    "DIV",
    "CONV_2D",
    "CONV_3D",
    "DEPTHWISE_CONV_2D",
    "FULLY_CONNECTED",
    "TRANSPOSE_CONV",
    "AVERAGE_POOL_2D",
    "MAX_POOL_2D"
  };

  @Override
  public Set<String> anchors() {
    return ACTIVATIONS.keySet();
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match
        .soleProducer(0, FUSING)
        .filter(producer -> producer.result().type().dtype() == DType.FLOAT32)
        .filter(producer ->
            producer.attributes().getString(FusedActivation.OPTION, "NONE").equals("NONE"))
        .map(producer -> List.of(fuse(match, producer)));
  }

  private static Value fuse(Match match, Node producer) {
    String activation = ACTIVATIONS.getOrDefault(match.node().op().name(), "NONE");
    return match.emit(
        producer.op().name(),
        producer.attributes().with(FusedActivation.OPTION, activation),
        producer.operands());
  }
}
