package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * RFFT and RFFT2D where the kernel takes their lengths: powers of two. One dimension is two of
 * which the first has size 1.
 */
final class FourierLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("RFFT", "RFFT2D");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Optional<int[]> lengths = emit.intsOf(op.operand(1));
    Shape shape = op.shape(0);
    if (op.dtype(0) != DType.FLOAT32 || op.result().dtype() != DType.COMPLEX64) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (lengths.isEmpty() || !shape.hasRank()) {
      return Lowered.declined("the length is not constant");
    }
    for (int length : lengths.get()) {
      if (Integer.bitCount(length) != 1) {
        return Lowered.declined("the kernel takes powers of two only, not " + length);
      }
    }
    if (op.name().equals("RFFT2D")) {
      return Lowered.to(emit.builtin("RFFT2D", op.operand(0), op.operand(1)));
    }
    int length = lengths.get()[0];
    int last = shape.rank() - 1;
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      dims.add(DimSource.of(op.operand(0), i));
    }
    List<DimSource> result = new ArrayList<>(dims);
    dims.add(new DimSource(1, List.of()));
    dims.add(DimSource.of(op.operand(0), last));
    Value rows = DimSource.reshape(op.operand(0), dims, emit);
    Value spectrum = emit.builtin("RFFT2D", rows, emit.ints(1, length));
    result.add(new DimSource(length / 2 + 1, List.of()));
    return Lowered.to(DimSource.reshape(spectrum, result, emit));
  }
}
