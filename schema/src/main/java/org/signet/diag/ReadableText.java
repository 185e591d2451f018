package org.signet.diag;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Text of a model's own names as a terminal may show it: nothing in it moves the cursor or turns
 * the direction of what follows, and no name is longer than anybody would read.
 */
public final class ReadableText {
  private static final int LONGEST_WORD = 200;
  private static final int HEAD = 130;
  private static final int TAIL = 60;

  private ReadableText() {}

  /** {@code text} on one line. */
  public static String of(String text) {
    String plain =
        text.codePoints()
            .map(ReadableText::shown)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return Arrays.stream(plain.split(" ", -1))
        .map(ReadableText::shortened)
        .collect(Collectors.joining(" "));
  }

  private static int shown(int character) {
    if (Character.isWhitespace(character)) {
      return ' ';
    }
    boolean acts =
        Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    return acts ? '?' : character;
  }

  /** With the first and the last characters: a file is told by the end of its path. */
  private static String shortened(String word) {
    int length = word.codePointCount(0, word.length());
    return length <= LONGEST_WORD
        ? word
        : word.substring(0, word.offsetByCodePoints(0, HEAD))
            + "…"
            + word.substring(word.offsetByCodePoints(word.length(), -TAIL));
  }
}
