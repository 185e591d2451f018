package org.signet.extension;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.signet.lower.Emitter;
import org.signet.lower.Lowered;
import org.signet.lower.Lowering;
import org.signet.lower.TfOp;
import org.signet.type.DType;

/** {@code ScaledTanh} becomes TANH where the factor is 1, and a custom op otherwise. */
public final class ScaledTanhLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ScaledTanh");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return Lowered.declined("no kernel for " + op.dtype(0));
    }
    float factor = op.attributes().getFloat("factor");
    if (factor == 1) {
      return Lowered.to(emit.builtin("TANH", op.operand(0)));
    }
    byte[] options =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(factor).array();
    return Lowered.to(emit.custom("ScaledTanh", options, op.operands(), op.resultTypes()));
  }
}
