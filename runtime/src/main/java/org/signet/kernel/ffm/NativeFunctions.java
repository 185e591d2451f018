package org.signet.kernel.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
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
    each(NativeCalls.Elements.BOUND, from, to, at, count, min, max);
  }

  @Override
  public void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    each(NativeCalls.Elements.LEAKY_RELU, from, to, at, count, slope, 0);
  }

  @Override
  public void exp(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.EXP, from, to, at, count, 0, 0);
  }

  @Override
  public void logistic(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.LOGISTIC, from, to, at, count, 0, 0);
  }

  @Override
  public void swish(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.SWISH, from, to, at, count, 0, 0);
  }

  @Override
  public void tanh(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.TANH, from, to, at, count, 0, 0);
  }

  @Override
  public void gelu(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.GELU, from, to, at, count, 0, 0);
  }

  @Override
  public void geluByTanh(float[] from, float[] to, int at, int count) {
    each(NativeCalls.Elements.GELU_BY_TANH, from, to, at, count, 0, 0);
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
      NativeCalls.Combine.COMBINE.invokeExact(
          function.code(),
          MemorySegment.ofArray(a.data()),
          a.at(),
          a.step(),
          MemorySegment.ofArray(b.data()),
          b.at(),
          b.step(),
          MemorySegment.ofArray(out.data()),
          out.at(),
          out.step(),
          rows,
          count);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void sums(float[] from, int first, int end, int count, boolean mean, float[] out) {
    Bounds.checkRows(from, first, end, count);
    Objects.checkFromToIndex(first, end, out.length);
    try {
      NativeCalls.RowSums.SUMS.invokeExact(
          MemorySegment.ofArray(from), first, end, count, mean ? 1 : 0, MemorySegment.ofArray(out));
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
      try {
        NativeCalls.ColumnSums.SUMS.invokeExact(
            MemorySegment.ofArray(from),
            at,
            rows,
            columns,
            done,
            Math.min(done + most, end),
            mean ? 1 : 0,
            MemorySegment.ofArray(out),
            to);
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
        NativeCalls.Softmax.SOFTMAX.invokeExact(
            MemorySegment.ofArray(from),
            MemorySegment.ofArray(to),
            done,
            Math.min(done + most, end),
            count,
            beta);
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
      NativeCalls.Normalize.NORMALIZE.invokeExact(
          MemorySegment.ofArray(from),
          MemorySegment.ofArray(to),
          first,
          end,
          count,
          epsilon,
          MemorySegment.ofArray(scale),
          MemorySegment.ofArray(shift));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static void each(
      MethodHandle function, float[] from, float[] to, int at, int count, float a, float b) {
    Objects.checkFromIndexSize(at, count, from.length);
    Objects.checkFromIndexSize(at, count, to.length);
    try {
      function.invokeExact(MemorySegment.ofArray(from), MemorySegment.ofArray(to), at, count, a, b);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** What a method handle may throw by its type, and native code does not. */
  static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("native code throws nothing", e);
  }
}
