package org.signet.kernel;

import java.util.Optional;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.Reference;

/**
 * Offers the reference evaluation of every op that has a definition, on quantized tensors only
 * where that heeds their quantization.
 */
public final class ReferenceProvider implements KernelProvider {
  private final OpDefinitions definitions;

  /**
   * @param definitions the ops
   */
  public ReferenceProvider(OpDefinitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Offer offer(Step step) {
    Optional<OpDefinition> definition = definitions.find(step.op());
    if (definition.isEmpty()) {
      return Offer.refuse("the op has no definition");
    }
    if (isQuantized(step) && !definitions.heedQuantization(definition.get())) {
      // Its reference would compute on the raw integers.
      return Offer.refuse("the op has no definition on quantized tensors");
    }
    Reference reference = definition.get().reference();
    Optional<Kernel> shortCut =
        isQuantized(step) ? Optional.empty() : ShortCuts.of(step, reference);
    return Offer.accept(shortCut.orElse(reference::evaluate));
  }

  private static boolean isQuantized(Step step) {
    return Stream.concat(
            step.operandTypes().stream().flatMap(Optional::stream), step.resultTypes().stream())
        .anyMatch(type -> type.quantization().isQuantized());
  }
}
