package org.signet.type;

import java.util.List;

/**
 * How the integers of a tensor stand for real numbers: {@code real = scale * (q - zeroPoint)}.
 *
 * @param scales one per tensor, or one for each slice of {@code axis}; empty when the tensor is not
 *     quantized
 * @param zeroPoints as many as there are scales
 * @param axis the dimension that per-axis scales run along; 0 otherwise
 */
public record Quantization(List<Float> scales, List<Long> zeroPoints, int axis) {
  /** Not quantized. */
  public static final Quantization NONE = new Quantization(List.of(), List.of(), 0);

  public Quantization {
    scales = List.copyOf(scales);
    zeroPoints = List.copyOf(zeroPoints);
    if (scales.size() != zeroPoints.size()) {
      throw new IllegalArgumentException(
          scales.size() + " scales but " + zeroPoints.size() + " zero points");
    }
  }

  public static Quantization perTensor(float scale, long zeroPoint) {
    return new Quantization(List.of(scale), List.of(zeroPoint), 0);
  }

  public boolean isQuantized() {
    return !scales.isEmpty();
  }

  public boolean isPerAxis() {
    return scales.size() > 1;
  }
}
