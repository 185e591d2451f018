package org.signet.golden.compare;

import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.tensor.Tensor;

/** The reference kernels, but for one op whose first float result gets one element wrong. */
record FaultyKernels(String op) implements KernelProvider {
  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public Offer offer(Step step) {
    if (!step.op().toString().equals(op)) {
      return Offer.refuse("works");
    }
    return KernelProviders.reference().offer(step) instanceof Offer.Accepted(Kernel kernel)
        ? Offer.accept(call -> {
          kernel.run(call);
          Tensor result = call.currentResult(0);
          result.setDouble(result.size() - 1, result.getDouble(result.size() - 1) + 0.25);
        })
        : Offer.refuse("no reference");
  }
}
