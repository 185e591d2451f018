package org.signet.kernel.dense;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.signet.tensor.Tensor;

/**
 * Packed copies of constant matrices, each made when it is first needed and kept as long as what it
 * was made from: signatures that share a weight share its copy. The original is not brought to the
 * heap. Safe to use from many threads.
 */
final class PackedConstants {
  /** By the storage, which has no equality but identity. */
  private final Map<Object, Map<Layout, float[]>> byStorage = new WeakHashMap<>();

  private final int width;

  /**
   * @param width columns in a panel
   */
  PackedConstants(int width) {
    this.width = width;
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

  /** The panels of a matrix whose elements never change. */
  float[] panels(Right matrix) {
    return panels(
        matrix.data(),
        Layout.of(matrix, false),
        () -> Panels.pack(matrix, width, new float[Panels.size(matrix, width)]));
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
          return Panels.pack(all, width, new float[Panels.size(all, width)]);
        });
  }

  private synchronized float[] panels(Tensor matrix, Layout layout, Supplier<float[]> make) {
    return byStorage
        .computeIfAbsent(matrix.storage(), _ -> new HashMap<>())
        .computeIfAbsent(
            layout,
            _ -> {
              float[] packed = make.get();
              matrix.release();
              return packed;
            });
  }
}
