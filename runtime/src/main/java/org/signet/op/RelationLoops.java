package org.signet.op;

import org.signet.tensor.Tensor;

/**
 * Quick loops for relations of float32, int32, int64 and bool: those that the other ones follow
 * from. Integers are compared by arithmetic, and equal floats by two orders, as the JIT makes
 * branches of other comparisons, or multiply what one float is more than the other (NaN for NaN,
 * which becomes 0).
 */
final class RelationLoops {
  /** Its square times the least difference of two floats is more than 1. */
  private static final float LARGE = 0x1p127f;

  private RelationLoops() {}

  private static final RunLoop<float[], byte[]> EQUAL_FLOATS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (a[k] <= b[k] ? 1 : 0);
        }
        for (int k = from; k < to; k++) {
          out[k] &= (byte) (b[k] <= a[k] ? 1 : 0);
        }
      };

  private static final RunLoop<int[], byte[]> EQUAL_INTS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          long different = (a[k] ^ b[k]) & 0xFFFFFFFFL;
          out[k] = (byte) (1 - ((different + 0xFFFFFFFFL) >>> 32));
        }
      };

  private static final RunLoop<long[], byte[]> EQUAL_LONGS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          long different = a[k] ^ b[k];
          out[k] = (byte) (1 + ((different | -different) >> 63));
        }
      };

  private static final RunLoop<byte[], byte[]> EQUAL_BOOLS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (1 ^ a[k] ^ b[k]);
        }
      };

  private static final RunLoop<float[], byte[]> LESS_FLOATS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          float more = (b[k] - a[k]) * LARGE * LARGE;
          out[k] = (byte) (int) Math.max(0, Math.min(1, more));
        }
      };

  private static final RunLoop<int[], byte[]> LESS_INTS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (((long) a[k] - b[k]) >>> 63);
        }
      };

  private static final RunLoop<long[], byte[]> LESS_LONGS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (Long.compare(a[k], b[k]) >>> 31);
        }
      };

  private static final RunLoop<float[], byte[]> LESS_OR_EQUAL_FLOATS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (a[k] <= b[k] ? 1 : 0);
        }
      };

  private static final RunLoop<int[], byte[]> LESS_OR_EQUAL_INTS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (1 - (((long) b[k] - a[k]) >>> 63));
        }
      };

  private static final RunLoop<long[], byte[]> LESS_OR_EQUAL_LONGS =
      (a, b, out, from, to) -> {
        for (int k = from; k < to; k++) {
          out[k] = (byte) (1 - (Long.compare(b[k], a[k]) >>> 31));
        }
      };

  /**
   * Computes a bool result of the broadcast shape, if there is a loop for the operands' type.
   *
   * @return whether there is
   */
  static boolean run(Relation relation, Tensor a, Tensor b, Tensor result, BroadcastArrays arrays) {
    return switch (relation) {
      case EQUAL -> equal(a, b, result, arrays);
      case NOT_EQUAL -> equal(a, b, result, arrays) && negated(result);
      case LESS -> less(a, b, result, arrays);
      case LESS_EQUAL -> lessOrEqual(a, b, result, arrays);
      case GREATER, GREATER_EQUAL -> false;
    };
  }

  private static boolean equal(Tensor a, Tensor b, Tensor result, BroadcastArrays arrays) {
    switch (a.dtype()) {
      case FLOAT32 -> arrays.run(EQUAL_FLOATS, a, b, result);
      case INT32 -> arrays.run(EQUAL_INTS, a, b, result);
      case INT64 -> arrays.run(EQUAL_LONGS, a, b, result);
      case BOOL -> arrays.run(EQUAL_BOOLS, a, b, result);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean less(Tensor a, Tensor b, Tensor result, BroadcastArrays arrays) {
    switch (a.dtype()) {
      case FLOAT32 -> arrays.run(LESS_FLOATS, a, b, result);
      case INT32 -> arrays.run(LESS_INTS, a, b, result);
      case INT64 -> arrays.run(LESS_LONGS, a, b, result);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean lessOrEqual(Tensor a, Tensor b, Tensor result, BroadcastArrays arrays) {
    switch (a.dtype()) {
      case FLOAT32 -> arrays.run(LESS_OR_EQUAL_FLOATS, a, b, result);
      case INT32 -> arrays.run(LESS_OR_EQUAL_INTS, a, b, result);
      case INT64 -> arrays.run(LESS_OR_EQUAL_LONGS, a, b, result);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean negated(Tensor bools) {
    byte[] array = bools.bytes();
    for (int i = 0; i < bools.size(); i++) {
      array[i] ^= 1;
    }
    return true;
  }
}
