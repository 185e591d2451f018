package org.signet.golden;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Plain values as JSON text. */
public final class JsonText {
  private JsonText() {}

  /**
   * Indented text of maps, lists (any {@link Iterable}), strings, numbers, booleans and {@link
   * Json#NULL}; any other value is written as the string it prints as, and so are NaN and
   * infinities, which JSON lacks. Ends with a line break.
   */
  public static String of(Object value) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setFormattingStyle(FormattingStyle.PRETTY.withIndent(" "));
      writer.setStrictness(Strictness.STRICT);
      write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void write(JsonWriter writer, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> members -> {
        writer.beginObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          writer.name(String.valueOf(member.getKey()));
          write(writer, member.getValue());
        }
        writer.endObject();
      }
      case Iterable<?> items -> {
        writer.beginArray();
        for (Object item : items) {
          write(writer, item);
        }
        writer.endArray();
      }
      case Boolean flag -> writer.value(flag);
      case Double number when !Double.isFinite(number) -> writer.value(number.toString());
      case Float number when !Float.isFinite(number) -> writer.value(number.toString());
      case Number number -> writer.value(number);
      case Object other when Json.isNull(other) -> writer.nullValue();
      default -> writer.value(value.toString());
    }
  }
}
