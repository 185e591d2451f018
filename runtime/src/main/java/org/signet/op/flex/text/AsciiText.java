package org.signet.op.flex.text;

import java.nio.charset.StandardCharsets;

/** What TensorFlow's string ops mean by white space and case when they look at bytes. */
final class AsciiText {
  private AsciiText() {}

  /** One character a byte. */
  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Space, tab, newline, vertical tab, form feed, carriage return. */
  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
