package org.signet.op;

import java.util.Arrays;

/** Numbers the different ones of some numbers in the order of their first occurrence. */
final class NumberGroups {
  private static final int FREE = -1;

  /** A multiplier that spreads what differs in few bits over all: 2⁶⁴ by the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** A hash table with at least as many free places as others. */
  private final long[] keys;

  private final int[] groups;
  private final int shift;
  private int count;

  /**
   * @param most numbers
   */
  NumberGroups(int most) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(2L * Math.max(most, 1) - 1);
    keys = new long[Math.toIntExact(1L << bits)];
    groups = new int[keys.length];
    Arrays.fill(groups, FREE);
    shift = Long.SIZE - bits;
  }

  /** The group of a number. */
  int of(long number) {
    int place = (int) ((number * SPREAD) >>> shift);
    while (groups[place] != FREE && keys[place] != number) {
      place = place + 1 < keys.length ? place + 1 : 0;
    }
    if (groups[place] == FREE) {
      keys[place] = number;
      groups[place] = count++;
    }
    return groups[place];
  }

  /** A group for a number that is like no other. */
  int alone() {
    return count++;
  }
}
