package org.signet.schema.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.flatbuffers.Table;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares every field, enum constant and union member of the generated classes with the published
 * schemas: where a writer puts a field, what a reader gives for an absent one.
 */
class GeneratedSchemaTest {
  private static final List<String[]> FACTS = facts();

  private static List<String[]> facts() {
    try (InputStream in =
        GeneratedSchemaTest.class.getResourceAsStream(
            "/org/signet/schema/tflite_schema_facts.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void factsAreComplete() {
    assertThat(FACTS.stream().filter(row -> row[1].equals("tflite") && row[0].equals("field")))
        .hasSize(313);
    assertThat(
            FACTS.stream()
                .filter(row -> row[1].equals("tflite"))
                .filter(row -> row[0].equals("enum") || row[0].equals("union")))
        .hasSize(439);
  }

  @TestFactory
  Stream<DynamicTest> fields() {
    return FACTS.stream()
        .filter(row -> row[0].equals("field"))
        .map(row -> dynamicTest(row[1] + "." + row[2] + "." + row[3], () -> checkField(row)));
  }

  @TestFactory
  Stream<DynamicTest> constants() {
    Map<String, List<String[]>> types =
        FACTS.stream()
            .filter(row -> row[0].equals("enum") || row[0].equals("union"))
            .collect(Collectors.groupingBy(row -> row[1] + "." + row[2]));
    return types.entrySet().stream()
        .map(type -> dynamicTest(type.getKey(), () -> checkConstants(type.getValue())));
  }

  @Test
  void everyTableIsGenerated() throws Exception {
    for (String[] row : FACTS) {
      if (row[0].equals("table")) {
        assertThat(classOf(row)).isAssignableTo(Table.class);
      }
    }
  }

  @Test
  void modelHasTheFileIdentifier() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.startModel(builder);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    assertThat(Model.ModelBufferHasIdentifier(builder.dataBuffer())).isTrue();
    assertThat(new String(builder.sizedByteArray(), 4, 4, StandardCharsets.US_ASCII))
        .isEqualTo("TFL3");
  }

  @Test
  void constantBuffersAreAligned() {
    for (int length : new int[] {1, 7, 16, 33}) {
      FlatBufferBuilder builder = new FlatBufferBuilder();
      builder.createString("x".repeat(length));
      byte[] data = new byte[length];
      Arrays.fill(data, (byte) 0xA5);
      int vector = Buffer.createDataVector(builder, data);
      int buffer = Buffer.createBuffer(builder, vector, 0, 0);
      builder.finish(buffer);
      byte[] bytes = builder.sizedByteArray();
      Buffer read = Buffer.getRootAsBuffer(ByteBuffer.wrap(bytes));
      assertThat(read.dataLength()).isEqualTo(length);
      assertThat(read.dataAsByteBuffer().position() % 16).isZero();
      assertThat(read.data(length - 1)).isEqualTo(0xA5);
    }
  }

  private static void checkField(String[] row) throws Exception {
    Class<?> type = classOf(row);
    String field = camel(row[3]);
    if (row[8].equals("deprecated")) {
      assertThat(methods(type, field)).as("a deprecated field has no accessor").isEmpty();
      return;
    }
    assertThat(offsetWritten(type, field)).isEqualTo(Integer.parseInt(row[4]));
    if (!row[5].equals("-")) {
      assertThat(offsetWritten(type, field + "Type")).isEqualTo(Integer.parseInt(row[5]));
    }
    if (!row[7].equals("-")) {
      checkDefault(type, field, row[7]);
    } else if (row[6].startsWith("[")) {
      assertThat(type.getMethod(field + "Length").invoke(table(type, ""))).isEqualTo(0);
    }
  }

  /** The only vtable entry that the writer of {@code field} sets. */
  private static int offsetWritten(Class<?> type, String field) throws Exception {
    Table table = table(type, field);
    ByteBuffer bytes = table.getByteBuffer();
    int at = bytes.getInt(bytes.position()) + bytes.position();
    int vtable = at - bytes.getInt(at);
    int size = bytes.getShort(vtable);
    int found = 0;
    for (int offset = 4; offset < size; offset += 2) {
      if (bytes.getShort(vtable + offset) != 0) {
        assertThat(found).as("one entry").isZero();
        found = offset;
      }
    }
    return found;
  }

  private static void checkDefault(Class<?> type, String field, String expected) throws Exception {
    Object value = type.getMethod(field).invoke(table(type, ""));
    switch (value) {
      case Boolean flag -> assertThat(flag).isEqualTo(Boolean.valueOf(expected));
      case Float number -> assertThat(number).isEqualTo(Float.parseFloat(expected));
      case Number number -> assertThat(number.longValue()).isEqualTo(Long.parseLong(expected));
      default -> throw new AssertionError(value);
    }
  }

  /** A table with only {@code field} written, or nothing if {@code field} is empty. */
  private static Table table(Class<?> type, String field) throws Exception {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.forceDefaults(true);
    int child = builder.createString("child");
    type.getMethod("start" + type.getSimpleName(), FlatBufferBuilder.class).invoke(null, builder);
    if (!field.isEmpty()) {
      String name = "add" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
      Method add = methods(type, name).getFirst();
      add.invoke(null, builder, sample(add.getParameterTypes()[1], child));
    }
    builder.finish(
        (int)
            type.getMethod("end" + type.getSimpleName(), FlatBufferBuilder.class)
                .invoke(null, builder));
    Method root = type.getMethod("getRootAs" + type.getSimpleName(), ByteBuffer.class);
    return (Table) root.invoke(null, ByteBuffer.wrap(builder.sizedByteArray()));
  }

  private static Object sample(Class<?> type, int child) {
    return switch (type.getName()) {
      case "boolean" -> true;
      case "byte" -> (byte) 1;
      case "int" -> child;
      case "long" -> 1L;
      case "float" -> 1f;
      default -> throw new AssertionError(type);
    };
  }

  private static void checkConstants(List<String[]> rows) throws Exception {
    Class<?> type = classOf(rows.getFirst());
    for (String[] row : rows) {
      Number value = (Number) type.getField(row[3]).get(null);
      assertThat(value.longValue()).as(row[3]).isEqualTo(Long.parseLong(row[4]));
    }
    assertThat(
            Arrays.stream(type.getFields()).filter(field -> field.getType().isPrimitive()).count())
        .isEqualTo(rows.size());
  }

  private static List<Method> methods(Class<?> type, String name) {
    return Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name)).toList();
  }

  private static Class<?> classOf(String[] row) throws ClassNotFoundException {
    return Class.forName("org.signet.schema." + row[1] + "." + row[2]);
  }

  private static String camel(String field) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : field.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }
}
