package org.signet.kernel.ffm;

import static java.lang.foreign.MemorySegment.ofArray;
import static org.signet.kernel.ffm.NativeCalls.NONE;
import static org.signet.kernel.ffm.NativeKernels.CALL;
import static org.signet.kernel.ffm.NativeKernels.impossible;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.signet.kernel.dense.Comparison;
import org.signet.kernel.dense.Engine;

/** The part of {@link FfmEngine} that compares, chooses and moves elements. */
abstract class NativeChoices implements Engine {
  /** Elements of one call. */
  static final int ELEMENTS = 1 << 19;

  /** Columns of a call, however many rows there are. */
  static final int COLUMNS = 16;

  @Override
  public void extremes(float[] from, int first, int end, int count, boolean least, float[] out) {
    Objects.checkIndex(0, count);
    Bounds.checkRows(from, first, end, count);
    Objects.checkFromToIndex(first, end, out.length);
    try {
      CALL.invokeExact(
          NativeCalls.EXTREMES,
          ofArray(from),
          ofArray(out),
          NONE,
          NONE,
          NONE,
          ofArray(Numbers.of(first).and(end).and(count).and(least).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void columnExtremes(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean least,
      float[] out,
      int to) {
    Objects.checkIndex(0, rows);
    Objects.checkFromToIndex(first, end, columns);
    Objects.checkFromIndexSize(at, (long) rows * columns, from.length);
    Objects.checkFromToIndex((long) to + first, (long) to + end, out.length);
    try {
      CALL.invokeExact(
          NativeCalls.COLUMN_EXTREMES,
          ofArray(from),
          ofArray(out),
          NONE,
          NONE,
          NONE,
          ofArray(
              Numbers.of(at)
                  .and(rows)
                  .and(columns)
                  .and(first)
                  .and(end)
                  .and(least)
                  .and(to)
                  .array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void argExtremes(float[] from, int first, int end, int count, boolean least, int[] out) {
    Objects.checkIndex(0, count);
    Bounds.checkRows(from, first, end, count);
    Objects.checkFromToIndex(first, end, out.length);
    try {
      CALL.invokeExact(
          NativeCalls.ARG_EXTREMES,
          ofArray(from),
          ofArray(out),
          NONE,
          NONE,
          NONE,
          ofArray(Numbers.of(first).and(end).and(count).and(least).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void select(
      byte[] held,
      int heldAt,
      float[] yes,
      int yesStep,
      float[] no,
      int noStep,
      float[] out,
      int at,
      int count) {
    Objects.checkFromIndexSize(heldAt, count, held.length);
    Objects.checkFromIndexSize(at, count, out.length);
    int yesAt = Bounds.checkSteps(yes.length, yesStep, at, count);
    int noAt = Bounds.checkSteps(no.length, noStep, at, count);
    try {
      CALL.invokeExact(
          NativeCalls.SELECT,
          ofArray(held),
          ofArray(yes),
          ofArray(no),
          ofArray(out),
          NONE,
          ofArray(
              Numbers.of(heldAt)
                  .and(yesAt)
                  .and(yesStep)
                  .and(noAt)
                  .and(noStep)
                  .and(at)
                  .and(count)
                  .array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void transpose(
      float[] from, int at, int step, int rows, int columns, float[] to, int toAt, int toStep) {
    Bounds.checkRows(from, at, step, rows, columns);
    Bounds.checkRows(to, toAt, toStep, columns, rows);
    int most = Math.max(COLUMNS, ELEMENTS / Math.max(1, columns));
    for (int done = 0; done < rows; done += most) {
      try {
        CALL.invokeExact(
            NativeCalls.TRANSPOSE,
            ofArray(from),
            ofArray(to),
            NONE,
            NONE,
            NONE,
            ofArray(
                Numbers.of(at + done * step)
                    .and(step)
                    .and(Math.min(most, rows - done))
                    .and(columns)
                    .and(toAt + done)
                    .and(toStep)
                    .array()));
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  @Override
  public void resizeLine(
      float[] from, int at, int[] columns, float[] shares, int channels, float[] to, int toAt) {
    int width = columns.length / 2;
    int last = 0;
    for (int i = 0; i < 2 * width; i++) {
      Objects.checkIndex(columns[i], Integer.MAX_VALUE);
      last = Math.max(last, columns[i]);
    }
    Objects.checkFromIndexSize(at, (last + 1L) * channels, from.length);
    Objects.checkFromIndexSize(0, 2 * width, shares.length);
    Objects.checkFromIndexSize(toAt, (long) width * channels, to.length);
    try {
      CALL.invokeExact(
          NativeCalls.RESIZE_LINE,
          ofArray(from),
          ofArray(shares),
          ofArray(to),
          NONE,
          ofArray(columns),
          ofArray(Numbers.of(at).and(width).and(channels).and(toAt).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void mixLines(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float first,
      float second,
      float[] to,
      int toAt,
      int count) {
    Objects.checkFromIndexSize(aAt, count, a.length);
    Objects.checkFromIndexSize(bAt, count, b.length);
    Objects.checkFromIndexSize(toAt, count, to.length);
    try {
      CALL.invokeExact(
          NativeCalls.MIX_LINES,
          ofArray(a),
          ofArray(b),
          ofArray(to),
          NONE,
          NONE,
          ofArray(Numbers.of(aAt).and(bAt).and(first).and(second).and(toAt).and(count).array()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public boolean compares() {
    return true;
  }

  @Override
  public void compare(
      Comparison relation,
      float[] a,
      int aStep,
      float[] b,
      int bStep,
      byte[] out,
      int at,
      int count) {
    int aAt = Bounds.checkSteps(a.length, aStep, at, count);
    int bAt = Bounds.checkSteps(b.length, bStep, at, count);
    Objects.checkFromIndexSize(at, count, out.length);
    compare(relation, 0, ofArray(a), aAt, aStep, ofArray(b), bAt, bStep, ofArray(out), at, count);
  }

  @Override
  public void compare(
      Comparison relation, int[] a, int aStep, int[] b, int bStep, byte[] out, int at, int count) {
    int aAt = Bounds.checkSteps(a.length, aStep, at, count);
    int bAt = Bounds.checkSteps(b.length, bStep, at, count);
    Objects.checkFromIndexSize(at, count, out.length);
    compare(relation, 1, ofArray(a), aAt, aStep, ofArray(b), bAt, bStep, ofArray(out), at, count);
  }

  private static void compare(
      Comparison relation,
      int integers,
      MemorySegment a,
      int aAt,
      int aStep,
      MemorySegment b,
      int bAt,
      int bStep,
      MemorySegment out,
      int at,
      int count) {
    int[] numbers =
        Numbers.of(relation.code())
            .and(integers)
            .and(aAt)
            .and(aStep)
            .and(bAt)
            .and(bStep)
            .and(at)
            .and(count)
            .array();
    try {
      CALL.invokeExact(NativeCalls.COMPARE, a, b, out, NONE, NONE, ofArray(numbers));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
