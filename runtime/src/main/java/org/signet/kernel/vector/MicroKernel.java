package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.PANEL;
import static org.signet.kernel.vector.Lanes.SPECIES;
import static org.signet.kernel.vector.Lanes.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/**
 * Products of a few rows with one panel: {@code tile[i·PANEL + j] = bias[column + j] + Σ a[rows[at
 * + i] + taps[t] + k] · b[panel + (t·depth + k)·PANEL + j]} over taps {@code t} and {@code k <
 * depth}.
 *
 * <p>Each sum is one chain of multiply-adds in that order, whatever the number of rows, so that a
 * result does not depend on how rows are grouped. Nothing follows the loop but stores: anything
 * more makes the compiler spill accumulators inside it. The bodies are alike, and written out,
 * since the accumulators must be local variables; six rows of two vectors, with what is multiplied,
 * fill 16 registers.
 */
final class MicroKernel {
  /** The most rows that one call takes. */
  static final int ROWS = 6;

  private MicroKernel() {}

  /**
   * Computes {@code count} rows, at most {@value #ROWS}; {@code rows} must hold positions, of any
   * rows, up to {@code at + ROWS}.
   */
  static void run(
      int count,
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    switch (count) {
      case 1 -> one(a, rows, at, taps, depth, b, panel, bias, column, tile);
      case 2 -> two(a, rows, at, taps, depth, b, panel, bias, column, tile);
      case 3, 4 -> four(a, rows, at, taps, depth, b, panel, bias, column, tile);
      default -> six(a, rows, at, taps, depth, b, panel, bias, column, tile);
    }
  }

  /** One row. */
  private static void one(
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    FloatVector x0 = FloatVector.fromArray(SPECIES, bias, column);
    FloatVector y0 = FloatVector.fromArray(SPECIES, bias, column + COUNT);
    int from = panel;
    for (int shift : taps) {
      int a0 = rows[at] + shift;
      for (int k = 0; k < depth; k++) {
        FloatVector x = FloatVector.fromArray(SPECIES, b, from + k * PANEL);
        FloatVector y = FloatVector.fromArray(SPECIES, b, from + k * PANEL + COUNT);
        FloatVector r0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
        x0 = multiplyAdd(r0, x, x0);
        y0 = multiplyAdd(r0, y, y0);
      }
      from += depth * PANEL;
    }
    x0.intoArray(tile, 0);
    y0.intoArray(tile, COUNT);
  }

  /** Two rows. */
  private static void two(
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    FloatVector x0 = FloatVector.fromArray(SPECIES, bias, column);
    FloatVector y0 = FloatVector.fromArray(SPECIES, bias, column + COUNT);
    FloatVector x1 = x0;
    FloatVector y1 = y0;
    int from = panel;
    for (int shift : taps) {
      int a0 = rows[at] + shift;
      int a1 = rows[at + 1] + shift;
      for (int k = 0; k < depth; k++) {
        FloatVector x = FloatVector.fromArray(SPECIES, b, from + k * PANEL);
        FloatVector y = FloatVector.fromArray(SPECIES, b, from + k * PANEL + COUNT);
        FloatVector r0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
        x0 = multiplyAdd(r0, x, x0);
        y0 = multiplyAdd(r0, y, y0);
        FloatVector r1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
        x1 = multiplyAdd(r1, x, x1);
        y1 = multiplyAdd(r1, y, y1);
      }
      from += depth * PANEL;
    }
    x0.intoArray(tile, 0);
    y0.intoArray(tile, COUNT);
    x1.intoArray(tile, PANEL);
    y1.intoArray(tile, PANEL + COUNT);
  }

  /** Four rows. */
  private static void four(
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    FloatVector x0 = FloatVector.fromArray(SPECIES, bias, column);
    FloatVector y0 = FloatVector.fromArray(SPECIES, bias, column + COUNT);
    FloatVector x1 = x0;
    FloatVector y1 = y0;
    FloatVector x2 = x0;
    FloatVector y2 = y0;
    FloatVector x3 = x0;
    FloatVector y3 = y0;
    int from = panel;
    for (int shift : taps) {
      int a0 = rows[at] + shift;
      int a1 = rows[at + 1] + shift;
      int a2 = rows[at + 2] + shift;
      int a3 = rows[at + 3] + shift;
      for (int k = 0; k < depth; k++) {
        FloatVector x = FloatVector.fromArray(SPECIES, b, from + k * PANEL);
        FloatVector y = FloatVector.fromArray(SPECIES, b, from + k * PANEL + COUNT);
        FloatVector r0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
        x0 = multiplyAdd(r0, x, x0);
        y0 = multiplyAdd(r0, y, y0);
        FloatVector r1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
        x1 = multiplyAdd(r1, x, x1);
        y1 = multiplyAdd(r1, y, y1);
        FloatVector r2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
        x2 = multiplyAdd(r2, x, x2);
        y2 = multiplyAdd(r2, y, y2);
        FloatVector r3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
        x3 = multiplyAdd(r3, x, x3);
        y3 = multiplyAdd(r3, y, y3);
      }
      from += depth * PANEL;
    }
    x0.intoArray(tile, 0);
    y0.intoArray(tile, COUNT);
    x1.intoArray(tile, PANEL);
    y1.intoArray(tile, PANEL + COUNT);
    x2.intoArray(tile, 2 * PANEL);
    y2.intoArray(tile, 2 * PANEL + COUNT);
    x3.intoArray(tile, 3 * PANEL);
    y3.intoArray(tile, 3 * PANEL + COUNT);
  }

  /** Six rows. */
  private static void six(
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    FloatVector x0 = FloatVector.fromArray(SPECIES, bias, column);
    FloatVector y0 = FloatVector.fromArray(SPECIES, bias, column + COUNT);
    FloatVector x1 = x0;
    FloatVector y1 = y0;
    FloatVector x2 = x0;
    FloatVector y2 = y0;
    FloatVector x3 = x0;
    FloatVector y3 = y0;
    FloatVector x4 = x0;
    FloatVector y4 = y0;
    FloatVector x5 = x0;
    FloatVector y5 = y0;
    int from = panel;
    for (int shift : taps) {
      int a0 = rows[at] + shift;
      int a1 = rows[at + 1] + shift;
      int a2 = rows[at + 2] + shift;
      int a3 = rows[at + 3] + shift;
      int a4 = rows[at + 4] + shift;
      int a5 = rows[at + 5] + shift;
      for (int k = 0; k < depth; k++) {
        FloatVector x = FloatVector.fromArray(SPECIES, b, from + k * PANEL);
        FloatVector y = FloatVector.fromArray(SPECIES, b, from + k * PANEL + COUNT);
        FloatVector r0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
        x0 = multiplyAdd(r0, x, x0);
        y0 = multiplyAdd(r0, y, y0);
        FloatVector r1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
        x1 = multiplyAdd(r1, x, x1);
        y1 = multiplyAdd(r1, y, y1);
        FloatVector r2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
        x2 = multiplyAdd(r2, x, x2);
        y2 = multiplyAdd(r2, y, y2);
        FloatVector r3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
        x3 = multiplyAdd(r3, x, x3);
        y3 = multiplyAdd(r3, y, y3);
        FloatVector r4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
        x4 = multiplyAdd(r4, x, x4);
        y4 = multiplyAdd(r4, y, y4);
        FloatVector r5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
        x5 = multiplyAdd(r5, x, x5);
        y5 = multiplyAdd(r5, y, y5);
      }
      from += depth * PANEL;
    }
    x0.intoArray(tile, 0);
    y0.intoArray(tile, COUNT);
    x1.intoArray(tile, PANEL);
    y1.intoArray(tile, PANEL + COUNT);
    x2.intoArray(tile, 2 * PANEL);
    y2.intoArray(tile, 2 * PANEL + COUNT);
    x3.intoArray(tile, 3 * PANEL);
    y3.intoArray(tile, 3 * PANEL + COUNT);
    x4.intoArray(tile, 4 * PANEL);
    y4.intoArray(tile, 4 * PANEL + COUNT);
    x5.intoArray(tile, 5 * PANEL);
    y5.intoArray(tile, 5 * PANEL + COUNT);
  }
}
