package org.signet.kernel.ffm;

import static java.lang.foreign.MemorySegment.ofArray;
import static org.signet.kernel.ffm.NativeCalls.NONE;
import static org.signet.kernel.ffm.NativeCalls.flag;
import static org.signet.kernel.ffm.NativeCalls.numbers;
import static org.signet.kernel.ffm.NativeCalls.real;
import static org.signet.kernel.ffm.NativeKernels.CALL;
import static org.signet.kernel.ffm.NativeKernels.impossible;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.signet.kernel.dense.Combination;
import org.signet.kernel.dense.ElementRows;
import org.signet.kernel.dense.Engine;

/** The part of {@link FfmEngine} that computes functions of elements and of rows. */
abstract class NativeFunctions implements Engine {
  /** Elements of one call. */
  private static final int ELEMENTS = 1 << 19;

  /** Columns of a call, however many rows there are. */
  private static final int COLUMNS = 16;

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
      Combination function, ElementRows a, ElementRows b, ElementRows out, int rows, int count) {
    if ((long) rows * count < PLAIN) {
      function.plain().runRows(a, b, out, rows, count);
      return;
    }
    Bounds.check(a, rows, count);
    Bounds.check(b, rows, count);
    Bounds.check(out, rows, count);
    try {
      CALL.invokeExact(
          NativeCalls.COMBINE,
          ofArray(a.data()),
          ofArray(b.data()),
          ofArray(out.data()),
          NONE,
          NONE,
          numbers(
              function.code(),
              a.at(),
              a.step(),
              b.at(),
              b.step(),
              out.at(),
              out.step(),
              rows,
              count));
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
          numbers(first, end, count, flag(mean)));
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
            numbers(at, rows, columns, done, last, flag(mean), to));
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
            numbers(done, Math.min(done + most, end), count, real(beta)));
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
          numbers(first, end, count, real(epsilon)));
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
          numbers(at, count, real(a), real(b)));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
