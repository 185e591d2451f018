package org.signet.op;

import java.util.List;

/**
 * What the reference of an op asks of a use, beyond what the op's definition allows, as far as a
 * model file tells: attributes, element types, ranks. It is checked when a model is opened, so that
 * no run ends in the middle for want of a kernel.
 */
@FunctionalInterface
public interface Limits {
  /** The reference takes all that the op's definition allows. */
  Limits NONE = use -> {};

  /**
   * Checks a use, of which no values need be known.
   *
   * @throws IllegalArgumentException if the reference can't run it; the message says why
   */
  void check(OpTypes use);

  /**
   * Checks a use with quantized operands, whose types are not those that the op names.
   *
   * @throws IllegalArgumentException if the reference can't run it; the message says why
   */
  default void checkQuantized(OpTypes use) {}

  /** Both. */
  default Limits and(Limits other) {
    return equals(NONE) ? other : new Together(List.of(this, other));
  }

  /** The elements of the first operands, in order, each of a kind; of the others any. */
  static Limits elements(ElementKind... kinds) {
    return new Kinds(List.of(kinds));
  }

  /** The elements of all operands of a kind. */
  static Limits all(ElementKind kind) {
    return new AllOf(kind);
  }

  /** Several, all of which hold. */
  record Together(List<Limits> parts) implements Limits {
    @Override
    public void check(OpTypes use) {
      for (Limits part : parts) {
        part.check(use);
      }
    }

    @Override
    public void checkQuantized(OpTypes use) {
      for (Limits part : parts) {
        part.checkQuantized(use);
      }
    }
  }

  /** One kind for each of the first operands. */
  record Kinds(List<ElementKind> kinds) implements Limits {
    @Override
    public void check(OpTypes use) {
      for (int i = 0; i < Math.min(kinds.size(), use.operandCount()); i++) {
        if (use.has(i)) {
          kinds.get(i).require(use.dtype(i));
        }
      }
    }
  }

  /** One kind for all operands. */
  record AllOf(ElementKind kind) implements Limits {
    @Override
    public void check(OpTypes use) {
      for (int i = 0; i < use.operandCount(); i++) {
        if (use.has(i)) {
          kind.require(use.dtype(i));
        }
      }
    }
  }
}
