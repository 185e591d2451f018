package org.signet.schema.catalog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.signet.schema.catalog.OptionsTable.Field;
import org.signet.schema.catalog.OptionsTable.Kind;

/** The builtin options tables of the TFLite schema, by name and by their place in a union. */
public final class OptionsCatalog {
  private static final String VECTOR_OF = "VECTOR_OF_";

  private final Map<String, String> enumLines = new HashMap<>();
  private final Map<String, String> tableLines = new HashMap<>();
  private final Map<Integer, String> tableNames = new HashMap<>();
  private final Map<String, SchemaEnum> enums = new ConcurrentHashMap<>();
  private final Map<String, OptionsTable> tables = new ConcurrentHashMap<>();

  private OptionsCatalog(List<String> lines) {
    for (String line : lines) {
      int start = line.indexOf('\t') + 1;
      int end = line.indexOf('\t', start);
      String name = line.substring(start, end);
      if (line.startsWith("enum")) {
        enumLines.put(name, line);
      } else {
        tableLines.put(name, line);
        int last = line.indexOf('\t', end + 3);
        String discriminator = line.substring(end + 3, last < 0 ? line.length() : last);
        tableNames.put(key(line.charAt(end + 1) - '0', Integer.parseInt(discriminator)), name);
      }
    }
  }

  /** The catalog of the schema that this version of the project writes. */
  public static OptionsCatalog standard() {
    return Standard.CATALOG;
  }

  /** The table of that name, such as {@code Conv2DOptions}. */
  public Optional<OptionsTable> find(String name) {
    OptionsTable known = tables.get(name);
    String line = tableLines.get(name);
    if (known == null && line != null) {
      known = parse(line);
      tables.put(name, known);
    }
    return Optional.ofNullable(known);
  }

  /**
   * The table of a union member.
   *
   * @param union 1 for {@code BuiltinOptions}, 2 for {@code BuiltinOptions2}
   * @param discriminator the value of the union's type field
   */
  public Optional<OptionsTable> find(int union, int discriminator) {
    String name = tableNames.get(key(union, discriminator));
    return name == null ? Optional.empty() : find(name);
  }

  /** All tables, sorted by name. */
  public List<OptionsTable> all() {
    return tableLines.keySet().stream().sorted().map(name -> find(name).orElseThrow()).toList();
  }

  /** An enum that some options table uses, such as {@code Padding} or {@code TensorType}. */
  public Optional<SchemaEnum> findEnum(String name) {
    SchemaEnum known = enums.get(name);
    String line = enumLines.get(name);
    if (known == null && line != null) {
      known = SchemaEnum.parse(line);
      enums.put(name, known);
    }
    return Optional.ofNullable(known);
  }

  private static int key(int union, int discriminator) {
    return union << 16 | discriminator;
  }

  private OptionsTable parse(String line) {
    List<String> cells = Lines.split(line, '\t');
    List<Field> fields = new ArrayList<>();
    for (String cell : cells.subList(4, cells.size())) {
      fields.add(parseField(Lines.split(cell, ':')));
    }
    return new OptionsTable(
        cells.get(1), Integer.parseInt(cells.get(2)), Integer.parseInt(cells.get(3)), fields);
  }

  private Field parseField(List<String> parts) {
    String type = parts.get(2);
    boolean vector = type.startsWith(VECTOR_OF);
    String scalar = vector ? type.substring(VECTOR_OF.length()) : type;
    String kindName = Lines.before(scalar, '/') + (vector ? "_VECTOR" : "");
    Optional<SchemaEnum> constants = findEnum(Lines.after(scalar, '/'));
    Kind kind = Kind.valueOf(kindName);
    Object defaultValue =
        constants.isPresent() && !kind.indirect() ? parts.get(3) : parseDefault(kind, parts.get(3));
    return new Field(parts.get(0), Integer.parseInt(parts.get(1)), kind, constants, defaultValue);
  }

  private static Object parseDefault(Kind kind, String text) {
    return switch (kind) {
      case BOOL -> text.equals("true");
      case BYTE, INT, UINT, LONG -> text.isEmpty() ? 0L : Long.parseLong(text);
      case FLOAT -> text.isEmpty() ? 0f : Float.parseFloat(text);
      case STRING -> "";
      case BOOL_VECTOR, INT_VECTOR, UINT_VECTOR, LONG_VECTOR, FLOAT_VECTOR -> List.of();
      case BYTES -> ByteBuffer.allocate(0).asReadOnlyBuffer();
    };
  }

  private static final class Standard {
    static final OptionsCatalog CATALOG = new OptionsCatalog(Lines.read("options.tsv"));
  }
}
