package org.signet.kernel.ffm;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
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
  public int panel() {
    return NativeCalls.KERNELS.panel();
  }

  @Override
  public void product(
      Left left, PackedMatrix right, Area area, Finish finish, float[] out, int at, int step) {
    int[] place = {left.at(), left.width(), left.rowStep(), left.pixelStep()};
    int columns = area.columns();
    Bounds.check(left, area, right, panel(), out, at, step);
    int block = RowBlocks.rows(area.rows(), left.length(), columns, TILE);
    int most = (int) Math.max(1, PRODUCTS / ((long) columns * left.length() * block)) * block;
    for (int done = 0; done < area.rows(); done += most) {
      try {
        NativeCalls.Product.PRODUCT.invokeExact(
            MemorySegment.ofArray(left.data()),
            MemorySegment.ofArray(place),
            MemorySegment.ofArray(left.taps()),
            left.taps().length,
            left.depth(),
            MemorySegment.ofArray(right.panels()),
            MemorySegment.ofArray(right.bias()),
            finish.bounds().min(),
            finish.bounds().max(),
            MemorySegment.ofArray(out),
            at,
            step,
            area.row() + done,
            Math.min(most, area.rows() - done),
            area.column(),
            columns,
            block,
            finish.function().number());
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  @Override
  public void winogradFilters(float[] from, int at, int count, int line, float[] to, int toAt) {
    WinogradBounds.checkFilters(from, at, count, lanes(), line, to, toAt);
    try {
      NativeCalls.WinogradFilters.FILTERS.invokeExact(
          MemorySegment.ofArray(from), at, count, line, MemorySegment.ofArray(to), toAt);
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
      NativeCalls.WinogradTiles.IN.invokeExact(
          MemorySegment.ofArray(from),
          MemorySegment.ofArray(starts),
          first,
          end,
          rowStep,
          channels,
          MemorySegment.ofArray(to),
          placeStep);
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
      NativeCalls.WinogradTiles.OUT.invokeExact(
          MemorySegment.ofArray(from),
          placeStep,
          MemorySegment.ofArray(places),
          first,
          end,
          rowStep,
          channels,
          MemorySegment.ofArray(bias),
          activation.min(),
          activation.max(),
          MemorySegment.ofArray(out));
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
    int[] shape = {
      windows.inputWidth(),
      windows.outputWidth(),
      windows.kernelHeight(),
      windows.kernelWidth(),
      windows.stride(),
      windows.dilation(),
      windows.left()
    };
    try {
      NativeCalls.Depthwise.DEPTHWISE.invokeExact(
          MemorySegment.ofArray(from),
          MemorySegment.ofArray(windows.lines()),
          windows.count(),
          MemorySegment.ofArray(shape),
          MemorySegment.ofArray(weights),
          MemorySegment.ofArray(start),
          channels,
          finish.bounds().min(),
          finish.bounds().max(),
          MemorySegment.ofArray(out),
          at,
          finish.function().number());
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
      NativeCalls.Pool.POOL.invokeExact(
          largest ? 1 : 0,
          MemorySegment.ofArray(from),
          step,
          windows,
          MemorySegment.ofArray(taps),
          count,
          channels,
          MemorySegment.ofArray(out),
          at);
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
      NativeCalls.Pack.PACK.invokeExact(
          MemorySegment.ofArray(from),
          first,
          columns,
          depth,
          columnStep,
          depthStep,
          MemorySegment.ofArray(to),
          at);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
