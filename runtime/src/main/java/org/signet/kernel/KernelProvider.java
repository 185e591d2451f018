package org.signet.kernel;

import java.util.Optional;

/** Offers kernels for steps. Safe to call from many threads. */
public interface KernelProvider {
  /** The name that {@code --explain} prints: {@code reference}, {@code vector}. */
  String name();

  /** A kernel for this step, or the reason why there is none. */
  Offer offer(Step step);

  /**
   * A kernel that runs a group of steps, each of which this provider has a kernel for, if there is
   * one. Its operands are the values given to the group, its results those needed elsewhere.
   */
  default Optional<Kernel> together(StepGroup group) {
    return Optional.empty();
  }
}
