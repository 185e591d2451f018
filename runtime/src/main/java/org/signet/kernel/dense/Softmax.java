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
        (first, end) -> settings.engine().softmax(from, out, first, end, row, beta));
    return true;
  }
}
