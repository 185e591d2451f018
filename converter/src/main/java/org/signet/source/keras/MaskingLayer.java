package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/** {@code Masking}: time steps of which every feature is the mask value are zeroed and masked. */
final class MaskingLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Masking");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    if (x.dtype() == DType.BOOL) {
      throw call.unsupported("its input is bool");
    }
    KerasTensor differs = ops.binary("NotEqual", x, call.config().getDouble("mask_value", 0));
    KerasTensor kept = ops.reduce("Any", differs, true, x.rank() - 1);
    KerasTensor result = ops.times(x, ops.cast(kept, x.dtype()));
    return List.of(result.withMask(Optional.of(ops.squeeze(kept, x.rank() - 1))));
  }
}
