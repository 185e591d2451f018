package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.AxisOrder;
import org.signet.op.BroadcastLoop;
import org.signet.op.FusedActivation;
import org.signet.op.MatrixProduct;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * BATCH_MATMUL: products of the matrices in the last two dimensions, broadcast over the others. The
 * second matrices are packed in each run, unless they are constant; the first are transposed before
 * if they have to be.
 */
final class BatchMatmul implements Attempt {
  private final boolean transposeFirst;
  private final boolean transposeSecond;
  private final Multiplier.Maker multipliers;
  private final Scratch scratch = new Scratch();

  BatchMatmul(Step step, Settings settings) {
    transposeFirst = step.attributes().getBoolean("adj_x", false);
    transposeSecond = step.attributes().getBoolean("adj_y", false);
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public boolean run(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    if (a.rank() < 2 || b.rank() < 2 || a.size() == 0 || b.size() == 0) {
      return false;
    }
    int depth = a.dim(transposeFirst ? -2 : -1);
    if (depth != b.dim(transposeSecond ? -1 : -2)) {
      return false;
    }
    int[] shape = MatrixProduct.shape(a.shape(), b.shape(), transposeFirst, transposeSecond);
    Tensor result = call.result(0, DType.FLOAT32, shape);
    if (transposeFirst) {
      float[] swapped = scratch.take(a.size());
      Tensor copy = Tensor.wrap(DType.FLOAT32, swapped, swap(a.shape()));
      AxisOrder.transpose(a, copy, swap(axes(a.rank())));
      multiply(copy, b, result);
      scratch.giveBack(swapped);
    } else {
      multiply(a, b, result);
    }
    return true;
  }

  private static int[] axes(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  /** With the last two numbers swapped. */
  private static int[] swap(int[] numbers) {
    int last = numbers.length - 1;
    int kept = numbers[last];
    numbers[last] = numbers[last - 1];
    numbers[last - 1] = kept;
    return numbers;
  }

  private void multiply(Tensor a, Tensor b, Tensor result) {
    int rows = result.dim(-2);
    int columns = result.dim(-1);
    int depth = a.dim(-1);
    if (b.size() == columns * depth) {
      int all = result.size() / columns;
      multiply(a.floats(), 0, right(b, 0, columns, depth), all, result.floats(), 0);
      return;
    }
    BroadcastLoop.run(
        batch(result.shape()),
        batch(a.shape()),
        batch(b.shape()),
        (i, x, y) ->
            multiply(
                a.floats(),
                x * rows * depth,
                right(b, y, columns, depth),
                rows,
                result.floats(),
                i * rows * columns));
  }

  private void multiply(float[] a, int from, Right right, int rows, float[] out, int at) {
    try (Multiplier multiplier =
        multipliers.make(right, Optional.empty(), FusedActivation.NONE, rows)) {
      multiplier.multiply(Left.matrix(a, from, right.depth()), rows, out, at);
    }
  }

  private Right right(Tensor b, int matrix, int columns, int depth) {
    int at = matrix * columns * depth;
    return transposeSecond
        ? new Right(b.floats(), at, columns, depth, depth, 1)
        : new Right(b.floats(), at, columns, depth, 1, columns);
  }

  private static int[] batch(int[] shape) {
    return Arrays.copyOf(shape, shape.length - 2);
  }
}
