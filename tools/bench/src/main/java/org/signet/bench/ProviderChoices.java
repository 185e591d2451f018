package org.signet.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.ProviderOrder;
import org.signet.kernel.Work;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;

/**
 * Times the providers' kernels against each other over {@link ProviderGrid}, and says how often the
 * cost model chooses the fastest, and what is lost where it does not. With {@code --fit} it prints
 * the figures that {@link org.signet.kernel.Rates} would have by the times of kernels that leave
 * nothing to others.
 */
public final class ProviderChoices {
  private static final int ROUNDS = 3;

  /** A choice is right if it takes at most so much more than the best one. */
  private static final double AS_FAST = 1.1;

  /** Or so many nanoseconds more. */
  private static final double ALMOST = 50;

  private final List<GridPoint> points = ProviderGrid.points();
  private final List<KernelProvider> providers;
  private final GridTimes times;

  private ProviderChoices(List<KernelProvider> providers) {
    this.providers = providers;
    this.times = new GridTimes(points, providers);
  }

  /**
   * Runs it.
   *
   * @param args {@code --fit}, names of providers to leave out
   */
  public static void main(String[] args) {
    List<String> given = List.of(args);
    boolean fits = given.contains("--fit");
    Stream<KernelProvider> all =
        fits
            ? Stream.of(
                FfmProvider.eager().orElseThrow(),
                VectorProvider.eager(),
                KernelProviders.reference())
            : KernelProviders.standard().stream();
    ProviderChoices choices =
        new ProviderChoices(all.filter(provider -> !given.contains(provider.name())).toList());
    choices.times.measure(ROUNDS);
    if (fits) {
      choices.printRates();
    } else {
      choices.print();
    }
  }

  /** How good the choices are at some points. */
  private static final class Tally {
    private int points;
    private int right;
    private int rightByOrder;
    private double logLoss;
    private double logLossByOrder;

    void add(double chosen, double first, double best) {
      points++;
      right += isRight(chosen, best) ? 1 : 0;
      rightByOrder += isRight(first, best) ? 1 : 0;
      logLoss += Math.log(chosen / best);
      logLossByOrder += Math.log(first / best);
    }

    private static boolean isRight(double taken, double best) {
      return taken <= best * AS_FAST || taken <= best + ALMOST;
    }

    @Override
    public String toString() {
      return "%4d points; by the model %4d right, times %.3f of the best; by fixed order %4d, %.3f"
          .formatted(
              points,
              right,
              Math.exp(logLoss / points),
              rightByOrder,
              Math.exp(logLossByOrder / points));
    }
  }

  private void print() {
    Map<Work.Kind, Tally> tallies = new EnumMap<>(Work.Kind.class);
    Tally all = new Tally();
    System.out.println("ns measured (estimated) by " + names());
    for (int i = 0; i < points.size(); i++) {
      GridPoint point = points.get(i);
      Work work = point.work();
      KernelProvider chosen = chosen(point, i);
      int first = first(i);
      double best = best(i);
      double taken = times.nanos(i, providers.indexOf(chosen)).orElseThrow();
      for (Tally tally : List.of(all, tallies.computeIfAbsent(work.kind(), kind -> new Tally()))) {
        tally.add(taken, times.nanos(i, first).orElseThrow(), best);
      }
      System.out.printf(
          "%-50s %s %-9s%s%n",
          point,
          row(i, point),
          chosen.name(),
          Tally.isRight(taken, best) ? "" : " %.2f of the best".formatted(taken / best));
    }
    tallies.forEach((kind, tally) -> System.out.printf("%-15s %s%n", kind, tally));
    System.out.printf("%-15s %s%n", "all", all);
  }

  private String names() {
    return providers.stream().map(KernelProvider::name).collect(Collectors.joining(", "));
  }

  private String row(int i, GridPoint point) {
    StringBuilder row = new StringBuilder();
    for (int j = 0; j < providers.size(); j++) {
      OptionalDouble estimate = providers.get(j).estimate(point.step(), point.work());
      row.append("%10.0f (%9.0f)".formatted(times.nanos(i, j).orElse(-1), estimate.orElse(-1)));
    }
    return row.toString();
  }

  /** The provider that a planner takes. */
  private KernelProvider chosen(GridPoint point, int i) {
    return ProviderOrder.of(point.step(), providers).providers().stream()
        .filter(provider -> times.nanos(i, providers.indexOf(provider)).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private int first(int i) {
    int first = 0;
    while (times.nanos(i, first).isEmpty()) {
      first++;
    }
    return first;
  }

  private double best(int i) {
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < providers.size(); j++) {
      best = Math.min(best, times.nanos(i, j).orElse(best));
    }
    return best;
  }

  private void printRates() {
    for (int j = 0; j < providers.size(); j++) {
      System.out.println(providers.get(j).name());
      for (Work.Kind kind : Work.Kind.values()) {
        RateFit fit = new RateFit();
        for (int i = 0; i < points.size(); i++) {
          Work work = points.get(i).work();
          if (work.kind() == kind && times.nanos(i, j).isPresent()) {
            fit.add(work, times.nanos(i, j).getAsDouble());
          }
        }
        System.out.printf("  .and(Kind.%s, %s)%n", kind, fit);
      }
    }
  }
}
