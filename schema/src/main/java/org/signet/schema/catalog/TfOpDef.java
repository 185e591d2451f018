package org.signet.schema.catalog;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The definition of a TensorFlow op.
 *
 * @param name the op's name, as in {@code NodeDef.op}
 * @param inputs its inputs in order
 * @param outputs its outputs in order
 * @param attrs its attributes
 * @param traits what else is said about it
 */
public record TfOpDef(
    String name,
    List<ArgDef> inputs,
    List<ArgDef> outputs,
    List<AttrDef> attrs,
    Set<Trait> traits) {
  public TfOpDef {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attrs = List.copyOf(attrs);
    Set<Trait> sorted = EnumSet.noneOf(Trait.class);
    sorted.addAll(traits);
    traits = Collections.unmodifiableSet(sorted);
  }

  /** Whether running it has effects or depends on state: it must not be folded or shared. */
  public boolean stateful() {
    return traits.contains(Trait.STATEFUL);
  }

  /** Whether Flex may run it. */
  public boolean flexListed() {
    return traits.contains(Trait.FLEX);
  }

  /**
   * Whether TensorFlow itself registers it. Of an op of another library, only the name is known
   * here; the model has its definition.
   */
  public boolean registered() {
    return !traits.contains(Trait.TF_TEXT) && !traits.contains(Trait.SENTENCEPIECE);
  }

  /** The attribute of that name. */
  public Optional<AttrDef> attr(String attrName) {
    for (AttrDef attr : attrs) {
      if (attr.name().equals(attrName)) {
        return Optional.of(attr);
      }
    }
    return Optional.empty();
  }

  /** A property of an op. */
  public enum Trait {
    /** It has effects or depends on state. */
    STATEFUL,
    /** The order of its inputs does not matter. */
    COMMUTATIVE,
    /** It is a sum: its inputs may be summed up in any grouping. */
    AGGREGATE,
    /** A reference input may be uninitialized. */
    ALLOWS_UNINITIALIZED_INPUT,
    /** It communicates between devices. */
    DISTRIBUTED_COMMUNICATION,
    /** Flex may run it. */
    FLEX,
    /** TF Text registers it, not TensorFlow. */
    TF_TEXT,
    /** SentencePiece registers it, not TensorFlow. */
    SENTENCEPIECE
  }

  /**
   * An input or output: of a fixed type, of the type of an attribute, or a list of tensors whose
   * types are an attribute's. Exactly one of {@code type}, {@code typeAttr} and {@code
   * typeListAttr} is present.
   *
   * @param name its name
   * @param type its type by TensorFlow's name without prefix, such as {@code INT32}
   * @param typeAttr the attribute of kind {@code type} that has its type
   * @param numberAttr the attribute of kind {@code int} that has the number of tensors
   * @param typeListAttr the attribute of kind {@code list(type)} that has a type for each tensor
   * @param ref whether it is a reference, as TF1 variables are
   */
  public record ArgDef(
      String name,
      Optional<String> type,
      Optional<String> typeAttr,
      Optional<String> numberAttr,
      Optional<String> typeListAttr,
      boolean ref) {
    /** Whether any number of tensors may stand here. */
    public boolean variadic() {
      return numberAttr.isPresent() || typeListAttr.isPresent();
    }
  }

  /**
   * An attribute.
   *
   * @param name its name
   * @param kind {@code type}, {@code int}, {@code float}, {@code bool}, {@code string}, {@code
   *     shape}, {@code tensor}, {@code func} or {@code list(...)} of one of these
   * @param defaultValue its value where a node does not state it; without one, a node must
   * @param allowed the only values it, or an element of it, may have; empty: any
   * @param minimum the least value of an {@code int}, the least length of a list
   */
  public record AttrDef(
      String name,
      String kind,
      Optional<AttrValue> defaultValue,
      List<AttrValue> allowed,
      OptionalLong minimum) {
    public AttrDef {
      allowed = List.copyOf(allowed);
    }
  }
}
