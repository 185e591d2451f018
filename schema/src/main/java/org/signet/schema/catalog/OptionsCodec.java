package org.signet.schema.catalog;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.schema.catalog.OptionsTable.Field;
import org.signet.schema.catalog.OptionsTable.Kind;

/**
 * Reads and writes any builtin options table as a map from field name to value.
 *
 * <p>The values: {@link Boolean}; {@link Long} for every integer; {@link Float}; {@link String} for
 * strings and for enums, which stand there by their constant's name, such as {@code SAME}; lists of
 * these; a read-only {@link ByteBuffer} for bytes.
 */
public final class OptionsCodec {
  private OptionsCodec() {}

  /**
   * Reads a table. The result has every field of the layout; an absent one has its default, and an
   * absent string or vector is empty. No bytes outside the buffer's limit are touched.
   *
   * @param buffer the model; its position and byte order do not matter
   * @param position where the table starts in the buffer
   * @param table its layout
   * @throws IllegalArgumentException if the bytes are not such a table
   */
  public static Map<String, Object> read(ByteBuffer buffer, int position, OptionsTable table) {
    return new Reader(buffer, position, table).read();
  }

  /**
   * Writes a table and returns its offset in the builder. A field that the map does not have, or
   * has with its default, is not written; a string or vector is written if the map has it.
   *
   * @throws IllegalArgumentException if a value is not one of its field or there is no such field
   */
  public static int write(FlatBufferBuilder builder, OptionsTable table, Map<String, ?> values) {
    return new Writer(builder, table, values).write();
  }

  private static String where(OptionsTable table, Field field) {
    return table.name() + "." + field.name();
  }

  /** Reads one table. */
  private static final class Reader {
    private final ByteBuffer bytes;
    private final int position;
    private final OptionsTable table;

    Reader(ByteBuffer buffer, int position, OptionsTable table) {
      this.bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      this.position = position;
      this.table = table;
    }

    Map<String, Object> read() {
      check(position, 4, "the table");
      long start = (long) position - bytes.getInt(position);
      check(start, 4, "the vtable");
      int vtable = (int) start;
      int vtableSize = Short.toUnsignedInt(bytes.getShort(vtable));
      int tableSize = Short.toUnsignedInt(bytes.getShort(vtable + 2));
      check(vtable, vtableSize, "the vtable");
      check(position, tableSize, "the table");

      Map<String, Object> values = new LinkedHashMap<>();
      for (Field field : table.fields()) {
        int offset =
            field.vtableOffset() + 2 <= vtableSize
                ? Short.toUnsignedInt(bytes.getShort(vtable + field.vtableOffset()))
                : 0;
        int width = field.kind().indirect() ? 4 : field.kind().size();
        if (offset != 0 && offset + width > tableSize) {
          throw new IllegalArgumentException(where(table, field) + " lies outside its table");
        }
        values.put(
            field.name(), offset == 0 ? field.defaultValue() : value(field, position + offset));
      }
      return Collections.unmodifiableMap(values);
    }

    private Object value(Field field, int at) {
      return switch (field.kind()) {
        case BOOL -> bytes.get(at) != 0;
        case BYTE, INT, UINT, LONG -> integer(field, at);
        case FLOAT -> bytes.getFloat(at);
        default -> vector(field, at);
      };
    }

    private Object integer(Field field, int at) {
      long value =
          switch (field.kind()) {
            case BYTE -> bytes.get(at);
            case INT, INT_VECTOR -> bytes.getInt(at);
            case UINT, UINT_VECTOR -> Integer.toUnsignedLong(bytes.getInt(at));
            case LONG, LONG_VECTOR -> bytes.getLong(at);
            default -> throw new IllegalStateException(where(table, field) + " is no integer");
          };
      if (field.constants().isEmpty()) {
        return value;
      }
      try {
        return field.constants().get().nameOf(value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(where(table, field) + ": " + e.getMessage(), e);
      }
    }

    private Object vector(Field field, int at) {
      long start = at + Integer.toUnsignedLong(bytes.getInt(at));
      check(start, 4, where(table, field));
      int vector = (int) start;
      long length = Integer.toUnsignedLong(bytes.getInt(vector));
      int size = field.kind().size();
      int first = vector + 4;
      check(first, length * size, where(table, field));
      int count = (int) length;
      if (field.kind() == Kind.STRING) {
        byte[] text = new byte[count];
        bytes.get(first, text);
        return new String(text, StandardCharsets.UTF_8);
      }
      if (field.kind() == Kind.BYTES) {
        return bytes.slice(first, count).asReadOnlyBuffer();
      }
      List<Object> elements = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int element = first + i * size;
        elements.add(
            switch (field.kind()) {
              case BOOL_VECTOR -> bytes.get(element) != 0;
              case FLOAT_VECTOR -> bytes.getFloat(element);
              default -> integer(field, element);
            });
      }
      return Collections.unmodifiableList(elements);
    }

    private void check(long start, long length, String what) {
      if (start < 0 || start + length > bytes.limit()) {
        throw new IllegalArgumentException(
            table.name()
                + " at "
                + position
                + ": "
                + what
                + " lies outside the file ("
                + length
                + " bytes at "
                + start
                + " of "
                + bytes.limit()
                + ")");
      }
    }
  }

  /** Writes one table. */
  private static final class Writer {
    private final FlatBufferBuilder builder;
    private final OptionsTable table;
    private final Map<String, ?> values;

    Writer(FlatBufferBuilder builder, OptionsTable table, Map<String, ?> values) {
      this.builder = builder;
      this.table = table;
      this.values = values;
    }

    int write() {
      for (String name : values.keySet()) {
        if (table.field(name).isEmpty()) {
          throw new IllegalArgumentException(table.name() + " has no field " + name);
        }
      }
      int slots = table.fields().isEmpty() ? 0 : table.fields().getLast().slot() + 1;
      int[] offsets = new int[slots];
      for (Field field : table.fields()) {
        Object value = values.get(field.name());
        if (value != null && field.kind().indirect()) {
          offsets[field.slot()] = vector(field, value);
        }
      }
      builder.startTable(slots);
      // Wide fields first, so that none needs padding before it.
      for (int width = 8; width > 0; width /= 2) {
        for (Field field : table.fields().reversed()) {
          Object value = values.get(field.name());
          if (value == null || width != (field.kind().indirect() ? 4 : field.kind().size())) {
            continue;
          }
          if (field.kind().indirect()) {
            builder.addOffset(field.slot(), offsets[field.slot()], 0);
          } else {
            scalar(field, value);
          }
        }
      }
      return builder.endTable();
    }

    private void scalar(Field field, Object value) {
      int slot = field.slot();
      switch (field.kind()) {
        case BOOL -> builder.addBoolean(slot, as(Boolean.class, field, value), defaultBool(field));
        case FLOAT ->
            builder.addFloat(
                slot, as(Float.class, field, value), as(Float.class, field, field.defaultValue()));
        case BYTE ->
            builder.addByte(
                slot, (byte) integer(field, value), (int) integer(field, field.defaultValue()));
        case INT, UINT ->
            builder.addInt(
                slot, (int) integer(field, value), (int) integer(field, field.defaultValue()));
        case LONG ->
            builder.addLong(slot, integer(field, value), integer(field, field.defaultValue()));
        default -> throw new IllegalStateException(where(table, field) + " is no scalar");
      }
    }

    private boolean defaultBool(Field field) {
      return as(Boolean.class, field, field.defaultValue());
    }

    private int vector(Field field, Object value) {
      if (field.kind() == Kind.STRING) {
        return builder.createString(as(String.class, field, value));
      }
      if (field.kind() == Kind.BYTES) {
        return builder.createByteVector(as(ByteBuffer.class, field, value).duplicate());
      }
      List<?> elements = as(List.class, field, value);
      int size = field.kind().size();
      builder.startVector(size, elements.size(), size);
      for (Object element : elements.reversed()) {
        switch (field.kind()) {
          case BOOL_VECTOR -> builder.addBoolean(as(Boolean.class, field, element));
          case FLOAT_VECTOR -> builder.addFloat(as(Float.class, field, element));
          case LONG_VECTOR -> builder.addLong(integer(field, element));
          default -> builder.addInt((int) integer(field, element));
        }
      }
      return builder.endVector();
    }

    private long integer(Field field, Object value) {
      if (field.constants().isPresent()) {
        return field.constants().get().valueOf(as(String.class, field, value));
      }
      long number =
          value instanceof Integer small ? small.longValue() : as(Long.class, field, value);
      boolean fits =
          switch (field.kind()) {
            case BYTE -> number == (byte) number;
            case INT, INT_VECTOR -> number == (int) number;
            case UINT, UINT_VECTOR -> number == Integer.toUnsignedLong((int) number);
            default -> true;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            where(table, field) + " cannot hold " + number + ": it is " + field.kind());
      }
      return number;
    }

    private <T> T as(Class<T> type, Field field, Object value) {
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            where(table, field)
                + " takes a "
                + type.getSimpleName()
                + ", not "
                + value
                + " ("
                + value.getClass().getSimpleName()
                + ")");
      }
      return type.cast(value);
    }
  }
}
