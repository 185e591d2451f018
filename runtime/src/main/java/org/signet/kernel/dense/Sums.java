package org.signet.kernel.dense;

import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.op.ReductionAxes;
import org.signet.op.Shapes;
import org.signet.op.Workers;
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
  /** Columns that are not divided among threads: a line of a cache. */
  private static final int COLUMNS = 16;

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
      sumColumns(call.workers(), x.floats(), outer, count, inner, out);
    }
    return true;
  }

  /** Whether elements along a dimension are put together. */
  private static boolean reduces(ReductionAxes axes, int i) {
    return axes.reduced()[i] && axes.input()[i] != 1;
  }

  private void sumColumns(
      Workers workers, float[] from, int outer, int count, int inner, float[] out) {
    int blocks = Math.ceilDiv(inner, COLUMNS);
    Parts.forEach(
        workers,
        (long) outer * count * inner * Parts.ELEMENT,
        outer * blocks,
        (begin, end) -> {
          for (int block = begin, next; block < end; block = next) {
            int i = block / blocks;
            next = Math.min(end, (i + 1) * blocks);
            int first = (block - i * blocks) * COLUMNS;
            int last = Math.min((next - i * blocks) * COLUMNS, inner);
            settings
                .engine()
                .columnSums(
                    from, i * count * inner, count, inner, first, last, mean, out, i * inner);
          }
        });
  }
}
