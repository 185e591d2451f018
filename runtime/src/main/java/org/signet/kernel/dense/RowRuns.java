package org.signet.kernel.dense;

import java.util.Arrays;
import org.signet.op.BroadcastLoop;

/**
 * Computes a function of two operands by runs of elements; those that follow each other evenly go
 * together, as rows.
 */
final class RowRuns implements BroadcastLoop.RunBody {
  /**
   * An element that is broadcast is repeated as often, for loops that step through both operands.
   */
  private static final int REPEATED = 512;

  private final Combination.Loop loop;
  private final float[] a;
  private final int aAt;
  private final float[] b;
  private final int bAt;
  private final float[] out;
  private final int at;

  /** The first run of the rows, and how it steps through the operands. */
  private int i;

  private int x;
  private int y;
  private int stepX;
  private int stepY;
  private int count;

  /** How many rows there are, and how far apart. */
  private int rows;

  private int rowX;
  private int rowY;
  private float[] repeated = {};

  /** {@code aAt}, {@code bAt} and {@code at} are added to the positions that runs have. */
  RowRuns(Combination.Loop loop, float[] a, int aAt, float[] b, int bAt, float[] out, int at) {
    this.loop = loop;
    this.a = a;
    this.aAt = aAt;
    this.b = b;
    this.bAt = bAt;
    this.out = out;
    this.at = at;
  }

  @Override
  public void at(int to, int first, int firstStep, int second, int secondStep, int length) {
    if (rows > 0 && goesOn(first, second)) {
      rows++;
      return;
    }
    end();
    i = to;
    x = first;
    y = second;
    stepX = firstStep;
    stepY = secondStep;
    count = length;
    rows = 1;
  }

  /** Whether a run lies as far from the last row as that from the one before. */
  private boolean goesOn(int first, int second) {
    if (rows == 1) {
      rowX = first - x;
      rowY = second - y;
      return rowX >= 0 && rowY >= 0;
    }
    return first == x + rows * rowX && second == y + rows * rowY;
  }

  /** Computes what is left. */
  void end() {
    if (rows == 0) {
      return;
    }
    int left = aAt + x;
    int right = bAt + y;
    if (stepX == 1 && stepY == 1) {
      loop.runRows(a, left, rowX, b, right, rowY, out, at + i, count, rows, count);
    } else if (stepX + stepY == 0
        || !loop.runSpread(
            a, left, rowX, b, right, rowY, out, at + i, count, rows, count, stepX == 0)) {
      for (int row = 0; row < rows; row++) {
        one(left + row * rowX, right + row * rowY, at + i + row * count);
      }
    }
    rows = 0;
    rowX = 0;
    rowY = 0;
  }

  /** A row in which an element meets many. */
  private void one(int left, int right, int to) {
    if (stepX + stepY == 0) {
      loop.run(a, left, b, right, out, to, 1);
      Arrays.fill(out, to + 1, to + count, out[to]);
      return;
    }
    repeated = repeated.length == 0 ? new float[REPEATED] : repeated;
    Arrays.fill(repeated, 0, Math.min(count, REPEATED), stepX == 0 ? a[left] : b[right]);
    for (int k = 0; k < count; k += REPEATED) {
      int n = Math.min(REPEATED, count - k);
      if (stepX == 0) {
        loop.run(repeated, 0, b, right + k, out, to + k, n);
      } else {
        loop.run(a, left + k, repeated, 0, out, to + k, n);
      }
    }
  }
}
