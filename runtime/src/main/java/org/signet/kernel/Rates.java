package org.signet.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.signet.kernel.Work.Kind;

/**
 * The cost model: a kernel takes so long for a call, so long for each part and so long for each
 * unit of its {@link Work}, in nanoseconds. Immutable.
 *
 * <p>The figures are those of one core of an AMD EPYC (Zen 3, AVX2), as {@code ProviderChoices} in
 * {@code tools/bench} measures and fits them. What machines differ in is mostly the same for all
 * providers, such as the clock, so that choices stay as they are; vectors of another length are
 * allowed for. Threads share only work that is far above where choices change.
 */
public final class Rates {
  /** Floats in a vector where the figures were measured. */
  private static final int LANES = 8;

  private final Map<Kind, Rate> rates;

  /** What calls, parts and units take. */
  private record Rate(double call, double part, double unit) {
    double nanos(Work work) {
      return call + part * work.parts() + unit * work.units();
    }
  }

  private Rates(Map<Kind, Rate> rates) {
    this.rates = rates;
  }

  /** {@code kernel.ffm}. */
  public static final Rates NATIVE =
      new Rates(new EnumMap<>(Kind.class))
          .and(Kind.PRODUCT, 110, 0.029, 0.012)
          .and(Kind.PRODUCT_OF_ROWS, 180, 0.47, 0.023)
          .and(Kind.PRODUCT_OF_COLUMNS, 180, 0.15, 0.024)
          .and(Kind.WINDOWS, 120, 0.2, 0.026)
          .and(Kind.FUNCTION, 47, 0, 0.086)
          .and(Kind.EXPONENTIAL, 54, 0, 0.39)
          .and(Kind.COMBINATION, 73, 0, 0.14)
          .and(Kind.SOFTMAX, 42, 37, 0.53)
          .and(Kind.SUMS, 58, 11, 0.037)
          .and(Kind.TRANSPOSE, 110, 0, 0.15);

  /** {@code kernel.vector}, compiled. */
  public static final Rates VECTOR =
      new Rates(new EnumMap<>(Kind.class))
          .and(Kind.PRODUCT, 120, 0.044, 0.042)
          .and(Kind.PRODUCT_OF_ROWS, 180, 0.91, 0.061)
          .and(Kind.PRODUCT_OF_COLUMNS, 180, 1, 0.06)
          .and(Kind.WINDOWS, 125, 0.28, 0.12)
          .and(Kind.FUNCTION, 49, 0, 0.087)
          .and(Kind.EXPONENTIAL, 58, 0, 0.56)
          .and(Kind.COMBINATION, 66, 0, 0.14)
          .and(Kind.SOFTMAX, 25, 51, 2)
          .and(Kind.SUMS, 58, 22, 0.21)
          .and(Kind.TRANSPOSE, 110, 0, 0.42);

  /** The reference kernels, compiled. */
  public static final Rates REFERENCE =
      new Rates(new EnumMap<>(Kind.class))
          .and(Kind.PRODUCT, 320, 0.95, 0.2)
          .and(Kind.PRODUCT_OF_ROWS, 200, 1, 0.2)
          .and(Kind.PRODUCT_OF_COLUMNS, 200, 0.005, 0.19)
          .and(Kind.WINDOWS, 460, 0.53, 0.48)
          .and(Kind.FUNCTION, 22, 0, 4.9)
          .and(Kind.EXPONENTIAL, 35, 0, 11)
          .and(Kind.COMBINATION, 54, 0, 0.14)
          .and(Kind.SOFTMAX, 42, 12, 7.7)
          .and(Kind.SUMS, 68, 0.82, 0.56)
          .and(Kind.TRANSPOSE, 100, 0, 1.15);

  private Rates and(Kind kind, double call, double part, double unit) {
    Map<Kind, Rate> more = new EnumMap<>(rates);
    more.put(kind, new Rate(call, part, unit));
    return new Rates(more);
  }

  /** The same for vectors of another length, which shorten what is not bound by memory. */
  public Rates withLanes(int lanes) {
    Rates scaled = this;
    for (Kind kind : Kind.values()) {
      Rate rate = rate(kind);
      if (!kind.isBoundByMemory()) {
        scaled = scaled.and(kind, rate.call(), rate.part(), rate.unit() * LANES / lanes);
      }
    }
    return scaled;
  }

  /** The nanoseconds that a kernel takes. */
  public double nanos(Work work) {
    return rate(work.kind()).nanos(work);
  }

  private Rate rate(Kind kind) {
    return Objects.requireNonNull(rates.get(kind), "every kind has a rate");
  }
}
