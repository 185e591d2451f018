package org.signet.op;

import org.signet.tensor.Tensor;

/**
 * The hash by which TensorFlow's dense tables place their keys: integers as they are, strings by
 * MurmurHash64A, several elements by combining theirs one after the other.
 */
final class KeyHash {
  private static final long SEED = 0xDECAFCAFFEL;
  private static final long FACTOR = 0xc6a4a7935bd1e995L;
  private static final int SHIFT = 47;
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7800L;

  private KeyHash() {}

  /** The hash of key {@code i} of {@code width} elements. */
  static long of(Tensor keys, int i, int width) {
    if (width == 1) {
      return element(keys, i);
    }
    long hash = 0;
    for (int k = 0; k < width; k++) {
      hash = combine(hash, element(keys, i * width + k));
    }
    return hash;
  }

  private static long combine(long a, long b) {
    return a ^ (b + GOLDEN_RATIO + (a << 10) + (a >>> 4));
  }

  private static long element(Tensor keys, int i) {
    return switch (keys.dtype()) {
      case STRING -> murmur(keys.strings()[i]);
      default -> keys.getLong(i);
    };
  }

  private static long murmur(byte[] data) {
    long hash = SEED ^ (data.length * FACTOR);
    int whole = data.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      long word = word(data, i, 8) * FACTOR;
      word = (word ^ (word >>> SHIFT)) * FACTOR;
      hash = (hash ^ word) * FACTOR;
    }
    if (whole < data.length) {
      hash = (hash ^ word(data, whole, data.length - whole)) * FACTOR;
    }
    hash = (hash ^ (hash >>> SHIFT)) * FACTOR;
    return hash ^ (hash >>> SHIFT);
  }

  private static long word(byte[] data, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (data[from + i] & 0xFFL) << (8 * i);
    }
    return word;
  }
}
