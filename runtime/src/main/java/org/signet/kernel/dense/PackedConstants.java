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

  /** The panels of a filter that never changes, transformed by {@link Winograd#filters}. */
  float[] winograd(Tensor filter, int outputs, int channels) {
    return panels(
        filter,
        Layout.of(Right.columns(filter, outputs, channels), true),
        () -> {
          float[] original = new float[filter.size()];
          filter.read(0, original, 0, original.length);
          float[] transformed = Winograd.filters(original, outputs, channels);
          Right all = Right.columns(Tensor.of(transformed), Winograd.PLACES * outputs, channels);
          return pack(all, Workers.NONE);
        });
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
