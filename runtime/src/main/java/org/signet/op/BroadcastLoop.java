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

  /**
   * Runs {@code loop} over tensors whose arrays are of its types. Elements that are broadcast along
   * a run are repeated for it, so that it steps through both operands.
   *
   * @param result of the broadcast shape; may be an operand of that shape itself
   */
  @SuppressWarnings("unchecked") // Tensors of one type have arrays of one type.
  public static <A, R> void runs(RunLoop<A, R> loop, Tensor a, Tensor b, Tensor result) {
    A left = (A) a.array();
    A right = (A) b.array();
    R out = (R) result.array();
    Repeated repeatedA = new Repeated(a);
    Repeated repeatedB = new Repeated(b);
    runs(
        result.shape(),
        a.shape(),
        b.shape(),
        (i, x, stepX, y, stepY, count) -> {
          if ((stepX == 1 && stepY == 1) || count == 1) {
            loop.run(left, x, right, y, out, i, count);
            return;
          }
          A first = stepX == 1 ? left : (A) repeatedA.of(x, count);
          A second = stepY == 1 ? right : (A) repeatedB.of(y, count);
          for (int k = 0; k < count; k += Repeated.MOST) {
            int n = Math.min(Repeated.MOST, count - k);
            loop.run(first, stepX == 1 ? x + k : 0, second, stepY == 1 ? y + k : 0, out, i + k, n);
          }
        });
  }

  /** An array of copies of one element. */
  private static final class Repeated {
    static final int MOST = 512;

    private final Tensor source;
    private Tensor copies;

    Repeated(Tensor source) {
      this.source = source;
      this.copies = Tensor.zeros(source.dtype(), 0);
    }

    Object of(int at, int count) {
      int wanted = Math.min(count, MOST);
      if (copies.size() < wanted) {
        copies = Tensor.zeros(source.dtype(), wanted);
      }
      Elements.fill(copies, 0, wanted, source, at);
      return copies.array();
    }
  }
}
