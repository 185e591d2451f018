package org.signet.golden;

/**
 * How far a number may be off: {@code |a - e| <= absolute + relative * |e|}.
 *
 * @param relative the share of the expected number
 * @param absolute what is added to it
 */
public record Tolerance(double relative, double absolute) {
  /** Bit for bit, but for the sign of zero and the kind of NaN. */
  public static final Tolerance EXACT = new Tolerance(0, 0);

  /**
   * Whether an error is small enough.
   *
   * @param magnitude of the expected number; beside an infinity or NaN no error is
   * @param error as {@link #error} gives it
   */
  public boolean allows(double magnitude, double error) {
    return error == 0 || (Double.isFinite(magnitude) && error <= absolute + relative * magnitude);
  }

  /** What allows whatever this or {@code other} allows. */
  public Tolerance loosest(Tolerance other) {
    return new Tolerance(Math.max(relative, other.relative), Math.max(absolute, other.absolute));
  }

  /**
   * The absolute error: 0 for equal numbers, infinities and NaN with NaN; NaN if one alone is NaN.
   */
  public static double error(double expected, double actual) {
    boolean same = expected == actual || (Double.isNaN(expected) && Double.isNaN(actual));
    return same ? 0 : Math.abs(expected - actual);
  }
}
