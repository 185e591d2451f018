package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Fills tensors with random numbers, bit by bit as TensorFlow's kernels draw them. */
public final class RandomNumbers {
  /** Steps that are set aside for each number, since its drawing may be repeated. */
  private static final int RESERVED_STEPS = 256;

  private static final int WORDS_PER_STEP = 4;
  private static final double TRUNCATED_AT = 2;
  private static final float SMALLEST = 1e-7f;
  private static final double SMALLEST_DOUBLE = 1e-7;

  private RandomNumbers() {}

  /** The steps of the generator that TensorFlow sets aside for so many numbers. */
  public static long reservedSteps(long numbers) {
    return numbers * RESERVED_STEPS;
  }

  /** Numbers in [0, 1). */
  public static void uniform(Philox generator, Tensor result) {
    for (int i = 0; i < result.size(); i++) {
      switch (result.dtype()) {
        case FLOAT32 -> result.floats()[i] = fraction(generator.next());
        case FLOAT64 -> result.doubles()[i] = fraction(generator.next(), generator.next());
        case FLOAT16 -> {
          short bits = (short) (15 << 10 | (generator.next() & 0x3FF));
          result.setDouble(i, Float.float16ToFloat(bits) - 1);
        }
        case BFLOAT16 -> {
          short bits = (short) (127 << 7 | (generator.next() & 0x7F));
          result.setDouble(i, Tensor.bfloat16ToFloat(bits) - 1);
        }
        default -> throw none(result.dtype());
      }
    }
  }

  private static IllegalArgumentException none(DType dtype) {
    return new IllegalArgumentException("no such random numbers of type " + dtype);
  }

  /** The next number in [0, 1), of 52 bits. */
  public static double fraction(Philox generator) {
    return fraction(generator.next(), generator.next());
  }

  /** The number in [0, 1) that a word stands for, of 23 bits. */
  public static float fraction(int word) {
    return Float.intBitsToFloat(127 << 23 | (word & 0x7FFFFF)) - 1;
  }

  private static double fraction(int first, int second) {
    long mantissa = (first & 0xFFFFFL) << 32 | (second & 0xFFFFFFFFL);
    return Double.longBitsToDouble(1023L << 52 | mantissa) - 1;
  }

  /** Integers in [low, high), or of all values if these are the same. */
  public static void integers(Philox generator, long low, long high, Tensor result) {
    boolean wide = result.dtype().bytes() == Long.BYTES;
    long range = wide ? high - low : (high - low) & 0xFFFFFFFFL;
    for (int i = 0; i < result.size(); i++) {
      long word = wide ? generator.nextLong() : generator.next() & 0xFFFFFFFFL;
      result.setLong(i, range == 0 ? word : low + Long.remainderUnsigned(word, range));
    }
  }

  /** Numbers of the standard normal distribution, in pairs by Box and Muller's method. */
  public static void normal(Philox generator, Tensor result) {
    for (int i = 0; i < result.size(); i += 2) {
      double[] pair = pair(generator, result.dtype());
      result.setDouble(i, pair[0]);
      if (i + 1 < result.size()) {
        result.setDouble(i + 1, pair[1]);
      }
    }
  }

  /** Two numbers of the standard normal distribution, for one step of the generator. */
  public static double[] normalPair(Philox generator) {
    double radius = Math.max(fraction(generator), SMALLEST_DOUBLE);
    double angle = 2 * Math.PI * fraction(generator);
    double scale = Math.sqrt(-2 * Math.log(radius));
    return new double[] {Math.sin(angle) * scale, Math.cos(angle) * scale};
  }

  private static double[] pair(Philox generator, DType dtype) {
    if (dtype == DType.FLOAT64) {
      return normalPair(generator);
    }
    float radius = Math.max(fraction(generator.next()), SMALLEST);
    float angle = (float) (2 * Math.PI * fraction(generator.next()));
    float scale = (float) Math.sqrt(-2 * (float) Math.log(radius));
    return new double[] {(float) Math.sin(angle) * scale, (float) Math.cos(angle) * scale};
  }

  /** As {@link #normal}; numbers beyond two standard deviations are drawn again. */
  public static void truncatedNormal(Philox generator, Tensor result) {
    int group = result.dtype() == DType.FLOAT64 ? 2 : WORDS_PER_STEP;
    long skip = (long) group * RESERVED_STEPS / WORDS_PER_STEP;
    for (int from = 0; from < result.size(); from += group) {
      Philox own = generator.skipped(from / group * skip);
      int i = from;
      int end = Math.min(from + group, result.size());
      while (i < end) {
        for (double value : pair(own, result.dtype())) {
          if (Math.abs(value) < TRUNCATED_AT && i < end) {
            result.setDouble(i++, value);
          }
        }
      }
    }
  }
}
