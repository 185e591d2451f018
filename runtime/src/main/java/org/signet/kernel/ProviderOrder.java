package org.signet.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The order in which providers are asked for the kernel of a step: the one that takes least first,
 * by the estimates, then the others as they were given. Those that know no estimate keep their
 * places.
 *
 * @param providers in this order
 * @param estimates of those that know one, as they were given
 */
public record ProviderOrder(List<KernelProvider> providers, List<Estimate> estimates) {
  /**
   * A later provider is preferred if it takes less than so much of the time: an estimate is no
   * better than that, and the first provider needs no warm-up.
   */
  private static final double CLEARLY = 0.8;

  /** And if it takes so many nanoseconds less: so much is saved where steps run as one. */
  private static final double LEAST = 50;

  /** What free sizes may be, of which most are those of batches. */
  private static final int SMALL = 1;

  private static final int LARGE = 64;

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  public ProviderOrder {
    providers = List.copyOf(providers);
    estimates = List.copyOf(estimates);
  }

  /**
   * What a provider would take for a step.
   *
   * @param provider its name
   */
  public record Estimate(String provider, double nanos) {
    /** {@code about 0.12 ms by ffm, 0.15 ms by vector}; empty if there is nothing to compare. */
    public static String text(List<Estimate> estimates) {
      return estimates.size() < 2
          ? ""
          : "about " + estimates.stream().map(Estimate::toString).collect(Collectors.joining(", "));
    }

    /** What those providers would take for two steps which know it of both. */
    public static List<Estimate> sums(List<Estimate> first, List<Estimate> second) {
      return first.stream()
          .flatMap(one ->
              second.stream()
                  .filter(other -> other.provider().equals(one.provider()))
                  .map(other -> new Estimate(one.provider(), one.nanos() + other.nanos())))
          .toList();
    }

    boolean isClearlyBelow(Estimate other) {
      return nanos < CLEARLY * other.nanos && nanos < other.nanos - LEAST;
    }

    /** {@code 0.12 ms by ffm}, {@code 1.50 us by vector}. */
    @Override
    public String toString() {
      return nanos < NANOS_PER_MILLI / 10
          ? "%.2f us by %s".formatted(nanos / NANOS_PER_MICRO, provider)
          : "%.2f ms by %s".formatted(nanos / NANOS_PER_MILLI, provider);
    }
  }

  /**
   * The order for a step. Where sizes are free, it is another than the given one only if that is
   * faster for small ones as well as for larger ones; estimates are then those for the small ones.
   *
   * @param providers in the order to be used where nothing is known
   */
  public static ProviderOrder of(Step step, List<KernelProvider> providers) {
    if (providers.size() == 1 || !Work.isMeasured(step)) {
      return new ProviderOrder(providers, List.of());
    }
    if (!step.hasFreeSizes()) {
      return of(step, Work.of(step), providers);
    }
    ProviderOrder small = of(step, Work.of(step.withFreeSizes(SMALL)), providers);
    if (small.providers().equals(providers)) {
      return small;
    }
    ProviderOrder large = of(step, Work.of(step.withFreeSizes(LARGE)), providers);
    return large.providers().equals(small.providers())
        ? small
        : new ProviderOrder(providers, small.estimates());
  }

  private static ProviderOrder of(Step step, Optional<Work> work, List<KernelProvider> providers) {
    List<KernelProvider> order = new ArrayList<>(providers);
    List<Estimate> estimates = new ArrayList<>();
    int first = -1;
    Optional<Estimate> best = Optional.empty();
    for (int i = 0; i < providers.size() && work.isPresent(); i++) {
      OptionalDouble nanos = providers.get(i).estimate(step, work.get());
      if (nanos.isPresent()) {
        Estimate estimate = new Estimate(providers.get(i).name(), nanos.getAsDouble());
        estimates.add(estimate);
        first = first < 0 ? i : first;
        if (best.isEmpty() || estimate.isClearlyBelow(best.get())) {
          best = Optional.of(estimate);
          order.add(first, order.remove(i));
        }
      }
    }
    return new ProviderOrder(order, estimates);
  }
}
