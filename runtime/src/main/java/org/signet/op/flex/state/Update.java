package org.signet.op.flex.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.Attributes;

/**
 * One step of an optimizer as its formula sees it: operands by the names that TensorFlow gives
 * them, new values of variables, and arithmetic on values of any kind. The runtime computes with
 * tensors, the converter with the values of a graph, so that a formula is written once.
 *
 * @param <V> tensors, or what stands for them
 */
public abstract class Update<V> {
  private final Attributes attributes;
  private final Map<String, V> values;

  /**
   * @param attributes of the op
   * @param operands by name, variables by their values
   */
  protected Update(Attributes attributes, Map<String, V> operands) {
    this.attributes = attributes;
    this.values = new HashMap<>(operands);
  }

  /** What a TensorFlow op of one result, elementwise and with broadcasting, makes of these. */
  protected abstract V apply(String op, List<V> operands);

  /** A scalar of the variables' element type. */
  protected abstract V number(double value);

  /** An int64 scalar in the variables' element type. */
  protected abstract V converted(V integer);

  /** The number that a scalar is, if that is known. */
  protected abstract Optional<Double> known(V scalar);

  /**
   * The current value of an operand: what has been {@linkplain #set set}, if anything.
   *
   * @throws IllegalArgumentException if there is no such operand
   */
  public final V get(String name) {
    V value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("operand '" + name + "' is missing");
    }
    return value;
  }

  /** Gives a variable its new value, and returns it. */
  final V set(String variable, V value) {
    values.put(variable, value);
    return value;
  }

  final boolean has(String name) {
    return values.containsKey(name);
  }

  final boolean flag(String attribute, boolean otherwise) {
    return attributes.getBoolean(attribute, otherwise);
  }

  final V add(V a, V b) {
    return apply("AddV2", List.of(a, b));
  }

  final V sub(V a, V b) {
    return apply("Sub", List.of(a, b));
  }

  final V mul(V a, V b) {
    return apply("Mul", List.of(a, b));
  }

  final V div(V a, V b) {
    return apply("RealDiv", List.of(a, b));
  }

  final V max(V a, V b) {
    return apply("Maximum", List.of(a, b));
  }

  final V abs(V a) {
    return apply("Abs", List.of(a));
  }

  final V sign(V a) {
    return apply("Sign", List.of(a));
  }

  final V square(V a) {
    return apply("Square", List.of(a));
  }

  final V sqrt(V a) {
    return apply("Sqrt", List.of(a));
  }

  final V rsqrt(V a) {
    return apply("Rsqrt", List.of(a));
  }

  final V exp(V a) {
    return apply("Exp", List.of(a));
  }

  /** {@code base} to the power of {@code -exponent}, of which −0.5 is common. */
  final V powerOfNegative(V base, V exponent) {
    return known(exponent).equals(Optional.of(-0.5))
        ? sqrt(base)
        : apply("Pow", List.of(base, apply("Neg", List.of(exponent))));
  }

  /** {@code 1 - a}. */
  final V oneMinus(V a) {
    return sub(number(1), a);
  }

  /** {@code old + (target - old) * (1 - decay)}: a moving average. */
  final V towards(V old, V target, V decay) {
    return add(old, mul(sub(target, old), oneMinus(decay)));
  }
}
