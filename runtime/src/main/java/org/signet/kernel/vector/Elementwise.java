package org.signet.kernel.vector;

import org.signet.kernel.vector.Settings.Pieces;

/**
 * A function of each element, computed by two loops with the same results.
 *
 * @param patience for the vector loop
 * @param loop takes whole vectors
 * @param plain takes any number of elements
 */
record Elementwise(Patience patience, Loop loop, Loop plain) {
  /** Computes a function of {@code count} elements from {@code at} on, to the same places. */
  @FunctionalInterface
  interface Loop {
    /**
     * @param from has the elements
     * @param to gets the results; may be {@code from}
     */
    void run(float[] from, float[] to, int at, int count);
  }

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  static Elementwise bound(Pieces patience, float min, float max) {
    return new Elementwise(
        patience.bound(),
        (from, to, at, count) -> VectorLoops.bound(from, to, at, count, min, max),
        (from, to, at, count) -> PlainLoops.bound(from, to, at, count, min, max));
  }

  /** {@code slope · x} unless {@code x} is above 0. */
  static Elementwise leakyRelu(Pieces patience, float slope) {
    return new Elementwise(
        patience.leakyRelu(),
        (from, to, at, count) -> VectorLoops.leakyRelu(from, to, at, count, slope),
        (from, to, at, count) -> PlainLoops.leakyRelu(from, to, at, count, slope));
  }

  static Elementwise exp(Pieces patience) {
    return new Elementwise(patience.exp(), VectorLoops::exp, PlainLoops::exp);
  }

  static Elementwise logistic(Pieces patience) {
    return new Elementwise(patience.logistic(), VectorLoops::logistic, PlainLoops::logistic);
  }

  /** Computes the first {@code count} elements. */
  void run(float[] from, float[] to, int count) {
    int vectors = patience.isOver(count) ? count - count % Lanes.COUNT : 0;
    loop.run(from, to, 0, vectors);
    plain.run(from, to, vectors, count - vectors);
  }
}
