package org.signet.op.quant;

import org.signet.op.NumberArrays;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.TensorType;

/** From quantized tensors to float32 ones and back. */
public final class Reals {
  private Reals() {}

  /** {@code scale · (q − zero point)}, or the floats that there are already. */
  public static Tensor of(Tensor tensor, TensorType type) {
    Tensor result = Tensor.zeros(DType.FLOAT32, tensor.shape());
    store(tensor, type, result);
    return result;
  }

  /**
   * The same for the weights of a float input: kernels read those in uint8 as int8 without a zero
   * point, as the first converters wrote them.
   */
  public static Tensor ofWeights(Tensor tensor, TensorType type) {
    if (tensor.dtype() != DType.UINT8) {
      return of(tensor, type);
    }
    Quantization quantization = type.quantization();
    Shapes.require(quantization.isQuantized(), "%s is not quantized", type);
    float scale = quantization.scales().getFirst();
    Tensor result = Tensor.zeros(DType.FLOAT32, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      result.floats()[i] = scale * tensor.bytes()[i];
    }
    return result;
  }

  /** Writes the same to a float32 tensor of this size. */
  static void store(Tensor tensor, TensorType type, Tensor result) {
    float[] reals = result.floats();
    if (tensor.dtype().isFloating()) {
      System.arraycopy(NumberArrays.floats(tensor), 0, reals, 0, tensor.size());
      return;
    }
    Quantization quantization = type.quantization();
    Shapes.require(quantization.isQuantized(), "%s is not quantized", type);
    Slices slices = Slices.of(quantization, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      int slice = slices.of(i);
      reals[i] =
          quantization.scales().get(slice)
              * (tensor.getLong(i) - quantization.zeroPoints().get(slice));
    }
  }

  /** Writes the integers of {@code type} next to {@code reals} to {@code result}. */
  static void quantize(Tensor reals, TensorType type, Tensor result) {
    Quantization quantization = type.quantization();
    Shapes.require(quantization.isQuantized(), "%s is not quantized", type);
    Slices slices = Slices.of(quantization, reals.shape());
    int min = Affine.least(type.dtype());
    int max = Affine.greatest(type.dtype());
    for (int i = 0; i < reals.size(); i++) {
      int slice = slices.of(i);
      float scaled = (float) reals.getDouble(i) / quantization.scales().get(slice);
      long q = Rounding.awayFromZero((double) scaled) + quantization.zeroPoints().get(slice);
      result.setLong(i, Math.clamp(q, min, max));
    }
  }

  /**
   * Which of several scales an element has.
   *
   * @param inner elements below one slice
   * @param count the number of slices
   */
  private record Slices(int inner, int count) {
    static Slices of(Quantization quantization, int... shape) {
      return quantization.isPerAxis()
          ? new Slices(
              Shapes.product(shape, quantization.axis() + 1, shape.length),
              shape[quantization.axis()])
          : new Slices(1, 1);
    }

    int of(int element) {
      return element / inner % count;
    }
  }
}
