package org.signet.cli.expr;

/**
 * The generator MT19937, seeded as {@code np.random.seed} seeds it with a number. Source: Makoto
 * Matsumoto and Takuji Nishimura, Mersenne Twister, ACM TOMACS 8 (1998).
 */
final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[SIZE];
  private int at = SIZE;

  MersenneTwister(int seed) {
    int value = seed;
    for (int i = 0; i < SIZE; i++) {
      state[i] = value;
      value = 1812433253 * (value ^ (value >>> 30)) + i + 1;
    }
  }

  /** 32 random bits, as a number from 0. */
  long nextInt() {
    if (at == SIZE) {
      refill();
    }
    int y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return Integer.toUnsignedLong(y);
  }

  /** A number from 0 to 1 of 53 random bits. */
  double nextDouble() {
    long high = nextInt() >>> 5;
    long low = nextInt() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  private void refill() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    at = 0;
  }
}
