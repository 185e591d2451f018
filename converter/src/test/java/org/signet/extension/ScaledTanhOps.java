package org.signet.extension;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpExtension;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** {@code ScaledTanh}: tanh(x) * factor, on float32. */
public final class ScaledTanhOps implements OpExtension {
  @Override
  public List<OpDefinition> definitions() {
    return List.of(
        // What the source means by it.
        OpDefinition.tf(
            "ScaledTanh",
            op -> List.of(op.operand(0)),
            call -> evaluate(call, call.attributes().getFloat("factor"))),
        // What the custom op of the model file does; its options are the factor.
        OpDefinition.custom(
            "ScaledTanh", op -> List.of(op.operand(0)), call -> evaluate(call, factor(call))));
  }

  private static float factor(OpCall call) {
    byte[] options = call.attributes().getBytes(OpKey.CUSTOM_OPTIONS);
    return ByteBuffer.wrap(options).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  private static void evaluate(OpCall call, float factor) {
    Tensor x = call.operand(0);
    Tensor y = call.result(0, DType.FLOAT32, x.shape());
    for (int i = 0; i < x.size(); i++) {
      y.setDouble(i, (float) Math.tanh(x.getDouble(i)) * factor);
    }
  }
}
