package org.signet.kernel;

import java.util.Optional;
import java.util.OptionalDouble;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.Reference;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.BuiltinOp;
import org.signet.type.TensorType;

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
      return Offer.refuse(undefined(step.op()));
    }
    if (isQuantized(step) && !definitions.heedQuantization(definition.get())) {
      // Its reference would compute on the raw integers.
      return Offer.refuse("the op has no definition on quantized tensors");
    }
    Reference reference = definition.get().reference();
    try {
      if (isQuantized(step)) {
        definitions.checkQuantized(definition.get(), step, step.resultTypes());
        return Offer.accept(reference::evaluate);
      }
      definition.get().limits().check(step);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Offer.refuse(String.valueOf(e.getMessage()));
    }
    return Offer.accept(ShortCuts.of(step, reference).orElse(reference::evaluate));
  }

  @Override
  public OptionalDouble estimate(Step step, Work work) {
    return OptionalDouble.of(Rates.REFERENCE.nanos(work));
  }

  private static String undefined(OpKey op) {
    return op.isBuiltin()
            && BuiltinCatalog.standard().byName(op.name()).filter(ReferenceProvider::runs).isEmpty()
        ? "no runtime has a kernel for it; convert the model from its source, to other ops"
        : "the op has no definition";
  }

  /** Whether TFLite's interpreter has a kernel for a builtin. */
  private static boolean runs(BuiltinOp op) {
    return Math.max(op.maxVersion(), op.maxVersionLiteRt()) > 0;
  }

  private static boolean isQuantized(Step step) {
    for (Optional<TensorType> type : step.operandTypes()) {
      if (type.isPresent() && type.get().quantization().isQuantized()) {
        return true;
      }
    }
    for (TensorType type : step.resultTypes()) {
      if (type.quantization().isQuantized()) {
        return true;
      }
    }
    return false;
  }
}
