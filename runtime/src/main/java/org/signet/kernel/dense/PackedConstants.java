package org.signet.kernel.dense;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Packed copies of constant matrices, each made when it is first needed and kept as long as the
 * array it was made from: signatures that share a weight share its copy. Safe to use from many
 * threads.
 */
final class PackedConstants {
  /** By the array, which has no equality but identity. */
  private final Map<float[], Map<Layout, float[]>> byArray = new WeakHashMap<>();

  private final int width;

  /**
   * @param width columns in a panel
   */
  PackedConstants(int width) {
    this.width = width;
  }

  /** How a matrix lies in its array. */
  private record Layout(int at, int columns, int depth, int columnStep, int depthStep) {
    static Layout of(Right matrix) {
      return new Layout(
          matrix.at(), matrix.columns(), matrix.depth(), matrix.columnStep(), matrix.depthStep());
    }
  }

  /** The panels of a matrix whose elements never change. */
  synchronized float[] panels(Right matrix) {
    return byArray
        .computeIfAbsent(matrix.data(), array -> new HashMap<>())
        .computeIfAbsent(
            Layout.of(matrix),
            layout -> Panels.pack(matrix, width, new float[Panels.size(matrix, width)]));
  }
}
