package org.signet.kernel.ffm;

import static java.lang.foreign.MemorySegment.ofArray;
import static org.signet.kernel.ffm.NativeCalls.NONE;
import static org.signet.kernel.ffm.NativeCalls.flag;
import static org.signet.kernel.ffm.NativeCalls.numbers;
import static org.signet.kernel.ffm.NativeCalls.real;
import static org.signet.kernel.ffm.NativeKernels.CALL;
import static org.signet.kernel.ffm.NativeKernels.impossible;

import java.util.Objects;
import org.signet.kernel.Rates;
import org.signet.kernel.dense.Area;
import org.signet.kernel.dense.Finish;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.RowBlocks;
import org.signet.kernel.dense.WindowLines;
import org.signet.op.FusedActivation;

/**
 * Native code: products, windows and what prepares them. Each call lasts a millisecond at most,
 * since the collector can't run meanwhile; before each it is made sure that all it touches lies
 * inside the arrays.
 */
final class FfmEngine extends NativeFunctions {
  /** A multiple of the rows of every tile. */
  private static final int TILE = 12;

  /** Multiply-adds of one call. */
  private static final long PRODUCTS = 1 << 25;

  private final Rates rates = Rates.NATIVE.withLanes(lanes());

  /** To be made only where {@link NativeKernels#here} has found some. */
  FfmEngine() {}

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  public int lanes() {
    return NativeCalls.KERNELS.panel() / 2;
  }

  @Override
  public Rates rates() {
    return rates;
  }

  @Override
  public int panel() {
    return NativeCalls.KERNELS.panel();
  }

  @Override
  public void product(
      Left left, PackedMatrix right, Area area, Finish finish, float[] out, int at, int step) {
    int columns = area.columns();
    Bounds.check(left, area, right, panel(), out, at, step);
    int block = RowBlocks.rows(area.rows(), left.length(), columns, TILE);
    int most = (int) Math.max(1, PRODUCTS / ((long) columns * left.length() * block)) * block;
    for (int done = 0; done < area.rows(); done += most) {
      try {
        CALL.invokeExact(
            NativeCalls.PRODUCT,
            ofArray(left.data()),
            ofArray(right.panels()),
            ofArray(right.bias()),
            ofArray(out),
            ofArray(left.taps()),
            numbers(
                left.at(),
                left.width(),
                left.rowStep(),
                left.pixelStep(),
                left.taps().length,
                left.depth(),
                real(finish.bounds().min()),
                real(finish.bounds().max()),
                at,
                step,
                area.row() + done,
                Math.min(most, area.rows() - done),
                area.column(),
                columns,
                block,
                finish.function().number()));
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  @Override
  public void winogradFilters(
      float[] from, int at, int count, int line, float[] to, int toAt, int placeStep) {
    WinogradBounds.checkFilters(from, at, count, lanes(), line, to, toAt, placeStep);
    try {
      CALL.invokeExact(
          NativeCalls.WINOGRAD_FILTERS,
          ofArray(from),
          ofArray(to),
          NONE,
          NONE,
          NONE,
          numbers(at, count, line, toAt, placeStep));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void winogradIn(
      float[] from,
      int[] starts,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] to,
      int placeStep) {
    WinogradBounds.checkIn(from, starts, first, end, rowStep, channels, panel(), to, placeStep);
    try {
      CALL.invokeExact(
          NativeCalls.WINOGRAD_IN,
          ofArray(from),
          ofArray(to),
          NONE,
          NONE,
          ofArray(starts),
          numbers(first, end, rowStep, channels, placeStep));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void winogradOut(
      float[] from,
      int placeStep,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] bias,
      FusedActivation activation,
      float[] out) {
    WinogradBounds.checkOut(
        from, placeStep, places, first, end, rowStep, channels, panel(), bias, out);
    try {
      CALL.invokeExact(
          NativeCalls.WINOGRAD_OUT,
          ofArray(from),
          ofArray(bias),
          ofArray(out),
          NONE,
          ofArray(places),
          numbers(
              placeStep,
              first,
              end,
              rowStep,
              channels,
              real(activation.min()),
              real(activation.max())));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void depthwise(
      float[] from,
      WindowLines windows,
      float[] weights,
      float[] start,
      int channels,
      Finish finish,
      float[] out,
      int at) {
    Bounds.check(from, windows, weights, start, channels, out, at);
    try {
      CALL.invokeExact(
          NativeCalls.DEPTHWISE,
          ofArray(from),
          ofArray(weights),
          ofArray(start),
          ofArray(out),
          ofArray(windows.lines()),
          numbers(
              windows.inputWidth(),
              windows.outputWidth(),
              windows.kernelHeight(),
              windows.kernelWidth(),
              windows.stride(),
              windows.dilation(),
              windows.left(),
              windows.count(),
              channels,
              real(finish.bounds().min()),
              real(finish.bounds().max()),
              at,
              finish.function().number()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void pool(
      boolean largest,
      float[] from,
      int step,
      int windows,
      int[] taps,
      int count,
      int channels,
      float[] out,
      int at) {
    Bounds.check(from, step, windows, taps, count, channels, out, at);
    try {
      CALL.invokeExact(
          NativeCalls.POOL,
          ofArray(from),
          ofArray(out),
          NONE,
          NONE,
          ofArray(taps),
          numbers(flag(largest), step, windows, count, channels, at));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void pack(
      float[] from,
      int first,
      int columns,
      int depth,
      int columnStep,
      int depthStep,
      float[] to,
      int at) {
    Bounds.checkMatrix(from, first, columns, depth, columnStep, depthStep);
    long padded = Math.ceilDiv(columns, panel()) * (long) panel();
    Objects.checkFromIndexSize(at, padded * depth, to.length);
    try {
      CALL.invokeExact(
          NativeCalls.PACK,
          ofArray(from),
          ofArray(to),
          NONE,
          NONE,
          NONE,
          numbers(first, columns, depth, columnStep, depthStep, at));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
