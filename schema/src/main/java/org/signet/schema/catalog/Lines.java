package org.signet.schema.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the catalogs' resources and takes their lines apart, without regular expressions. */
final class Lines {
  private Lines() {}

  /** The bytes of a resource beside the schema package. */
  static byte[] bytes(String resource) {
    try (InputStream in = Lines.class.getResourceAsStream("/org/signet/schema/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + resource, e);
    }
  }

  /** The lines of a resource, which is ASCII. */
  static List<String> read(String resource) {
    String text = new String(bytes(resource), StandardCharsets.ISO_8859_1);
    return split(text.substring(0, text.length() - 1), '\n');
  }

  /** The parts between separators; one part if there is none. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** The text before the first separator, all of it if there is none. */
  static String before(String text, char separator) {
    int end = text.indexOf(separator);
    return end < 0 ? text : text.substring(0, end);
  }

  /** The text after the first separator, nothing if there is none. */
  static String after(String text, char separator) {
    int end = text.indexOf(separator);
    return end < 0 ? "" : text.substring(end + 1);
  }
}
