package org.signet.kernel.dense;

/**
 * The rows of a product: where in an array they begin, and which elements make up each.
 *
 * <p>Row {@code i} begins at {@code at + i / width · rowStep + i % width · pixelStep}; it is made
 * of {@code depth} elements from each of the {@code taps}, which are positions relative to its
 * beginning. A convolution so reads the windows of an image where they are.
 *
 * @param data holds all elements
 * @param at where row 0 begins
 * @param width rows in a line of the image
 * @param rowStep from one line to the next
 * @param pixelStep from one row to the next in the same line
 * @param taps positions in a row where runs of elements begin
 * @param depth elements in a run
 */
@SuppressWarnings("ArrayRecordComponent")
public record Left(
    float[] data, int at, int width, int rowStep, int pixelStep, int[] taps, int depth) {

  /** A matrix whose rows lie one after the other. */
  static Left matrix(float[] data, int at, int depth) {
    return new Left(data, at, Integer.MAX_VALUE, 0, depth, new int[] {0}, depth);
  }

  /** Rows that begin, all of them, so many elements later. */
  Left from(int elements) {
    return new Left(data, at + elements, width, rowStep, pixelStep, taps, depth);
  }

  /** The length of a row. */
  public int length() {
    return taps.length * depth;
  }

  /**
   * Writes where rows {@code first} to {@code first + count} begin, and the last of them again
   * until {@code starts} is full.
   */
  public void starts(int first, int count, int[] starts) {
    int line = at + first / width * rowStep;
    int x = first % width;
    for (int i = 0; i < count; i++) {
      starts[i] = line + x * pixelStep;
      if (++x == width) {
        x = 0;
        line += rowStep;
      }
    }
    for (int i = count; i < starts.length; i++) {
      starts[i] = starts[count - 1];
    }
  }
}
