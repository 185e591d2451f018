package org.signet.kernel.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.signet.kernel.dense.Area;
import org.signet.kernel.dense.Combination;
import org.signet.kernel.dense.Engine;
import org.signet.kernel.dense.Finish;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.RowBlocks;
import org.signet.kernel.dense.WindowLines;
import org.signet.op.FusedActivation;

/**
 * Native code. Each call lasts a millisecond at most, since the collector can't run meanwhile;
 * before each it is made sure that all it touches lies inside the arrays.
 */
final class FfmEngine implements Engine {
  /** A multiple of the rows of every tile. */
  private static final int TILE = 12;

  /** Multiply-adds of one call. */
  private static final long PRODUCTS = 1 << 25;

  /** Elements of one call. */
  private static final int ELEMENTS = 1 << 19;

  /** Elements that a plain loop takes as long for as a call. */
  private static final int PLAIN = 32;

  /**
   * The functions. The JIT compiles a call into the code around it only if it knows the method
   * handle as a constant, as those of a record in a static field.
   */
  private static final NativeKernels KERNELS = NativeKernels.here().orElseThrow();

  /** To be made only where {@link NativeKernels#here} has found some. */
  FfmEngine() {}

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  public int lanes() {
    return KERNELS.panel() / 2;
  }

  @Override
  public int panel() {
    return KERNELS.panel();
  }

  @Override
  public void product(
      Left left, PackedMatrix right, Area area, Finish finish, float[] out, int at, int step) {
    int[] place = {left.at(), left.width(), left.rowStep(), left.pixelStep()};
    int columns = area.columns();
    Bounds.check(left, area, right, KERNELS.panel(), out, at, step);
    int block = RowBlocks.rows(area.rows(), left.length(), columns, TILE);
    int most = (int) Math.max(1, PRODUCTS / ((long) columns * left.length() * block)) * block;
    for (int done = 0; done < area.rows(); done += most) {
      try {
        KERNELS
            .product()
            .invokeExact(
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
  public void winogradIn(
      float[] from, int[] starts, int first, int end, int rowStep, int channels, float[] to) {
    WinogradBounds.checkIn(from, starts, first, end, rowStep, channels, KERNELS.panel(), to);
    try {
      KERNELS
          .winogradIn()
          .invokeExact(
              MemorySegment.ofArray(from),
              MemorySegment.ofArray(starts),
              first,
              end,
              rowStep,
              channels,
              MemorySegment.ofArray(to));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void winogradOut(
      float[] from,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] bias,
      FusedActivation activation,
      float[] out) {
    WinogradBounds.checkOut(
        from, places, first, end, rowStep, channels, KERNELS.panel(), bias, out);
    try {
      KERNELS
          .winogradOut()
          .invokeExact(
              MemorySegment.ofArray(from),
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
      KERNELS
          .depthwise()
          .invokeExact(
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
      KERNELS
          .pool()
          .invokeExact(
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
  public void bound(float[] from, float[] to, int at, int count, float min, float max) {
    each(KERNELS.bound(), from, to, at, count, min, max);
  }

  @Override
  public void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    each(KERNELS.leakyRelu(), from, to, at, count, slope, 0);
  }

  @Override
  public void exp(float[] from, float[] to, int at, int count) {
    each(KERNELS.exp(), from, to, at, count, 0, 0);
  }

  @Override
  public void logistic(float[] from, float[] to, int at, int count) {
    each(KERNELS.logistic(), from, to, at, count, 0, 0);
  }

  @Override
  public void swish(float[] from, float[] to, int at, int count) {
    each(KERNELS.swish(), from, to, at, count, 0, 0);
  }

  @Override
  public void tanh(float[] from, float[] to, int at, int count) {
    each(KERNELS.tanh(), from, to, at, count, 0, 0);
  }

  @Override
  public void gelu(float[] from, float[] to, int at, int count) {
    each(KERNELS.gelu(), from, to, at, count, 0, 0);
  }

  @Override
  public void geluByTanh(float[] from, float[] to, int at, int count) {
    each(KERNELS.geluByTanh(), from, to, at, count, 0, 0);
  }

  @Override
  public void combine(
      Combination function, float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    if (count < PLAIN) {
      function.plain().run(a, x, b, y, out, i, count);
      return;
    }
    Objects.checkFromIndexSize(x, count, a.length);
    Objects.checkFromIndexSize(y, count, b.length);
    Objects.checkFromIndexSize(i, count, out.length);
    try {
      KERNELS
          .combine()
          .invokeExact(
              function.code(),
              MemorySegment.ofArray(a),
              x,
              MemorySegment.ofArray(b),
              y,
              MemorySegment.ofArray(out),
              i,
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
      KERNELS
          .sums()
          .invokeExact(
              MemorySegment.ofArray(from),
              first,
              end,
              count,
              mean ? 1 : 0,
              MemorySegment.ofArray(out));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void softmax(float[] from, float[] to, int first, int end, int count, float beta) {
    Bounds.checkRows(from, first, end, count);
    Bounds.checkRows(to, first, end, count);
    int most = Math.max(1, ELEMENTS / count);
    for (int done = first; done < end; done += most) {
      try {
        KERNELS
            .softmax()
            .invokeExact(
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
  private static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("native code throws nothing", e);
  }
}
