package org.signet.kernel;

/** Offers kernels for steps. Safe to call from many threads. */
public interface KernelProvider {
  /** The name that {@code --explain} prints: {@code reference}, {@code vector}. */
  String name();

  /** A kernel for this step, or the reason why there is none. */
  Offer offer(Step step);
}
