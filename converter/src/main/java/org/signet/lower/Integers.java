package org.signet.lower;

import org.signet.type.DType;

/**
 * The integers of a quantized type of TensorFlow.
 *
 * @param carrier the type that stands for it in a model
 */
record Integers(DType carrier, int bits, float lowest, float highest) {
  static Integers of(DType type) {
    DType carrier = type.carrier();
    int bits = carrier.bytes() * Byte.SIZE;
    return carrier.isUnsigned()
        ? new Integers(carrier, bits, 0, (1L << bits) - 1)
        : new Integers(carrier, bits, -1L << (bits - 1), (1L << (bits - 1)) - 1);
  }
}
