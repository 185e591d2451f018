package org.signet.golden;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain values: {@link Map} in the file's order, {@link List}, {@link String}, {@link
 * Boolean}, {@link Numeral} (which keeps its digits) and {@link #NULL}. Reads by tokens, since
 * binding is slow to start.
 */
public final class Json {
  /** What stands for null. */
  public static final Object NULL = Null.NULL;

  private static final int DEEPEST = 200;

  private Json() {}

  private enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /** Whether a value is {@link #NULL}. */
  public static boolean isNull(Object value) {
    return value instanceof Null;
  }

  /**
   * A number, not read yet, so that a 64-bit integer loses no digit.
   *
   * @param text as it is written
   */
  public record Numeral(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads strict JSON.
   *
   * @throws IOException if it is malformed
   */
  public static Object parse(String text) throws IOException {
    return parse(text, Strictness.STRICT);
  }

  /**
   * Reads JSON as people type it: quotes may be single or missing, and NaN and Infinity come as
   * strings.
   *
   * @throws IOException if it is malformed
   */
  public static Object parseLenient(String text) throws IOException {
    return parse(text, Strictness.LENIENT);
  }

  private static Object parse(String text, Strictness strictness) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(strictness);
      Object value = read(reader, 0);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("there is more text after the value");
      }
      return value;
    } catch (EOFException e) {
      throw new MalformedJsonException("it ends too early", e);
    }
  }

  private static Object read(JsonReader reader, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new MalformedJsonException("it is nested too deeply");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, depth);
      case BEGIN_ARRAY -> array(reader, depth);
      case STRING -> reader.nextString();
      case NUMBER -> new Numeral(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield NULL;
      }
      default -> throw new MalformedJsonException("a value is missing at " + reader.getPath());
    };
  }

  private static Map<String, Object> object(JsonReader reader, int depth) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (members.put(name, read(reader, depth + 1)) != null) {
        throw new MalformedJsonException("'" + name + "' is there twice");
      }
    }
    reader.endObject();
    return members;
  }

  private static List<Object> array(JsonReader reader, int depth) throws IOException {
    List<Object> items = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      items.add(read(reader, depth + 1));
    }
    reader.endArray();
    return items;
  }
}
