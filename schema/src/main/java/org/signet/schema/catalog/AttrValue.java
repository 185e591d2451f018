package org.signet.schema.catalog;

import java.util.List;
import java.util.Optional;

/** The value of an op's attribute as an op definition states it: a default, or one allowed. */
public sealed interface AttrValue {
  /** A value of kind {@code int}. */
  record IntValue(long value) implements AttrValue {}

  /** A value of kind {@code float}. */
  record FloatValue(float value) implements AttrValue {}

  /** A value of kind {@code bool}. */
  record BoolValue(boolean value) implements AttrValue {}

  /** A value of kind {@code string}; each char is one byte. */
  record StringValue(String value) implements AttrValue {}

  /** A value of kind {@code type}: TensorFlow's name without its prefix, such as {@code FLOAT}. */
  record TypeValue(String name) implements AttrValue {}

  /** A value of kind {@code shape}: empty if the rank is unknown; -1 is an unknown dimension. */
  record ShapeValue(Optional<List<Long>> dimensions) implements AttrValue {}

  /** A value of kind {@code tensor}, of an integer type. */
  record TensorValue(String type, List<Long> shape, List<Long> values) implements AttrValue {
    public TensorValue {
      shape = List.copyOf(shape);
      values = List.copyOf(values);
    }
  }

  /** A list of values of one kind. */
  record ListValue(List<AttrValue> values) implements AttrValue {
    public ListValue {
      values = List.copyOf(values);
    }
  }
}
