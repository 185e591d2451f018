package org.signet.op;

import org.signet.tensor.Tensor;

/**
 * Walks a broadcast shape in row-major order and gives, for each element, the positions in the
 * operands.
 */
public final class BroadcastLoop {
  private BroadcastLoop() {}

  /** Gets the positions of one element. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param i position in the result
     * @param a position in the first operand
     * @param b position in the second operand
     */
    void at(int i, int a, int b);
  }

  /** Gets the positions of a run of elements, along which each operand steps evenly. */
  @FunctionalInterface
  public interface RunBody {
    /**
     * @param i position of the run in the result, where it takes {@code count} elements in a row
     * @param a first position in the first operand
     * @param stepA from one element of the run to the next: 0 or 1
     * @param b first position in the second operand
     * @param stepB likewise
     * @param count elements in the run, at least 1
     */
    void at(int i, int a, int stepA, int b, int stepB, int count);
  }

  /**
   * Calls {@code body} for every element of {@code result}, the broadcast shape of {@code a} and
   * {@code b}.
   */
  public static void run(int[] result, int[] a, int[] b, Body body) {
    runs(
        result,
        a,
        b,
        (i, x, stepX, y, stepY, count) -> {
          for (int k = 0; k < count; k++) {
            body.at(i + k, x + k * stepX, y + k * stepY);
          }
        });
  }

  /** Calls {@code body} for every run of {@code result}; the runs are as long as can be. */
  public static void runs(int[] result, int[] a, int[] b, RunBody body) {
    BroadcastRuns runs = new BroadcastRuns(result, a, b);
    for (runs.begin(); runs.hasRun(); runs.next()) {
      body.at(runs.at(), runs.a(), runs.stepA(), runs.b(), runs.stepB(), runs.count());
    }
  }

  /**
   * Runs {@code loop} over tensors whose arrays are of its types.
   *
   * @param result of the broadcast shape; may be an operand of that shape itself
   */
  public static <A, R> void runs(RunLoop<A, R> loop, Tensor a, Tensor b, Tensor result) {
    new BroadcastArrays(result.shape(), a.shape(), b.shape()).run(loop, a, b, result);
  }
}
