package org.signet.pass.stablehlo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.signet.ir.ConstantData;
import org.signet.source.stablehlo.DenseElements;
import org.signet.source.stablehlo.HloAttribute;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** The numbers of attributes as tensors. */
final class DenseTensors {
  private DenseTensors() {}

  /** The element that stands for all, as a scalar. */
  static Tensor splat(HloAttribute.Dense dense) {
    return load(TensorType.of(dense.type().dtype()), dense.data());
  }

  static Tensor tensor(HloAttribute.Dense dense) {
    TensorType type = dense.type();
    if (!DenseElements.isSplat(dense)) {
      return load(type, dense.data());
    }
    byte[] element = dense.data().toArray(ValueLayout.JAVA_BYTE);
    int count = Math.toIntExact(type.shape().elements());
    byte[] all = new byte[Math.multiplyExact(element.length, count)];
    for (int i = 0; i < all.length; i++) {
      all[i] = element[i % element.length];
    }
    return load(type, MemorySegment.ofArray(all));
  }

  private static Tensor load(TensorType type, MemorySegment data) {
    return new ConstantData.Mapped(data).load(type);
  }
}
