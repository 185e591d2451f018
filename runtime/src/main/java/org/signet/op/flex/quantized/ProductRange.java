package org.signet.op.flex.quantized;

import org.signet.op.OpCall;
import org.signet.type.DType;

/** The range of int32 sums of products of integers of two ranges: results 1 and 2. */
final class ProductRange {
  private ProductRange() {}

  static void set(OpCall call, QuantizedRange a, QuantizedRange b) {
    QuantizedType sums = QuantizedType.of(DType.QINT32);
    float level = a.level() * b.level();
    QuantizedResults.range(call, 1, level * sums.lowest(), level * sums.highest());
  }
}
