package org.signet.op.flex.state;

import java.util.List;
import java.util.random.RandomGenerator;
import org.signet.op.Philox;

/**
 * The order in which a {@code RandomShuffleQueue} gives its entries: TensorFlow's, if it is seeded.
 */
final class ShuffledOrder {
  private static final int WORDS_PER_STEP = 4;

  private final long seed;
  private final long seed2;
  private final int atLeast;
  private long drawn;
  private Philox words;

  /**
   * @param seed any if both seeds are zero
   * @param atLeast as many entries there must be beside the one that is taken, unless the queue is
   *     closed
   */
  ShuffledOrder(long seed, long seed2, int atLeast) {
    boolean seeded = seed != 0 || seed2 != 0;
    this.seed = seeded ? seed : RandomGenerator.getDefault().nextLong();
    this.seed2 = seed2;
    this.atLeast = atLeast;
    this.words = new Philox(this.seed, 0, seed2);
  }

  int atLeast() {
    return atLeast;
  }

  /** Takes out one of the entries; the last one takes its place. */
  <T> T draw(List<T> entries) {
    int place = Integer.remainderUnsigned(words.next(), entries.size());
    drawn++;
    T last = entries.removeLast();
    return place == entries.size() ? last : entries.set(place, last);
  }

  /** How many entries have been drawn. */
  long drawn() {
    return drawn;
  }

  /** Goes on as if so many entries had been drawn. */
  void resume(long count) {
    words = new Philox(seed, count / WORDS_PER_STEP, seed2);
    for (long i = 0; i < count % WORDS_PER_STEP; i++) {
      words.next();
    }
    drawn = count;
  }
}
