package org.signet.op;

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
    int size = Shapes.product(result, 0, result.length);
    if (size == 0) {
      return;
    }
    int[] stepA = Shapes.broadcastStrides(a, result);
    int[] stepB = Shapes.broadcastStrides(b, result);
    int outer = result.length;
    int run = 1;
    int lastA = 0;
    int lastB = 0;
    while (outer > 0
        && (run == 1
            || (result[outer - 1] == 1
                || (stepA[outer - 1] == lastA * run && stepB[outer - 1] == lastB * run)))) {
      outer--;
      if (run == 1) {
        lastA = stepA[outer] == 0 ? 0 : 1;
        lastB = stepB[outer] == 0 ? 0 : 1;
      }
      run *= result[outer];
    }
    int[] index = new int[outer];
    int atA = 0;
    int atB = 0;
    for (int i = 0; i < size; i += run) {
      body.at(i, atA, lastA, atB, lastB, run);
      for (int d = outer - 1; d >= 0; d--) {
        atA += stepA[d];
        atB += stepB[d];
        if (++index[d] < result[d]) {
          break;
        }
        atA -= stepA[d] * result[d];
        atB -= stepB[d] * result[d];
        index[d] = 0;
      }
    }
  }
}
