package org.signet.kernel.dense;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;

/**
 * Packed copies of constant matrices, each made when it is first needed and kept as long as what it
 * was made from: signatures that share a weight share its copy. The original is not brought to the
 * heap. Safe to use from many threads.
 */
final class PackedConstants {
  /** By the storage, which has no equality but identity. */
  private final Map<Object, Map<Layout, Packed>> byStorage = new WeakHashMap<>();

  private final Engine engine;
  private volatile float[] zeros = new float[0];

  /**
   * @param engine packs, and reads the panels
   */
  PackedConstants(Engine engine) {
    this.engine = engine;
  }

  /** How a matrix lies in its array. */
  private record Layout(
      int at, int columns, int depth, int columnStep, int depthStep, boolean transformed) {
    static Layout of(Right matrix, boolean transformed) {
      return new Layout(
          matrix.at(),
          matrix.columns(),
          matrix.depth(),
          matrix.columnStep(),
          matrix.depthStep(),
          transformed);
    }

    // Written out, since a record's own are made when the first are compared, which takes 10 ms.
    @Override
    public boolean equals(Object other) {
      return other instanceof Layout that
          && at == that.at
          && columns == that.columns
          && depth == that.depth
          && columnStep == that.columnStep
          && depthStep == that.depthStep
          && transformed == that.transformed;
    }

    @Override
    public int hashCode() {
      return 31 * at + columns;
    }
  }

  /**
   * The panels of a matrix whose elements never change.
   *
   * @param workers share the work of packing
   */
  float[] panels(Right matrix, Workers workers) {
    return panels(matrix.data(), Layout.of(matrix, false), () -> pack(matrix, workers));
  }

  private float[] pack(Right matrix, Workers workers) {
    return Panels.pack(matrix, engine, workers, new float[Panels.size(matrix, engine.panel())]);
  }

  /**
   * A filter that never changes, transformed by {@link Engine#winogradFilters}: the panels of 36
   * matrices, one after the other, without a bias.
   *
   * @param outputs whole panels
   * @param workers share the work
   */
  PackedMatrix winograd(Tensor filter, int outputs, int channels, Workers workers) {
    Layout layout = Layout.of(Right.columns(filter, outputs, channels), true);
    int columns = Winograd.PLACES * outputs;
    return new PackedMatrix(
        panels(filter, layout, () -> transform(filter, outputs, channels, workers)),
        zeros(columns),
        columns);
  }

  /** Zeros that are not to be changed. */
  private float[] zeros(int least) {
    float[] known = zeros;
    if (known.length < least) {
      known = new float[least];
      zeros = known;
    }
    return known;
  }

  private float[] transform(Tensor filter, int outputs, int channels, Workers workers) {
    int width = engine.panel();
    int panels = outputs / width;
    int panel = width * channels;
    float[] to = new float[Math.multiplyExact(Winograd.PLACES, outputs * channels)];
    Parts.forEach(
        workers,
        to.length * Parts.ELEMENT,
        panels,
        (from, end) -> {
          float[] original = new float[Winograd.TAPS * panel];
          float[] transformed = new float[Winograd.PLACES * panel];
          for (int p = from; p < end; p++) {
            filter.read(p * original.length, original, 0, original.length);
            engine.winogradFilters(original, width, channels, transformed);
            for (int place = 0; place < Winograd.PLACES; place++) {
              int at = (place * panels + p) * panel;
              engine.pack(transformed, place * panel, width, channels, channels, 1, to, at);
            }
          }
        });
    return to;
  }

  /** A copy, which many threads may want at once: one makes it, and the others wait. */
  private static final class Packed {
    private volatile float @Nullable [] panels;

    private float[] get(Tensor matrix, Supplier<float[]> make) {
      float[] known = panels;
      return known == null ? make(matrix, make) : known;
    }

    private synchronized float[] make(Tensor matrix, Supplier<float[]> make) {
      float[] known = panels;
      if (known == null) {
        known = make.get();
        matrix.release();
        panels = known;
      }
      return known;
    }
  }

  private float[] panels(Tensor matrix, Layout layout, Supplier<float[]> make) {
    return packed(matrix, layout).get(matrix, make);
  }

  private synchronized Packed packed(Tensor matrix, Layout layout) {
    return byStorage
        .computeIfAbsent(matrix.storage(), _ -> new HashMap<>())
        .computeIfAbsent(layout, _ -> new Packed());
  }
}
