package org.signet.lower;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * Random numbers from a generator with state, which keep their seeds. A builtin's numbers of
 * classes are int32: its table has no field for the type.
 */
final class RandomLowering implements Lowering {
  private static final Map<String, String> BUILTINS =
      Map.of(
          "Multinomial", "MULTINOMIAL",
          "RandomStandardNormal", "RANDOM_STANDARD_NORMAL",
          "RandomUniform", "RANDOM_UNIFORM");

  @Override
  public Set<String> ops() {
    return BUILTINS.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean classes = op.name().equals("Multinomial");
    DType floats = classes ? op.dtype(0) : op.result().dtype();
    if (floats != DType.FLOAT32) {
      return KernelTypes.decline(floats);
    }
    Attributes seeds =
        Attributes.of(
            "seed", op.attributes().getLong("seed", 0),
            "seed2", op.attributes().getLong("seed2", 0));
    String builtin = Objects.requireNonNull(BUILTINS.get(op.name()));
    Value drawn =
        classes
            ? emit.builtin(builtin, seeds, op.operand(0), op.operand(1))
            : emit.builtin(builtin, seeds, emit.cast(op.operand(0), DType.INT32));
    return Lowered.to(emit.cast(drawn, op.result().dtype()));
  }
}
