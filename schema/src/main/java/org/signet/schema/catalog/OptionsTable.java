package org.signet.schema.catalog;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of one builtin options table. {@link OptionsCodec} reads and writes it.
 *
 * @param name the table's name, such as {@code Conv2DOptions}
 * @param union 1 for a member of {@code BuiltinOptions}, 2 for {@code BuiltinOptions2}
 * @param discriminator its number in that union
 * @param fields its fields in the order of their slots, without deprecated ones
 */
public record OptionsTable(String name, int union, int discriminator, List<Field> fields) {
  public OptionsTable {
    fields = List.copyOf(fields);
  }

  /** The field of that name. */
  public Optional<Field> field(String field) {
    for (Field candidate : fields) {
      if (candidate.name().equals(field)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The values of a table in which nothing is written, by field name. */
  public Map<String, Object> defaults() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      values.put(field.name(), field.defaultValue());
    }
    return Collections.unmodifiableMap(values);
  }

  /** How a field is stored, and the Java type of its value in the maps of {@link OptionsCodec}. */
  public enum Kind {
    /** {@link Boolean}. */
    BOOL(1, false),
    /** {@link Long}, or {@link String} in an enum. */
    BYTE(1, false),
    /** {@link Long}, or {@link String} in an enum. */
    INT(4, false),
    /** {@link Long}, or {@link String} in an enum. */
    UINT(4, false),
    /** {@link Long}. */
    LONG(8, false),
    /** {@link Float}. */
    FLOAT(4, false),
    /** {@link String}. */
    STRING(1, true),
    /** A {@link List} of {@link Boolean}. */
    BOOL_VECTOR(1, true),
    /** A {@link List} of {@link Long}. */
    INT_VECTOR(4, true),
    /** A {@link List} of {@link String}: only enums have it. */
    UINT_VECTOR(4, true),
    /** A {@link List} of {@link Long}. */
    LONG_VECTOR(8, true),
    /** A {@link List} of {@link Float}. */
    FLOAT_VECTOR(4, true),
    /** A read-only {@link ByteBuffer}. */
    BYTES(1, true);

    private final int size;
    private final boolean indirect;

    Kind(int size, boolean indirect) {
      this.size = size;
      this.indirect = indirect;
    }

    /** The bytes of the scalar, or of one element. */
    int size() {
      return size;
    }

    /** Whether the table holds an offset to the value. */
    boolean indirect() {
      return indirect;
    }
  }

  /**
   * A field of an options table.
   *
   * @param name its name in the schema, such as {@code stride_w}
   * @param vtableOffset where the vtable has its offset: 4 + 2 * slot
   * @param kind how it is stored
   * @param constants the enum of its values, if they are one's
   * @param defaultValue what an absent field means: false, 0, an enum's constant, empty
   */
  public record Field(
      String name,
      int vtableOffset,
      Kind kind,
      Optional<SchemaEnum> constants,
      Object defaultValue) {
    int slot() {
      return (vtableOffset - 4) / 2;
    }
  }
}
