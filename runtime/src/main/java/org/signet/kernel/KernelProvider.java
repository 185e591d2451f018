package org.signet.kernel;

import java.util.Optional;
import java.util.OptionalDouble;

/** Offers kernels for steps. Safe to call from many threads. */
public interface KernelProvider {
  /** The name that {@code --explain} prints: {@code reference}, {@code vector}. */
  String name();

  /** A kernel for this step, or the reason why there is none. */
  Offer offer(Step step);

  /**
   * The nanoseconds that a run of a step takes on one thread, once the JVM has warmed up; empty if
   * nobody knows, or if there is no kernel for it. Runs nothing.
   *
   * @param work what the step has to do
   */
  default OptionalDouble estimate(Step step, Work work) {
    return OptionalDouble.empty();
  }

  /**
   * A kernel that runs a group of steps, each of which this provider has a kernel for, if there is
   * one. Its operands are the values given to the group, its results those needed elsewhere.
   */
  default Optional<Kernel> together(StepGroup group) {
    return Optional.empty();
  }
}
