package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.op.ReductionAxes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SUM and MEAN over dimensions that lie next to each other, such as the last ones, or height and
 * width of NHWC.
 *
 * @param settings of the provider
 * @param mean whether sums are divided by the number of elements
 * @param ofRows whether they are known to be over the last dimension, which is kept
 */
record Sums(Settings settings, boolean mean, boolean ofRows) implements Attempt {

  static BiFunction<Step, Settings, Attempt> of(boolean mean) {
    return (step, settings) -> new Sums(settings, mean, isOfRows(step));
  }

  private static boolean isOfRows(Step step) {
    Optional<Tensor> axes = step.constants().get(1);
    Optional<TensorType> type = step.operandTypes().getFirst();
    if (axes.isEmpty() || axes.get().size() != 1 || type.isEmpty()) {
      return false;
    }
    Shape shape = type.get().shape();
    int axis = axes.get().toInts()[0];
    return step.attributes().getBoolean("keep_dims", false)
        && shape.hasRank()
        && shape.rank() > 0
        && (axis == -1 || axis == shape.rank() - 1);
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return mean
            && ofRows
            && tail.isEmpty()
            && following.form() instanceof Following.Form.Normalized(float epsilon)
        ? Optional.of(Normalization.of(settings, epsilon))
        : Optional.empty();
  }

  @Override
  public boolean run(OpCall call) {
    Tensor x = call.operand(0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    int[] shape = x.shape();
    int first = 0;
    while (first < shape.length && !reduces(axes, first)) {
      first++;
    }
    int end = first;
    while (end < shape.length && (reduces(axes, end) || shape[end] == 1)) {
      end++;
    }
    for (int i = end; i < shape.length; i++) {
      if (reduces(axes, i)) {
        return false;
      }
    }
    if (settings.isSmall(x.size())) {
      return false;
    }
    int outer = Shapes.product(shape, 0, first);
    int count = Shapes.product(shape, first, end);
    int inner = Shapes.product(shape, end, shape.length);
    boolean keepDims = call.attributes().getBoolean("keep_dims", false);
    float[] out = call.result(0, DType.FLOAT32, axes.result(keepDims)).floats();
    if (inner == 1) {
      Parts.forEach(
          call.workers(),
          x.size() * Parts.ELEMENT,
          outer,
          (from, to) -> settings.engine().sums(x.floats(), from, to, count, mean, out));
    } else {
      sumColumns(x.floats(), outer, count, inner, out);
    }
    return true;
  }

  /** Whether elements along a dimension are put together. */
  private static boolean reduces(ReductionAxes axes, int i) {
    return axes.reduced()[i] && axes.input()[i] != 1;
  }

  private void sumColumns(float[] from, int outer, int count, int inner, float[] out) {
    double[] sums = new double[inner];
    for (int i = 0; i < outer; i++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < count; k++) {
        PlainLoops.addTo(sums, from, (i * count + k) * inner, inner);
      }
      for (int c = 0; c < inner; c++) {
        out[i * inner + c] = (float) (mean ? sums[c] / count : sums[c]);
      }
    }
  }
}
