package org.signet.op;

/**
 * The counter-based generator Philox4x32-10 (Salmon et al. 2011): each step gives four words of 32
 * bits.
 */
public final class Philox {
  private static final int WORDS = 4;
  private static final int ROUNDS = 10;
  private static final int KEY_STEP_0 = 0x9E3779B9;
  private static final int KEY_STEP_1 = 0xBB67AE85;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;

  private final int key0;
  private final int key1;
  private long low;
  private long high;
  private final int[] words = new int[WORDS];
  private int used = WORDS;

  /**
   * @param low the counter's low 64 bits
   * @param high its high 64 bits
   */
  public Philox(long key, long low, long high) {
    this.key0 = (int) key;
    this.key1 = (int) (key >>> 32);
    this.low = low;
    this.high = high;
  }

  /** A generator that stands {@code steps} further than this one's counter. */
  public Philox skipped(long steps) {
    long moved = low + steps;
    boolean carries = Long.compareUnsigned(moved, low) < 0;
    return new Philox((key0 & 0xFFFFFFFFL) | ((long) key1 << 32), moved, carries ? high + 1 : high);
  }

  /** The key, the counter's low and its high 64 bits: the constructor's arguments. */
  public long[] position() {
    return new long[] {(key0 & 0xFFFFFFFFL) | ((long) key1 << 32), low, high};
  }

  /** The next word. */
  public int next() {
    if (used == WORDS) {
      step();
      used = 0;
    }
    return words[used++];
  }

  /** The next two words as one, the first below. */
  public long nextLong() {
    long first = next() & 0xFFFFFFFFL;
    return first | (long) next() << 32;
  }

  private void step() {
    int k0 = key0;
    int k1 = key1;
    words[0] = (int) low;
    words[1] = (int) (low >>> 32);
    words[2] = (int) high;
    words[3] = (int) (high >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (words[0] & 0xFFFFFFFFL);
      long product1 = MULTIPLIER_1 * (words[2] & 0xFFFFFFFFL);
      words[0] = (int) (product1 >>> 32) ^ words[1] ^ k0;
      words[1] = (int) product1;
      words[2] = (int) (product0 >>> 32) ^ words[3] ^ k1;
      words[3] = (int) product0;
      k0 += KEY_STEP_0;
      k1 += KEY_STEP_1;
    }
    if (++low == 0) {
      high++;
    }
  }
}
