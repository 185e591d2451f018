package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.AxisOrder;
import org.signet.op.BroadcastLoop;
import org.signet.op.MatrixProduct;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * BATCH_MATMUL: products of the matrices in the last two dimensions, broadcast over the others. The
 * second matrices are packed in each run, unless they are constant; the first are transposed before
 * if they have to be.
 */
final class BatchMatmul implements TailedAttempt {
  private final boolean transposeFirst;
  private final boolean transposeSecond;
  private final boolean constantSecond;
  private final Settings settings;
  private final Multiplier.Maker multipliers;

  BatchMatmul(Step step, Settings settings) {
    this.settings = settings;
    constantSecond = step.constants().get(1).isPresent();
    transposeFirst = step.attributes().getBoolean("adj_x", false);
    transposeSecond = step.attributes().getBoolean("adj_y", false);
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
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
    Optional<Tail.Piece> piece = tail.on(call, shape);
    if (piece.isEmpty()) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    Then then = new Then(tail, piece.get());
    if (transposeFirst) {
      float[] swapped = call.workspace(a.size());
      Tensor copy = Tensor.wrap(DType.FLOAT32, swapped, swap(a.shape()));
      AxisOrder.transpose(a, copy, swap(axes(a.rank())));
      multiply(call, copy, b, result, then);
    } else {
      multiply(call, a, b, result, then);
    }
    return true;
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return transposeFirst || constantSecond
        ? Optional.empty()
        : Attention.of(settings, transposeSecond, tail, following);
  }

  /** What is done to the result. */
  private record Then(Tail tail, Tail.Piece functions) {
    Multiplier follow(Multiplier multiplier) {
      return multiplier.followedBy(tail, functions);
    }
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

  private void multiply(OpCall call, Tensor a, Tensor b, Tensor result, Then then) {
    int rows = result.dim(-2);
    int columns = result.dim(-1);
    int depth = a.dim(-1);
    if (b.size() == columns * depth) {
      int all = result.size() / columns;
      Multiplier multiplier =
          multipliers.make(call, right(b, 0, columns, depth), Optional.empty(), Finish.NONE, all);
      Left left = Left.matrix(a.floats(), 0, depth);
      then.follow(multiplier).multiply(call.workers(), left, all, result.floats(), 0);
      return;
    }
    int[] firsts = positions(result.shape(), a.shape());
    int[] seconds = positions(result.shape(), b.shape());
    int products = firsts.length;
    long work = (long) result.size() * depth;
    int parts = Parts.count(call.workers(), work, products);
    List<float[]> rooms = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      rooms.add(multipliers.room(call, right(b, 0, columns, depth), rows));
    }
    call.workers()
        .run(
            parts,
            part -> {
              int end = Parts.begin(part + 1, parts, products);
              for (int i = Parts.begin(part, parts, products); i < end; i++) {
                Right right = right(b, seconds[i], columns, depth);
                Multiplier multiplier =
                    multipliers.make(
                        Workers.NONE, right, rooms.get(part), Optional.empty(), Finish.NONE, rows);
                Left left = Left.matrix(a.floats(), firsts[i] * rows * depth, depth);
                then.follow(multiplier).multiply(left, rows, result.floats(), i * rows * columns);
              }
            });
  }

  /** Which matrix of an operand each product takes. */
  private static int[] positions(int[] result, int[] operand) {
    int[] batch = batch(result);
    int[] positions = new int[Shapes.product(batch, 0, batch.length)];
    BroadcastLoop.run(
        batch, batch(operand), batch(operand), (i, matrix, same) -> positions[i] = matrix);
    return positions;
  }

  private Right right(Tensor b, int matrix, int columns, int depth) {
    int at = matrix * columns * depth;
    return transposeSecond
        ? new Right(b, at, columns, depth, depth, 1)
        : new Right(b, at, columns, depth, 1, columns);
  }

  private static int[] batch(int[] shape) {
    return Arrays.copyOf(shape, shape.length - 2);
  }
}
