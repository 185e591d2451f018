package org.signet.plan;

import java.util.List;
import java.util.Optional;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.ProviderOrder;
import org.signet.kernel.ProviderOrder.Estimate;
import org.signet.kernel.Step;

/**
 * What providers offer for a step.
 *
 * @param alone the kernel that runs it fastest, as far as that is known
 * @param first the kernel of the first provider in the order that was given, which is asked whether
 *     it does other steps, too: so much is saved by that that it comes before all estimates
 * @param estimates by which providers were asked
 */
record Offers(KernelSearch alone, Optional<Offered> first, List<Estimate> estimates) {

  /**
   * A kernel.
   *
   * @param provider the name of who offers it
   */
  record Offered(String provider, Kernel kernel) {}

  static Offers of(Step step, List<KernelProvider> providers) {
    ProviderOrder order = ProviderOrder.of(step, providers);
    KernelSearch alone = KernelSearch.among(order.providers(), step);
    boolean isGivenOrder = order.providers().equals(providers);
    KernelSearch first = isGivenOrder ? alone : KernelSearch.among(providers, step);
    return new Offers(alone, first.offered(), order.estimates());
  }
}
