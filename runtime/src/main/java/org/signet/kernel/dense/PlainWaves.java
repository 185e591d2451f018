package org.signet.kernel.dense;

/**
 * Sines and cosines, logarithms, exponentials less 1: loops of float32 operations without branches,
 * which the JIT makes vectors of.
 */
public final class PlainWaves {
  private static final float TWO_OVER_PI = 0.63661975f;

  /** π/2 in three parts: multiples of the first are exact in a multiply-add. */
  private static final float HALF_PI_0 = 1.5707964f;

  private static final float HALF_PI_1 = -4.371139e-8f;
  private static final float HALF_PI_2 = -1.7151245e-15f;

  /** Cephes' polynomial for (sin r − r) / r³, |r| ≤ π/4, from the highest power down. */
  private static final float SIN_2 = -1.9515296e-4f;

  private static final float SIN_1 = 8.332161e-3f;
  private static final float SIN_0 = -0.16666655f;

  /** The same for (cos r − 1 + r²/2) / r⁴. */
  private static final float COS_2 = 2.4433157e-5f;

  private static final float COS_1 = -1.3887316e-3f;
  private static final float COS_0 = 0.041666646f;

  /** Quarters of a turn, a power of two: larger angles are left to {@link Math}. */
  private static final int MOST_QUARTERS = MultiplyAdd.FUSED ? 1 << 13 : 1 << 3;

  private PlainWaves() {}

  /** The sine, to 2 units in the last place. */
  public static void sin(float[] from, float[] to, int at, int count) {
    if (quarters(from, at, count) < MOST_QUARTERS) {
      wave(from, to, at, count, 0);
    } else {
      for (int i = at; i < at + count; i++) {
        to[i] = (float) Math.sin(from[i]);
      }
    }
  }

  /** The cosine, to 2 units in the last place. */
  public static void cos(float[] from, float[] to, int at, int count) {
    if (quarters(from, at, count) < MOST_QUARTERS) {
      wave(from, to, at, count, 1);
    } else {
      for (int i = at; i < at + count; i++) {
        to[i] = (float) Math.cos(from[i]);
      }
    }
  }

  /** A bound of the angles, in quarters of a turn: below a power of two if all are. */
  private static int quarters(float[] from, int at, int count) {
    int most = 0;
    for (int i = at; i < at + count; i++) {
      int quarters = (int) (from[i] * TWO_OVER_PI);
      most |= quarters ^ (quarters >> 31);
    }
    return most;
  }

  /** The sine of angles that are some quarters of a turn larger. */
  private static void wave(float[] from, float[] to, int at, int count, int more) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      float whole = MultiplyAdd.of(x, TWO_OVER_PI, PlainMath.ROUNDING) - PlainMath.ROUNDING;
      int quarter = (int) whole + more;
      float r = MultiplyAdd.of(whole, -HALF_PI_0, x);
      r = MultiplyAdd.of(whole, -HALF_PI_1, r);
      r = MultiplyAdd.of(whole, -HALF_PI_2, r);
      float s = r * r;
      float cos = MultiplyAdd.of(COS_2, s, COS_1);
      cos = MultiplyAdd.of(cos, s, COS_0);
      cos = MultiplyAdd.of(cos * s, s, MultiplyAdd.of(s, -0.5f, 1));
      float sin = MultiplyAdd.of(SIN_2, s, SIN_1);
      sin = MultiplyAdd.of(sin, s, SIN_0);
      sin = MultiplyAdd.of(sin * s, r, r);
      float odd = quarter & 1;
      float sign = 1 - (quarter & 2);
      to[i] = sign * (odd * cos + (1 - odd) * sin);
    }
  }

  /** {@link PlainMath#elu}. */
  public static void elu(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = PlainMath.elu(from[i]);
    }
  }

  /** {@link PlainMath#log}. */
  public static void log(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = PlainMath.log(from[i]);
    }
  }
}
