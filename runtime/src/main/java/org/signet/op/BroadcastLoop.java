package org.signet.op;

/** Walks a broadcast shape in row-major order and gives, for each element, the positions in the operands. */
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

  /** Calls {@code body} for every element of {@code result}, the broadcast shape of {@code a} and {@code b}. */
  public static void run(int[] result, int[] a, int[] b, Body body) {
    int size = Shapes.product(result, 0, result.length);
    if (java.util.Arrays.equals(a, result) && java.util.Arrays.equals(b, result)) {
      for (int i = 0; i < size; i++) {
        body.at(i, i, i);
      }
      return;
    }
    int rank = result.length;
    int[] stepA = Shapes.broadcastStrides(a, result);
    int[] stepB = Shapes.broadcastStrides(b, result);
    int[] index = new int[rank];
    int atA = 0;
    int atB = 0;
    for (int i = 0; i < size; i++) {
      body.at(i, atA, atB);
      for (int d = rank - 1; d >= 0; d--) {
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
