package org.signet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.RefusedOp;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.plan.Explanation.Refusal;
import org.signet.plan.Offers.Offered;

/**
 * What providers said when they were asked for a kernel, in turn, until one had it.
 *
 * @param kernel empty if none has one
 * @param provider who has it; {@code no kernel} if nobody
 * @param refusals of those that were asked before
 */
record KernelSearch(Optional<Kernel> kernel, String provider, List<Refusal> refusals) {
  static KernelSearch among(List<KernelProvider> providers, Step step) {
    List<Refusal> refusals = new ArrayList<>();
    for (KernelProvider provider : providers) {
      // No switch over types, which takes milliseconds to link in a JVM that has just begun.
      Offer offer = provider.offer(step);
      if (offer instanceof Offer.Accepted(var kernel)) {
        return new KernelSearch(Optional.of(kernel), provider.name(), refusals);
      }
      if (offer instanceof Offer.Refused(String reason)) {
        refusals.add(new Refusal(provider.name(), reason));
      }
    }
    return new KernelSearch(Optional.empty(), "no kernel", refusals);
  }

  /** The kernel, with who has it. */
  Optional<Offered> offered() {
    return kernel.isPresent() ? Optional.of(new Offered(provider, kernel.get())) : Optional.empty();
  }

  /**
   * That nobody has a kernel for an operator.
   *
   * @param place its name for people
   */
  Diagnostic missing(Step step, String place) {
    List<RefusedOp.Decline> declines =
        refusals.stream()
            .map(refusal -> new RefusedOp.Decline(refusal.provider(), refusal.toString()))
            .toList();
    return Diagnostic.error(Code.NO_KERNEL, "no kernel runs " + step.op())
        .refusing(new RefusedOp(step.op().name(), declines))
        .at(Origin.ofNode(place));
  }
}
