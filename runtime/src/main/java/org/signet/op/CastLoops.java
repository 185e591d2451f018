package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Loops of common casts, each on its own and without branches, for the JIT to make vectors of it.
 */
final class CastLoops {
  /** Its square times the least positive float is more than 1. */
  private static final float LARGE = 0x1p127f;

  private static final long LOW_INT = 0xFFFFFFFFL;

  private CastLoops() {}

  /**
   * Casts all elements, if there is a loop for it.
   *
   * @param saturates whether an int32 is the one nearest to a floating number, the largest for NaN
   * @return whether there is
   */
  static boolean run(Tensor from, Tensor to, boolean saturates) {
    int size = from.size();
    switch (from.dtype()) {
      case BOOL -> {
        if (to.dtype() != DType.FLOAT32) {
          return false;
        }
        toFloats(from.bytes(), to.floats(), size);
      }
      case FLOAT32 -> {
        if (to.dtype() == DType.BOOL) {
          toBools(from.floats(), to.bytes(), size);
        } else if (to.dtype() == DType.INT32 && saturates) {
          toInts(from.floats(), to.ints(), size);
        } else {
          return false;
        }
      }
      case INT32 -> {
        if (to.dtype() == DType.BOOL) {
          toBools(from.ints(), to.bytes(), size);
        } else if (to.dtype() == DType.INT64) {
          toLongs(from.ints(), to.longs(), size);
        } else {
          return false;
        }
      }
      case INT64 -> {
        if (to.dtype() != DType.INT32) {
          return false;
        }
        toInts(from.longs(), to.ints(), size);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void toFloats(byte[] from, float[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] = from[i];
    }
  }

  /** 1 less what is left of 1 by a magnitude that is 0 or large; nothing is left by NaN. */
  private static void toBools(float[] from, byte[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] = (byte) (1 - (int) (1 - Math.min(Math.abs(from[i]) * LARGE * LARGE, 1)));
    }
  }

  private static void toBools(int[] from, byte[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] = (byte) (((from[i] & LOW_INT) + LOW_INT) >>> 32);
    }
  }

  /** Java's cast, which makes 0 of NaN; of that the other summand makes all bits but the sign. */
  private static void toInts(float[] from, int[] to, int size) {
    for (int i = 0; i < size; i++) {
      float x = from[i];
      int isNumber = (int) (Math.min(Math.abs(x), 0) + 1);
      to[i] = (int) x | (isNumber - 1) >>> 1;
    }
  }

  private static void toLongs(int[] from, long[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] = from[i];
    }
  }

  private static void toInts(long[] from, int[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] = (int) from[i];
    }
  }
}
