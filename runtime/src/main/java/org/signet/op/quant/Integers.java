package org.signet.op.quant;

import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.TensorType;

/** Quantized tensors as plain integers. */
final class Integers {
  private Integers() {}

  /** The elements in int64. */
  static Tensor longs(Tensor tensor) {
    return plus(tensor, 0);
  }

  /** The elements without their zero point, in int64; a tensor with several scales has none. */
  static Tensor withoutZeroPoint(Tensor tensor, TensorType type) {
    Quantization quantization = type.quantization();
    boolean single = quantization.isQuantized() && !quantization.isPerAxis();
    return plus(tensor, single ? -quantization.zeroPoints().getFirst() : 0);
  }

  private static Tensor plus(Tensor tensor, long summand) {
    Tensor result = Tensor.zeros(DType.INT64, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      result.longs()[i] = tensor.getLong(i) + summand;
    }
    return result;
  }
}
