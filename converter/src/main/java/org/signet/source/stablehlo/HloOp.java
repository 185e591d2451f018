package org.signet.source.stablehlo;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.signet.type.TensorType;

/**
 * An op.
 *
 * @param name StableHLO's name, without the dialect and the version: {@code dot_general}
 * @param location where the program makes it, in words; empty if that is not recorded
 */
public record HloOp(
    String name,
    Map<String, HloAttribute> attributes,
    List<HloValue> operands,
    List<HloValue> results,
    List<HloRegion> regions,
    String location) {
  public HloOp {
    attributes = Map.copyOf(attributes);
    operands = List.copyOf(operands);
    results = List.copyOf(results);
    regions = List.copyOf(regions);
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /**
   * An attribute.
   *
   * @throws NoSuchElementException if the op has none of this name
   */
  public HloAttribute attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute))
        .orElseThrow(() -> new NoSuchElementException(name + " has no attribute " + attribute));
  }

  /** An integer, a boolean or the number of a case. */
  public int number(String attribute) {
    return switch (attribute(attribute)) {
      case HloAttribute.Whole(long value) -> Math.toIntExact(value);
      case HloAttribute other -> throw mismatch(attribute, other);
    };
  }

  public int number(String attribute, int fallback) {
    return has(attribute) ? number(attribute) : fallback;
  }

  public boolean flag(String attribute) {
    return number(attribute, 0) != 0;
  }

  public String text(String attribute) {
    return switch (attribute(attribute)) {
      case HloAttribute.Text(String value) -> value;
      case HloAttribute other -> throw mismatch(attribute, other);
    };
  }

  /** The integers of a tensor or of a list. */
  public int[] numbers(String attribute) {
    return switch (attribute(attribute)) {
      case HloAttribute.Dense dense -> DenseElements.integers(dense);
      case HloAttribute.Numbers(List<Long> values) ->
          values.stream().mapToInt(Math::toIntExact).toArray();
      case HloAttribute.Array(List<HloAttribute> elements) ->
          elements.stream()
              .mapToInt(element ->
                  element instanceof HloAttribute.Whole(long value)
                      ? Math.toIntExact(value)
                      : fail(attribute, element))
              .toArray();
      case HloAttribute other -> throw mismatch(attribute, other);
    };
  }

  /** The same, or nothing if the op has no such attribute. */
  public int[] numbersOrNone(String attribute) {
    return has(attribute) ? numbers(attribute) : new int[0];
  }

  /** The type of a result, which is a tensor. */
  public TensorType type(int result) {
    return tensorType(results.get(result));
  }

  /** The type of an operand, which is a tensor. */
  public TensorType operandType(int operand) {
    return tensorType(operands.get(operand));
  }

  private TensorType tensorType(HloValue value) {
    if (value.type() instanceof HloType.Ranked(TensorType type)) {
      return type;
    }
    throw new IllegalArgumentException(name + " on a value of type " + value.type());
  }

  private int fail(String attribute, HloAttribute found) {
    throw mismatch(attribute, found);
  }

  private IllegalArgumentException mismatch(String attribute, HloAttribute found) {
    String kind = found.getClass().getSimpleName();
    return new IllegalArgumentException(name + "'s attribute " + attribute + " is a " + kind);
  }
}
