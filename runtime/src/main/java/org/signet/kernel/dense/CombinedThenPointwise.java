package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of two elements, as a product with gates of channels, and the CONV_2D of single pixels
 * of its result, some rows at a time: what is between them stays in the caches.
 */
final class CombinedThenPointwise implements TailedAttempt {
  private final Binary first;
  private final Multiplier.Maker multipliers;
  private final FusedActivation activation;
  private final int next;

  private CombinedThenPointwise(Binary first, Step convolution, int next) {
    this.first = first;
    this.multipliers = new Multiplier.Maker(first.settings(), convolution.constants().get(1));
    this.activation = FusedActivation.of(convolution.attributes());
    this.next = next;
  }

  /**
   * Both steps as one, if the second is such a convolution.
   *
   * @param next position of its filter
   */
  static Optional<Attempt> of(Binary first, Following following, int next) {
    return Refusals.takesConvolution("CONV_2D", following) && Conv2d.isPointwise(following.step())
        ? Optional.of(new CombinedThenPointwise(first, following.step(), next))
        : Optional.empty();
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] pixels = Shapes.broadcast(a.shape(), b.shape());
    int size = Shapes.product(pixels, 0, pixels.length);
    boolean isFirstWhole = a.size() == size;
    Tensor whole = isFirstWhole ? a : b;
    Tensor filter = call.operand(next);
    Optional<Tensor> bias = Operands.optional(call, next + 1);
    int outputs = filter.dim(0);
    boolean fits =
        whole.size() == size
            && pixels.length == 4
            && pixels[3] == filter.dim(3)
            && filter.size() > 0
            && Operands.isBias(bias, outputs);
    Optional<Cycle> other = fits ? Cycle.of(isFirstWhole ? b : a, pixels) : Optional.empty();
    int[] shape = {pixels[0], pixels[1], pixels[2], outputs};
    Tail rest = tail.afterFinish();
    Optional<Tail.Piece> piece = rest.on(call, shape);
    if (other.isEmpty() || piece.isEmpty()) {
      return false;
    }
    int depth = pixels[3];
    int rows = size / depth;
    Tensor result = call.result(0, DType.FLOAT32, shape);
    Right right = Right.columns(filter, outputs, depth);
    Multiplier multiplier =
        multipliers
            .make(call, right, bias, tail.finish(activation), rows)
            .followedBy(rest, piece.get());
    Combined combined = new Combined(first, isFirstWhole, whole.floats(), other.get(), depth);
    multiply(call, multiplier, combined, rows, outputs, result.floats());
    return true;
  }

  private static void multiply(
      OpCall call, Multiplier multiplier, Combined combined, int rows, int outputs, float[] out) {
    Workers workers = call.workers();
    int depth = combined.depth();
    int tiles = Math.ceilDiv(rows, Multiplier.TILE);
    if (multiplier.dividesColumns(rows)) {
      // Each thread needs all rows.
      float[] room = call.workspace(rows * depth);
      Parts.forEach(
          workers,
          (long) rows * depth * Parts.ELEMENT,
          rows,
          (from, to) -> combined.write(from, to - from, room, from * depth));
      multiplier.multiply(workers, Left.matrix(room, 0, depth), rows, out, 0);
      return;
    }
    int parts = Parts.count(workers, (long) rows * depth * (outputs + Parts.ELEMENT), tiles);
    int block = Math.min(RowBlocks.rows(rows, depth, outputs, Multiplier.TILE), rows);
    float[] room = call.workspace(Math.multiplyExact(parts, block * depth));
    workers.run(
        parts,
        part -> {
          int end = Math.min(Parts.begin(part + 1, parts, tiles) * Multiplier.TILE, rows);
          int at = part * block * depth;
          Left left = Left.matrix(room, at, depth);
          for (int row = Parts.begin(part, parts, tiles) * Multiplier.TILE;
              row < end;
              row += block) {
            int count = Math.min(block, end - row);
            combined.write(row, count, room, at);
            multiplier.multiply(left, count, out, row * outputs);
          }
        });
  }

  /** The rows between the two steps. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Combined(
      Binary first, boolean isFirstWhole, float[] whole, Cycle other, int depth) {
    void write(int row, int rows, float[] to, int at) {
      int count = rows * depth;
      other.run(first.loop(), isFirstWhole, whole, row * depth, to, at, count);
      FusedActivation activation = first.activation();
      if (!activation.isNone()) {
        first.settings().engine().bound(to, to, at, count, activation.min(), activation.max());
      }
    }
  }
}
