package org.signet.op;

import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;

/**
 * Loops over the arrays of two tensors that are broadcast: again and again on tensors of the same
 * shapes, by one thread. Runs of elements that lie at different places are copied to where one
 * index goes for all of them, a block at a time.
 */
final class BroadcastArrays {
  /** Elements of a block, within the nearest cache. */
  private static final int BLOCK = 512;

  private final BroadcastRuns runs;
  private @Nullable Blocks blocks;

  /**
   * Room for blocks of elements.
   *
   * @param a of the first operand
   * @param b of the second
   * @param out of the result
   */
  private record Blocks(Tensor a, Tensor b, Tensor out) {
    boolean isFor(Tensor operand, Tensor result) {
      return a.dtype() == operand.dtype() && out.dtype() == result.dtype();
    }
  }

  /**
   * @param result the broadcast shape of {@code a} and {@code b}
   */
  BroadcastArrays(int[] result, int[] a, int[] b) {
    runs = new BroadcastRuns(result, a, b);
  }

  /** The runs of elements. */
  BroadcastRuns runs() {
    return runs;
  }

  /**
   * Runs {@code loop} over tensors whose arrays are of its types.
   *
   * @param result may be an operand of its shape itself
   */
  @SuppressWarnings("unchecked") // Tensors of one type have arrays of one type.
  <A, R> void run(RunLoop<A, R> loop, Tensor a, Tensor b, Tensor result) {
    int count = runs.count();
    boolean isWhole = runs.size() == count && runs.stepA() == 1 && runs.stepB() == 1;
    if (isWhole || runs.size() == 1) {
      loop.run((A) a.array(), (A) b.array(), (R) result.array(), 0, count);
      return;
    }
    Blocks own = blocks(a, result);
    A left = (A) own.a().array();
    A right = (A) own.b().array();
    R out = (R) own.out().array();
    boolean isConstant = runs.stepA() == 0 && runs.stepB() == 0;
    for (runs.begin(); runs.hasRun(); runs.next()) {
      for (int k = 0; k < count; k += BLOCK) {
        int n = isConstant ? 1 : Math.min(BLOCK, count - k);
        load(a, runs.a(), runs.stepA(), k, own.a(), n);
        load(b, runs.b(), runs.stepB(), k, own.b(), n);
        loop.run(left, right, out, 0, n);
        if (isConstant) {
          Elements.fill(result, runs.at(), count, own.out(), 0);
          break;
        }
        Elements.copy(own.out(), 0, result, runs.at() + k, n);
      }
    }
  }

  /** Brings {@code n} elements of a run, from the {@code k}th on, to a block. */
  private static void load(Tensor from, int at, int step, int k, Tensor block, int n) {
    if (step == 1) {
      Elements.copy(from, at + k, block, 0, n);
    } else if (k == 0) {
      Elements.fill(block, 0, n, from, at);
    }
  }

  private Blocks blocks(Tensor operand, Tensor result) {
    Blocks last = blocks;
    if (last != null && last.isFor(operand, result)) {
      return last;
    }
    int size = Math.min(runs.count(), BLOCK);
    Blocks made =
        new Blocks(
            Tensor.zeros(operand.dtype(), size),
            Tensor.zeros(operand.dtype(), size),
            Tensor.zeros(result.dtype(), size));
    blocks = made;
    return made;
  }
}
