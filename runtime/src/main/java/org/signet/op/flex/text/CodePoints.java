package org.signet.op.flex.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * Reads and writes text character by character, broken text included. Of broken UTF-8 the longest
 * start of a character counts as one error, as the Unicode standard recommends (section 3.9).
 */
public final class CodePoints {
  private CodePoints() {}

  /** Gets each character of a text. */
  public interface Visitor {
    /**
     * @param codePoint the character; without meaning if {@code broken}
     * @param start position of its first byte
     */
    void visit(int codePoint, int start, boolean broken);
  }

  /**
   * Walks a text.
   *
   * @param encoding as TensorFlow and ICU name it
   * @throws IllegalArgumentException if there is no such encoding
   */
  public static void walk(byte[] text, String encoding, Visitor visitor) {
    Charset charset = charset(encoding);
    if (charset.equals(StandardCharsets.UTF_8)) {
      walkUtf8(text, visitor);
    } else {
      walk(text, charset.newDecoder(), visitor);
    }
  }

  /**
   * The encoding of a text to read.
   *
   * @throws IllegalArgumentException if this Java has no decoder of that name
   */
  static Charset charset(String encoding) {
    String name = encoding.toUpperCase(Locale.ROOT).replace(' ', '-');
    try {
      return Charset.forName(name.replaceFirst("^(UTF-?(?:16|32))-(BE|LE)$", "$1$2"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("no encoding is called '" + encoding + "'", e);
    }
  }

  private static void walk(byte[] text, CharsetDecoder decoder, Visitor visitor) {
    decoder
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    // Of a pair whose second half is none, Java refuses both and ICU the first.
    boolean pairs = decoder.charset().name().startsWith("UTF-16");
    int longest = pairs ? Character.BYTES : Integer.MAX_VALUE;
    ByteBuffer in = ByteBuffer.wrap(text);
    while (in.hasRemaining()) {
      int start = in.position();
      CharBuffer out = CharBuffer.allocate(1);
      CoderResult outcome = decoder.decode(in, out, true);
      if (out.position() == 0 && outcome.isOverflow()) {
        out = CharBuffer.allocate(2); // a character beyond the basic plane
        outcome = decoder.decode(in, out, true);
      }
      if (out.position() > 0) {
        visitor.visit(Character.codePointAt(out.flip(), 0), start, false);
      } else if (outcome.isError()) {
        in.position(in.position() + Math.min(outcome.length(), longest));
        visitor.visit(0, start, true);
      }
    }
  }

  private static void walkUtf8(byte[] text, Visitor visitor) {
    for (int i = 0; i < text.length; ) {
      int length = length(text[i] & 0xFF);
      int codePoint = length == 1 ? text[i] : text[i] & (0x7F >> length);
      int read = 1;
      while (read < length && i + read < text.length && continues(text, i, read)) {
        codePoint = codePoint << 6 | (text[i + read++] & 0x3F);
      }
      visitor.visit(codePoint, i, read != length);
      i += read;
    }
  }

  /** How many bytes a character takes that begins with this one; 0 if none does. */
  private static int length(int lead) {
    if (lead < 0x80) {
      return 1;
    }
    return lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  }

  private static boolean continues(byte[] text, int start, int k) {
    int b = text[start + k] & 0xFF;
    int low = 0x80;
    int high = 0xBF;
    if (k == 1) {
      switch (text[start] & 0xFF) {
        case 0xE0 -> low = 0xA0;
        case 0xED -> high = 0x9F;
        case 0xF0 -> low = 0x90;
        case 0xF4 -> high = 0x8F;
        default -> {}
      }
    }
    return b >= low && b <= high;
  }

  static boolean isUtf8(byte[] text) {
    boolean[] broken = {false};
    walkUtf8(text, (codePoint, start, bad) -> broken[0] |= bad);
    return !broken[0];
  }

  /** The character that a text in UTF-8 begins with; U+FFFD if it begins with none. */
  static int first(byte[] text) {
    int[] first = {0xFFFD};
    walkUtf8(text, (codePoint, start, bad) -> first[0] = start > 0 || bad ? first[0] : codePoint);
    return first[0];
  }

  /** Where the character after the one at {@code at} begins in UTF-8. */
  static int next(byte[] text, int at) {
    int next = at + 1;
    while (next < text.length && (text[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  /** Text in one of the encodings that {@link #written} knows. */
  static byte[] encoded(int[] codePoints, int count, String encoding) {
    return new String(codePoints, 0, count).getBytes(written(encoding));
  }

  /**
   * One of the encodings that TensorFlow writes: UTF-8, UTF-16-BE, UTF-32-BE.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Charset written(String encoding) {
    return switch (encoding.toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      case "UTF-16-BE" -> StandardCharsets.UTF_16BE;
      case "UTF-32-BE" -> StandardCharsets.UTF_32BE;
      default ->
          throw new IllegalArgumentException("no output encoding is called '" + encoding + "'");
    };
  }
}
