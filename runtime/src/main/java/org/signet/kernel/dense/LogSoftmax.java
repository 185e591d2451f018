package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * LOG_SOFTMAX along the last dimension: {@code x − m − ln Σ exp(x − m)} with the largest element m.
 *
 * @param settings of the provider
 */
record LogSoftmax(Settings settings) implements Attempt {
  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor x = call.operand(0);
    boolean fits = x.rank() > 0 && x.size() > 0 && !settings.isSmallSoftmax(x.size());
    return fits ? Optional.of(new RowsOf(call, x)) : Optional.empty();
  }

  private final class RowsOf implements Routine {
    private final int[] shape;
    private final int row;
    private final int rows;
    private final int block;
    private final Division division;
    private float[] from = {};
    private float[] out = {};

    /** The largest element of each row. */
    private float[] highest = {};

    private RowsOf(OpCall call, Tensor x) {
      this.shape = x.shape();
      this.row = x.dim(-1);
      this.rows = x.size() / row;
      this.block = Math.max(1, TailedAttempt.PIECE / row);
      this.division =
          Division.of(
              call.workers(), x.size() * Parts.ELEMENT, rows, (_, first, end) -> run(first, end));
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      highest = call.workspace(rows);
      division.run(call.workers());
    }

    private double sum(int at) {
      double even = 0;
      double odd = 0;
      int i = at;
      for (; i + 2 <= at + row; i += 2) {
        even += out[i];
        odd += out[i + 1];
      }
      return i < at + row ? even + odd + out[i] : even + odd;
    }

    private void run(int first, int end) {
      for (int begin = first, next; begin < end; begin = next) {
        next = Math.min(begin + block, end);
        settings.engine().extremes(from, begin, next, row, false, highest);
        for (int i = begin; i < next; i++) {
          PlainLoops.shiftAndScale(from, out, i * row, row, highest[i], 1);
        }
        settings.engine().exp(out, out, begin * row, (next - begin) * row);
        for (int i = begin; i < next; i++) {
          float shift = (float) Math.log(sum(i * row));
          for (int k = i * row; k < (i + 1) * row; k++) {
            out[k] = from[k] - highest[i] - shift;
          }
        }
      }
    }
  }
}
