package org.signet.kernel.ffm;

import static java.lang.foreign.MemorySegment.ofArray;
import static org.signet.kernel.ffm.NativeCalls.NONE;
import static org.signet.kernel.ffm.NativeKernels.CALL;
import static org.signet.kernel.ffm.NativeKernels.impossible;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.signet.kernel.dense.Combination;

/** The part of {@link FfmEngine} that computes functions of elements and of rows. */
abstract class NativeFunctions extends NativeChoices {
  /** Elements that a plain loop takes as long for as a call. */
  private static final int PLAIN = 32;

  @Override
  public void bound(float[] from, float[] to, int at, int count, float min, float max) {
    each(NativeCalls.BOUND, from, to, at, count, min, max);
  }

  @Override
  public void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    each(NativeCalls.LEAKY_RELU, from, to, at, count, slope, 0);
  }

  @Override
  public void exp(float[] from, float[] to, int at, int count) {
    each(NativeCalls.EXP, from, to, at, count, 0, 0);
  }

  @Override
  public void log(float[] from, float[] to, int at, int count) {
    each(NativeCalls.LOG, from, to, at, count, 0, 0);
  }

  @Override
  public void elu(float[] from, float[] to, int at, int count) {
    each(NativeCalls.ELU, from, to, at, count, 0, 0);
  }

  @Override
  public void logistic(float[] from, float[] to, int at, int count) {
    each(NativeCalls.LOGISTIC, from, to, at, count, 0, 0);
  }

  @Override
  public void swish(float[] from, float[] to, int at, int count) {
    each(NativeCalls.SWISH, from, to, at, count, 0, 0);
  }

  @Override
  public void tanh(float[] from, float[] to, int at, int count) {
    each(NativeCalls.TANH, from, to, at, count, 0, 0);
  }

  @Override
  public void gelu(float[] from, float[] to, int at, int count) {
    each(NativeCalls.GELU, from, to, at, count, 0, 0);
  }

  @Override
  public void geluByTanh(float[] from, float[] to, int at, int count) {
    each(NativeCalls.GELU_BY_TANH, from, to, at, count, 0, 0);
  }

  @Override
  public void combine(
      Combination function,
      float[] a,
      int x,
      int xStep,
      float[] b,
      int y,
      int yStep,
      float[] out,
      int i,
      int iStep,
      int rows,
      int count) {
    if ((long) rows * count < PLAIN) {
      function.plain().runRows(a, x, xStep, b, y, yStep, out, i, iStep, rows, count);
      return;
    }
    Bounds.checkRows(a, x, xStep, rows, count);
    Bounds.checkRows(b, y, yStep, rows, count);
    Bounds.checkRows(out, i, iStep, rows, count);
    combine(function, a, x, xStep, b, y, yStep, out, i, iStep, rows, count, 0);
  }

  @Override
  public boolean combineSpread(
      Combination function,
      float[] a,
      int x,
      int xStep,
      float[] b,
      int y,
      int yStep,
      float[] out,
      int i,
      int iStep,
      int rows,
      int count,
      boolean isFirstAlone) {
    Bounds.checkRows(a, x, xStep, rows, isFirstAlone ? 1 : count);
    Bounds.checkRows(b, y, yStep, rows, isFirstAlone ? count : 1);
    Bounds.checkRows(out, i, iStep, rows, count);
    int alone = isFirstAlone ? 1 : 2;
    combine(function, a, x, xStep, b, y, yStep, out, i, iStep, rows, count, alone);
    return true;
  }

  /** {@code alone} as in {@code functions.h}. */
  private static void combine(
      Combination function,
      float[] a,
      int x,
      int xStep,
      float[] b,
      int y,
      int yStep,
      float[] out,
      int i,
      int iStep,
      int rows,
      int count,
      int alone) {
    int[] numbers =
        Numbers.of(function.code())
            .and(x)
            .and(xStep)
            .and(y)
            .and(yStep)
            .and(i)
            .and(iStep)
            .and(rows)
            .and(count)
            .and(alone)
            .array();
    try {
      CALL.invokeExact(
          NativeCalls.COMBINE, ofArray(a), ofArray(b), ofArray(out), NONE, NONE, ofArray(numbers));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void sums(float[] from, int first, int end, int count, boolean mean, float[] out) {
    Bounds.checkRows(from, first, end, count);
    Objects.checkFromToIndex(first, end, out.length);
    try {
      CALL.invokeExact(
          NativeCalls.SUMS,
          ofArray(from),
          ofArray(out),
          NONE,
          NONE,
          NONE,
          ofArray(Numbers.of(first).and(end).and(count).and(mean).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void columnSums(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean mean,
      float[] out,
      int to) {
    Objects.checkFromToIndex(first, end, columns);
    Objects.checkFromIndexSize(at, (long) rows * columns, from.length);
    Objects.checkFromToIndex((long) to + first, (long) to + end, out.length);
    int most = Math.max(COLUMNS, ELEMENTS / Math.max(1, rows));
    for (int done = first; done < end; done += most) {
      int last = Math.min(done + most, end);
      try {
        CALL.invokeExact(
            NativeCalls.COLUMN_SUMS,
            ofArray(from),
            ofArray(out),
            NONE,
            NONE,
            NONE,
            ofArray(
                Numbers.of(at)
                    .and(rows)
                    .and(columns)
                    .and(done)
                    .and(last)
                    .and(mean)
                    .and(to)
                    .array()));
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  @Override
  public void softmax(float[] from, float[] to, int first, int end, int count, float beta) {
    Bounds.checkRows(from, first, end, count);
    Bounds.checkRows(to, first, end, count);
    int most = Math.max(1, ELEMENTS / count);
    for (int done = first; done < end; done += most) {
      try {
        CALL.invokeExact(
            NativeCalls.SOFTMAX,
            ofArray(from),
            ofArray(to),
            NONE,
            NONE,
            NONE,
            ofArray(Numbers.of(done).and(Math.min(done + most, end)).and(count).and(beta).array()));
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  @Override
  public void normalize(
      float[] from,
      float[] to,
      int first,
      int end,
      int count,
      float epsilon,
      float[] scale,
      float[] shift) {
    Bounds.checkRows(from, first, end, count);
    Bounds.checkRows(to, first, end, count);
    Objects.checkFromIndexSize(0, count, scale.length);
    Objects.checkFromIndexSize(0, count, shift.length);
    try {
      CALL.invokeExact(
          NativeCalls.NORMALIZE,
          ofArray(from),
          ofArray(to),
          ofArray(scale),
          ofArray(shift),
          NONE,
          ofArray(Numbers.of(first).and(end).and(count).and(epsilon).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static void each(
      MemorySegment function, float[] from, float[] to, int at, int count, float a, float b) {
    Objects.checkFromIndexSize(at, count, from.length);
    Objects.checkFromIndexSize(at, count, to.length);
    try {
      CALL.invokeExact(
          function,
          ofArray(from),
          ofArray(to),
          NONE,
          NONE,
          NONE,
          ofArray(Numbers.of(at).and(count).and(a).and(b).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
