package org.signet.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.signet.kernel.Following;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;
import org.signet.kernel.Operations;
import org.signet.kernel.ProviderOrder.Estimate;
import org.signet.kernel.Step;
import org.signet.kernel.StepGroup;
import org.signet.kernel.Work;
import org.signet.op.OpCall;

/** The times of the steps of a plan, taken by kernels that time those of other providers. */
final class StepTimes {
  private static final double NANOS_PER_MICRO = 1e3;

  private final List<Times> steps = new ArrayList<>();

  /** Why the providers that were asked before offered no kernel. */
  private final IdentityHashMap<Step, List<String>> refusals = new IdentityHashMap<>();

  /** What providers are thought to take. */
  private final IdentityHashMap<Step, List<Estimate>> estimates = new IdentityHashMap<>();

  /** What one step took. */
  private static final class Times {
    private final String provider;
    private final List<Step> steps;
    private final List<String> refusals;
    private final List<Estimate> estimates;
    private long runs;
    private long nanos;
    private long least = Long.MAX_VALUE;
    private long operations;

    Times(String provider, List<Step> steps, List<String> refusals, List<Estimate> estimates) {
      this.provider = provider;
      this.steps = List.copyOf(steps);
      this.refusals = List.copyOf(refusals);
      this.estimates = List.copyOf(estimates);
    }

    /**
     * The same and a step that runs with these.
     *
     * @param taken what providers are thought to take for it by itself
     */
    Times then(Step next, List<Estimate> taken) {
      List<Step> longer = new ArrayList<>(steps);
      longer.add(next);
      return new Times(provider, longer, refusals, Estimate.sums(estimates, taken));
    }

    void add(long taken) {
      runs++;
      nanos += taken;
      least = Math.min(least, taken);
    }

    /** Billions of operations in a second; 0 if nobody counts them. */
    double gigaflops() {
      return (double) operations / least;
    }

    /** The operations of a call that has run. */
    long operations(OpCall call) {
      boolean firstAlone =
          steps.stream().skip(1).noneMatch(step -> Operations.hasProducts(step.op().name()));
      return firstAlone
          ? Operations.of(steps.getFirst().op().name(), call)
          : Operations.declared(steps);
    }

    String op() {
      return steps.stream().map(step -> step.op().name()).collect(Collectors.joining("+"));
    }

    /** {@code (ffm: no kernel for this op)}; empty if there was no choice. */
    String why() {
      List<String> reasons = new ArrayList<>(refusals);
      if (estimates.size() > 1) {
        reasons.add(Estimate.text(estimates));
      }
      return reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
    }

    String types() {
      return steps.getFirst().operandTypes().stream()
              .map(type -> type.map(Object::toString).orElse("-"))
              .toList()
          + " -> "
          + steps.getLast().resultTypes();
    }
  }

  /** A provider of the same kernels, timed. */
  KernelProvider timing(KernelProvider provider) {
    return new KernelProvider() {
      @Override
      public String name() {
        return provider.name();
      }

      @Override
      public Optional<Kernel> together(StepGroup group) {
        return provider
            .together(group)
            .map(kernel ->
                new Timed(kernel, new Times(provider.name(), group.steps(), List.of(), List.of())));
      }

      @Override
      public OptionalDouble estimate(Step step, Work work) {
        OptionalDouble nanos = provider.estimate(step, work);
        nanos.ifPresent(known ->
            estimates
                .computeIfAbsent(step, asked -> new ArrayList<>())
                .add(new Estimate(provider.name(), known)));
        return nanos;
      }

      @Override
      public Offer offer(Step step) {
        return switch (provider.offer(step)) {
          case Offer.Accepted(Kernel kernel) -> Offer.accept(timed(kernel, step, provider.name()));
          case Offer.Refused refused -> {
            refusals
                .computeIfAbsent(step, asked -> new ArrayList<>())
                .add(provider.name() + ": " + refused.reason());
            yield refused;
          }
        };
      }
    };
  }

  private Kernel timed(Kernel kernel, Step step, String provider) {
    return new Timed(
        kernel,
        new Times(
            provider, List.of(step), refusals.getOrDefault(step, List.of()), estimates(step)));
  }

  private List<Estimate> estimates(Step step) {
    return estimates.getOrDefault(step, List.of());
  }

  /** A kernel that is timed, with those of the steps that it does besides. */
  private final class Timed implements Kernel {
    private final Kernel kernel;
    private final Times times;

    private Timed(Kernel kernel, Times times) {
      this.kernel = kernel;
      this.times = times;
      if (!steps.contains(times)) {
        steps.add(times);
      }
    }

    @Override
    public void run(OpCall call) {
      long begin = System.nanoTime();
      kernel.run(call);
      times.add(System.nanoTime() - begin);
      times.operations = times.operations(call);
    }

    @Override
    public Optional<Kernel> then(Following following) {
      return kernel
          .then(following)
          .map(both -> new Timed(both, times.then(following.step(), estimates(following.step()))));
    }

    @Override
    public Optional<Runnable> preparation() {
      return kernel.preparation();
    }

    @Override
    public Optional<Kernel> reading(int operand, int... order) {
      return kernel.reading(operand, order).map(reading -> new Timed(reading, times));
    }
  }

  /** Forgets what was measured while the JVM warmed up. */
  void forget() {
    for (Times times : steps) {
      times.runs = 0;
      times.nanos = 0;
      times.least = Long.MAX_VALUE;
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * A line for each step that has run, the longest first.
   *
   * @param explained whether to say why no other kernel ran it
   */
  List<String> rows(boolean explained) {
    return longestFirst().stream()
        .map(times ->
            "%10.1f us  %-15s  %-9s %s %s%s"
                .formatted(
                    times.least / NANOS_PER_MICRO,
                    times.operations == 0 ? "" : "%.1f GFLOP/s".formatted(times.gigaflops()),
                    times.provider,
                    times.op(),
                    times.types(),
                    explained ? times.why() : ""))
        .toList();
  }

  List<Map<String, Object>> json() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Times times : longestFirst()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("op", times.op());
      members.put("kernel", times.provider);
      members.put("types", times.types());
      if (!times.refusals.isEmpty()) {
        members.put("refusals", times.refusals);
      }
      if (times.estimates.size() > 1) {
        Map<String, Object> micros = new LinkedHashMap<>();
        times.estimates.forEach(
            estimate -> micros.put(estimate.provider(), estimate.nanos() / NANOS_PER_MICRO));
        members.put("estimates_us", micros);
      }
      members.put("min_us", times.least / NANOS_PER_MICRO);
      if (times.operations > 0) {
        members.put("gflops", times.gigaflops());
      }
      members.put("mean_us", times.nanos / NANOS_PER_MICRO / times.runs);
      list.add(members);
    }
    return list;
  }

  private List<Times> longestFirst() {
    return steps.stream()
        .filter(times -> times.runs > 0)
        .sorted(Comparator.comparingLong((Times times) -> times.least).reversed())
        .toList();
  }
}
