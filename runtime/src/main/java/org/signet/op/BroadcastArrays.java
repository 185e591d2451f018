package org.signet.op;

import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;

/**
 * Loops over the arrays of two tensors that are broadcast: again and again on tensors of the same
 * shapes, by one thread. Elements that are broadcast along a run are repeated for it, so that a
 * loop steps through both operands.
 */
final class BroadcastArrays {
  /** An element is repeated as often at most. */
  private static final int MOST = 512;

  private final BroadcastRuns runs;
  private @Nullable Tensor copiesA;
  private @Nullable Tensor copiesB;

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
    A left = (A) a.array();
    A right = (A) b.array();
    R out = (R) result.array();
    int count = runs.count();
    boolean isWhole = (runs.stepA() == 1 && runs.stepB() == 1) || count == 1;
    for (runs.begin(); runs.hasRun(); runs.next()) {
      if (isWhole) {
        loop.run(left, runs.a(), right, runs.b(), out, runs.at(), count);
      } else if (runs.stepA() == 0 && runs.stepB() == 0) {
        loop.run(left, runs.a(), right, runs.b(), out, runs.at(), 1);
        Elements.fill(result, runs.at() + 1, count - 1, result, runs.at());
      } else if (runs.stepA() == 0) {
        A first = (A) repeatedA(a);
        for (int k = 0; k < count; k += MOST) {
          loop.run(first, 0, right, runs.b() + k, out, runs.at() + k, Math.min(MOST, count - k));
        }
      } else {
        A second = (A) repeatedB(b);
        for (int k = 0; k < count; k += MOST) {
          loop.run(left, runs.a() + k, second, 0, out, runs.at() + k, Math.min(MOST, count - k));
        }
      }
    }
  }

  private Object repeatedA(Tensor source) {
    if (copiesA == null || copiesA.dtype() != source.dtype()) {
      copiesA = copies(source);
    }
    Elements.fill(copiesA, 0, copiesA.size(), source, runs.a());
    return copiesA.array();
  }

  private Object repeatedB(Tensor source) {
    if (copiesB == null || copiesB.dtype() != source.dtype()) {
      copiesB = copies(source);
    }
    Elements.fill(copiesB, 0, copiesB.size(), source, runs.b());
    return copiesB.array();
  }

  private Tensor copies(Tensor source) {
    return Tensor.zeros(source.dtype(), Math.min(runs.count(), MOST));
  }
}
