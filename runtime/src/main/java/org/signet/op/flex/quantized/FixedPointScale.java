package org.signet.op.flex.quantized;

/**
 * Int32 to 8 bits with 16 bits behind the point, as TensorFlow's {@code
 * RequantizeManyInNewRangeUsingEigen}.
 *
 * @param scale what 2^32 integers become, times 2^16
 * @param offset what zero becomes, times 2^16, and a half
 */
record FixedPointScale(long scale, long offset) {
  private static final int ONE = 1 << 16;

  static FixedPointScale of(QuantizedRange from, QuantizedRange to) {
    float given = from.max() - from.min();
    float wanted = to.max() - to.min();
    if (wanted == 0) {
      return new FixedPointScale(0, ONE / 2);
    }
    float inverse = (float) (255.0 / wanted);
    float middle = (float) ((double) (from.min() + from.max()) / 2);
    long scale = (long) (255.0 * ONE * given / wanted);
    long input = (long) (middle * inverse * ONE);
    long output = (long) (ONE * (to.min() * 255.0) / wanted);
    return new FixedPointScale(scale, input - output + ONE / 2);
  }

  long apply(long integer) {
    return Math.clamp(
        (((QuantizedType.throughFloat(integer) * scale) >> 32) + offset) >> 16, 0, 255);
  }
}
