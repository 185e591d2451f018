package org.signet.op.flex.quantized;

import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;

/**
 * The integers of a quantized type.
 *
 * @param bits of each
 * @param lowest the smallest integer
 * @param highest the largest
 */
record QuantizedType(int bits, long lowest, long highest) {
  /** The type that the attribute {@code name} gives. */
  static QuantizedType of(Attributes attributes, String name) {
    return of(attributes.getType(name));
  }

  /**
   * @throws IllegalArgumentException if it is none of TensorFlow's quantized types, and carries
   *     none
   */
  static QuantizedType of(DType type) {
    DType carrier = type.carrier();
    int bits = carrier.bytes() * Byte.SIZE;
    Shapes.require(carrier.isInteger() && bits <= Integer.SIZE, "%s is no quantized type", type);
    return carrier.isUnsigned()
        ? new QuantizedType(bits, 0, (1L << bits) - 1)
        : new QuantizedType(bits, -1L << (bits - 1), (1L << (bits - 1)) - 1);
  }

  boolean isSigned() {
    return lowest < 0;
  }

  /** One less than the number of integers. */
  double steps() {
    return (double) highest - lowest;
  }

  long clamp(long value) {
    return Math.clamp(value, lowest, highest);
  }

  /** To the nearest integer, halves away from zero. */
  static double round(double x) {
    double magnitude = Math.abs(x);
    double floor = Math.floor(magnitude);
    return Math.copySign(magnitude - floor >= 0.5 ? floor + 1 : floor, x);
  }

  /** As TensorFlow converts its 32-bit integers to any other type: by float32. */
  static long throughFloat(long integer) {
    return (long) (float) integer;
  }

  /** As x86 truncates to 32 bits: what does not fit is the smallest integer. */
  static int truncate(float x) {
    return x >= -0x1p31f && x < 0x1p31f ? (int) x : Integer.MIN_VALUE;
  }
}
