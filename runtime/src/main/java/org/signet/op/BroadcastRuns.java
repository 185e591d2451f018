package org.signet.op;

/**
 * The runs of elements of a broadcast shape, along which each of two operands steps evenly, in
 * row-major order; as long as can be. It can be walked again and again, by one thread.
 *
 * <pre>{@code
 * for (runs.begin(); runs.hasRun(); runs.next()) { … }
 * }</pre>
 */
public final class BroadcastRuns {
  private final int size;
  private final int run;
  private final int lastA;
  private final int lastB;
  private final int[] dims;
  private final int[] stepsA;
  private final int[] stepsB;
  private final int[] index;
  private int at;
  private int a;
  private int b;

  /**
   * @param result the broadcast shape of {@code a} and {@code b}
   */
  public BroadcastRuns(int[] result, int[] a, int[] b) {
    size = Shapes.product(result, 0, result.length);
    dims = result.clone();
    stepsA = Shapes.broadcastStrides(a, result);
    stepsB = Shapes.broadcastStrides(b, result);
    int outer = result.length;
    int length = 1;
    int innerA = 0;
    int innerB = 0;
    while (size > 0
        && outer > 0
        && (length == 1
            || (result[outer - 1] == 1
                || (stepsA[outer - 1] == innerA * length
                    && stepsB[outer - 1] == innerB * length)))) {
      outer--;
      if (length == 1) {
        innerA = stepsA[outer] == 0 ? 0 : 1;
        innerB = stepsB[outer] == 0 ? 0 : 1;
      }
      length *= result[outer];
    }
    run = length;
    lastA = innerA;
    lastB = innerB;
    index = new int[outer];
  }

  /** Goes to the first run, if there is one. */
  public void begin() {
    at = 0;
    a = 0;
    b = 0;
  }

  /** Whether there is a run here. */
  public boolean hasRun() {
    return at < size;
  }

  /** Goes to the next run. */
  public void next() {
    at += run;
    for (int d = index.length - 1; d >= 0; d--) {
      a += stepsA[d];
      b += stepsB[d];
      if (++index[d] < dims[d]) {
        return;
      }
      a -= stepsA[d] * dims[d];
      b -= stepsB[d] * dims[d];
      index[d] = 0;
    }
  }

  /** Elements in all. */
  public int size() {
    return size;
  }

  /** Elements in each run, at least 1. */
  public int count() {
    return run;
  }

  /** The run's first position in the result, where its elements follow each other. */
  public int at() {
    return at;
  }

  /** The run's first position in the first operand. */
  public int a() {
    return a;
  }

  /** From one element of a run to the next in the first operand: 0 or 1. */
  public int stepA() {
    return lastA;
  }

  /** The run's first position in the second operand. */
  public int b() {
    return b;
  }

  /** From one element of a run to the next in the second operand: 0 or 1. */
  public int stepB() {
    return lastB;
  }
}
