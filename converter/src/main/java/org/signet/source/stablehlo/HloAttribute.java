package org.signet.source.stablehlo;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.signet.type.TensorType;

/** The value of an attribute. */
public sealed interface HloAttribute {
  /** An integer, a boolean (0 or 1) or the number of a case of an enumeration. */
  record Whole(long value) implements HloAttribute {}

  /** A floating-point number. */
  record Real(double value) implements HloAttribute {}

  /** Text, mostly UTF-8. */
  record Text(String value) implements HloAttribute {}

  /** Attributes in order. */
  record Array(List<HloAttribute> elements) implements HloAttribute {}

  /** Attributes by name. */
  record Dictionary(Map<String, HloAttribute> entries) implements HloAttribute {}

  /** A type. */
  record Typed(HloType type) implements HloAttribute {}

  /**
   * The numbers of a tensor.
   *
   * @param data row-major, little-endian; one element if all are the same
   */
  record Dense(TensorType type, MemorySegment data) implements HloAttribute {}

  /** A list of integers. */
  record Numbers(List<Long> values) implements HloAttribute {}

  /** Where an op comes from, in words; empty if that is not recorded. */
  record Location(String text) implements HloAttribute {}

  /** Nothing but its presence. */
  record Unit() implements HloAttribute {}

  /** An attribute that says nothing about what an op computes. */
  record Opaque(String text) implements HloAttribute {}
}
