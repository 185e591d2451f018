package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * SELECT and SELECT_V2 where each element has a condition of its own; what is chosen from has their
 * shape or is one number.
 *
 * @param settings of the provider
 */
record Select(Settings settings) implements Attempt {
  @Override
  public boolean isOfShapes() {
    return true;
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor held = call.operand(0);
    int[] shape = held.shape();
    boolean fits = held.dtype() == DType.BOOL && !settings.isSmall(held.size());
    for (int i = 1; i <= 2; i++) {
      fits &= covers(call.operand(i), shape);
    }
    return fits ? Optional.of(new Pieces(call, shape, held.size())) : Optional.empty();
  }

  /** Whether an operand is of this shape, or one number that is broadcast to it. */
  static boolean covers(Tensor operand, int[] shape) {
    return Arrays.equals(operand.shape(), shape)
        || (operand.size() == 1 && operand.rank() <= shape.length);
  }

  /** All elements, some at a time. */
  private final class Pieces implements Routine {
    private final int[] shape;
    private final int size;
    private final int yesStep;
    private final int noStep;
    private final Division division;
    private byte[] held = {};
    private float[] yes = {};
    private float[] no = {};
    private float[] out = {};

    private Pieces(OpCall call, int[] shape, int size) {
      this.shape = shape;
      this.size = size;
      yesStep = Arrays.equals(call.operand(1).shape(), shape) ? 1 : 0;
      noStep = Arrays.equals(call.operand(2).shape(), shape) ? 1 : 0;
      division =
          Division.of(
              call.workers(),
              size * Parts.ELEMENT,
              Math.ceilDiv(size, TailedAttempt.PIECE),
              (_, first, end) -> run(first, end));
    }

    @Override
    public void run(OpCall call) {
      held = call.operand(0).bytes();
      yes = call.operand(1).floats();
      no = call.operand(2).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }

    private void run(int first, int end) {
      for (int i = first; i < end; i++) {
        int at = i * TailedAttempt.PIECE;
        int count = Math.min(TailedAttempt.PIECE, size - at);
        settings.engine().select(held, yes, yesStep, no, noStep, out, at, count);
      }
    }
  }
}
