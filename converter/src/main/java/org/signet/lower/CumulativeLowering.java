package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Cumprod along an axis of known size n, in log₂ n steps: each multiplies every element with the
 * one 1, 2, 4, … places before it, of which ones stand before the first.
 */
final class CumulativeLowering implements Lowering {
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("Cumprod");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<int[]> axis = emit.intsOf(op.operand(1));
    if (axis.isEmpty() || !op.shape(0).hasRank()) {
      return Lowered.declined("the axis is not constant");
    }
    int at = Shapes.axis(axis.get()[0], op.shape(0).rank());
    int size = op.shape(0).dim(at);
    if (!op.shape(0).isKnown(at)) {
      return Lowered.declined("the size along the axis is not known");
    }
    List<DimSource> dims = DimSource.all(op.operand(0));
    DimSource before = DimSource.product(dims.subList(0, at));
    DimSource after = DimSource.product(dims.subList(at + 1, dims.size()));
    Value product = DimSource.reshape(op.operand(0), List.of(before, dims.get(at), after), emit);
    boolean reverse = op.attributes().getBoolean("reverse");
    if (op.attributes().getBoolean("exclusive") && size > 0) {
      product = shifted(product, 1, size, reverse, emit);
    }
    for (int step = 1; step < size; step *= 2) {
      product = emit.builtin("MUL", product, shifted(product, step, size, reverse, emit));
    }
    return Lowered.to(DimSource.reshape(product, new ArrayList<>(dims), emit));
  }

  /** {@code value} [before, size, after] moved by {@code by} places; ones come in. */
  private static Value shifted(Value value, int by, int size, boolean back, Emitter emit) {
    int[] pads = back ? new int[] {0, 0, 0, by, 0, 0} : new int[] {0, 0, by, 0, 0, 0};
    Value padded =
        emit.builtin(
            "PADV2",
            value,
            emit.constant(Tensor.of(pads, 3, 2)),
            emit.scalar(value.type().dtype(), 1));
    return emit.builtin("SLICE", padded, emit.ints(0, back ? by : 0, 0), emit.ints(-1, size, -1));
  }
}
