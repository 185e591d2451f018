package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * EQUAL, LESS and their kin on two tensors of one shape, or on one and a number; float32 or int32.
 *
 * @param settings of the provider
 * @param relation that between the operands
 * @param isSwapped whether it is that of the second to the first
 */
record Compare(Settings settings, Comparison relation, boolean isSwapped) implements Attempt {
  static BiFunction<Step, Settings, Attempt> of(Comparison relation, boolean isSwapped) {
    return (_, settings) -> new Compare(settings, relation, isSwapped);
  }

  @Override
  public boolean isOfShapes() {
    return true;
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor a = call.operand(isSwapped ? 1 : 0);
    Tensor b = call.operand(isSwapped ? 0 : 1);
    Tensor larger = a.size() < b.size() ? b : a;
    int[] shape = larger.shape();
    boolean fits =
        a.dtype() == b.dtype()
            && !settings.isSmall(larger.size())
            && Select.covers(a, shape)
            && Select.covers(b, shape);
    return fits ? Optional.of(new Pieces(call, a, b, shape, larger.size())) : Optional.empty();
  }

  /** All elements, some at a time. */
  private final class Pieces implements Routine {
    private final int[] shape;
    private final int size;
    private final int aStep;
    private final int bStep;
    private final Division division;
    private Tensor a;
    private Tensor b;
    private byte[] out = {};

    private Pieces(OpCall call, Tensor a, Tensor b, int[] shape, int size) {
      this.a = a;
      this.b = b;
      this.shape = shape;
      this.size = size;
      aStep = Arrays.equals(a.shape(), shape) ? 1 : 0;
      bStep = Arrays.equals(b.shape(), shape) ? 1 : 0;
      division =
          Division.of(
              call.workers(),
              size * Parts.ELEMENT,
              Math.ceilDiv(size, TailedAttempt.PIECE),
              (_, first, end) -> run(first, end));
    }

    @Override
    public void run(OpCall call) {
      a = call.operand(isSwapped ? 1 : 0);
      b = call.operand(isSwapped ? 0 : 1);
      out = call.result(0, DType.BOOL, shape).bytes();
      division.run(call.workers());
    }

    private void run(int first, int end) {
      for (int i = first; i < end; i++) {
        int at = i * TailedAttempt.PIECE;
        int count = Math.min(TailedAttempt.PIECE, size - at);
        if (a.dtype() == DType.FLOAT32) {
          settings.engine().compare(relation, a.floats(), aStep, b.floats(), bStep, out, at, count);
        } else {
          settings.engine().compare(relation, a.ints(), aStep, b.ints(), bStep, out, at, count);
        }
      }
    }
  }
}
