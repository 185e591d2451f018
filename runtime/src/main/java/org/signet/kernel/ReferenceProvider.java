package org.signet.kernel;

import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;

/**
 * Offers the reference evaluation of every op that has a definition.
 *
 * @param definitions the ops
 */
public record ReferenceProvider(OpDefinitions definitions) implements KernelProvider {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Offer offer(Step step) {
    return definitions
        .find(step.op())
        .map(OpDefinition::reference)
        .map(reference -> Offer.accept(reference::evaluate))
        .orElseGet(() -> Offer.refuse("the op has no definition"));
  }
}
