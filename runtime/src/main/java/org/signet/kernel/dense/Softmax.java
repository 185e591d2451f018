package org.signet.kernel.dense;

import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** SOFTMAX along the last dimension: {@code exp(beta·x) / Σ exp(beta·x)}, for a positive beta. */
final class Softmax implements Attempt {
  private final float beta;
  private final Settings settings;

  Softmax(Step step, Settings settings) {
    beta = step.attributes().getFloat("beta", 1);
    this.settings = settings;
  }

  @Override
  public boolean run(OpCall call) {
    Tensor x = call.operand(0);
    if (x.rank() == 0 || settings.isSmall(x.size()) || !(beta > 0)) {
      return false;
    }
    int row = x.dim(-1);
    int size = x.size();
    float[] from = x.floats();
    float[] out = call.result(0, DType.FLOAT32, x.shape()).floats();
    Parts.forEach(
        call.workers(),
        size * Parts.ELEMENT,
        row == 0 ? 0 : size / row,
        (first, end) -> rows(from, out, first * row, end * row, row));
    return true;
  }

  private void rows(float[] from, float[] out, int first, int end, int row) {
    for (int at = first; at < end; at += row) {
      PlainLoops.shiftAndScale(from, out, at, row, Rows.max(from, at, row), beta);
      settings.engine().exp(out, out, at, row);
      float scale = (float) (1 / Rows.sum(out, at, row));
      PlainLoops.shiftAndScale(out, out, at, row, 0, scale);
    }
  }
}
