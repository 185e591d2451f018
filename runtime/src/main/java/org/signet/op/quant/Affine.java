package org.signet.op.quant;

import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Reduction;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.TensorType;

/**
 * What the integers of a tensor stand for, {@code scale · (q − zeroPoint)}, and which of them it
 * may hold.
 *
 * @param min the least one
 * @param max the greatest one
 */
public record Affine(float scale, int zeroPoint, int min, int max) {
  /** Whether integers of a type can stand for real numbers. */
  static boolean mayHaveScale(DType dtype) {
    return dtype.isInteger() && dtype.bytes() <= 4 && dtype != DType.UINT32;
  }

  /**
   * The meaning of a tensor of this type.
   *
   * @throws IllegalArgumentException if it has no scale, or several
   */
  public static Affine of(TensorType type) {
    Quantization quantization = type.quantization();
    DType dtype = type.dtype();
    Shapes.require(quantization.isQuantized(), "%s is not quantized", type);
    Shapes.require(!quantization.isPerAxis(), "%s is quantized along an axis", type);
    Shapes.require(mayHaveScale(dtype), "%s can't be quantized", dtype);
    return new Affine(
        quantization.scales().getFirst(),
        Math.toIntExact(quantization.zeroPoints().getFirst()),
        least(dtype),
        greatest(dtype));
  }

  static int least(DType dtype) {
    return dtype == DType.INT4 ? -8 : (int) Reduction.least(dtype);
  }

  static int greatest(DType dtype) {
    return dtype == DType.INT4 ? 7 : (int) Reduction.greatest(dtype);
  }

  public static Affine operand(OpCall call, int i) {
    return of(call.operandType(i));
  }

  public static Affine result(OpCall call, int i) {
    return of(call.resultType(i));
  }

  /** The same with the bounds of the activation that a builtin fuses. */
  public Affine activated(Attributes options) {
    FusedActivation activation = FusedActivation.of(options);
    return bounded(activation.min(), activation.max());
  }

  /** The same with the bounds of real numbers, which may be infinite. */
  Affine bounded(float low, float high) {
    int newMin = Float.isInfinite(low) ? min : Math.max(min, quantized(low));
    int newMax = Float.isInfinite(high) ? max : Math.min(max, quantized(high));
    return new Affine(scale, zeroPoint, newMin, newMax);
  }

  private int quantized(float real) {
    return zeroPoint + Rounding.awayFromZero(real / scale);
  }

  /** The nearest integer in bounds. */
  public int clamp(long q) {
    return (int) Math.max(min, Math.min(q, max));
  }

  /** What {@code q} stands for, in float. */
  public float real(long q) {
    return scale * (int) (q - zeroPoint);
  }
}
