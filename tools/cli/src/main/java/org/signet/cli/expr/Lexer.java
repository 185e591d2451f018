package org.signet.cli.expr;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text into words, as Python does. */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
              + "|(?:@(?:\\.(?:@)?)?|\\.@)(?:[eE][+-]?@)?".replace("@", "[0-9](?:_?[0-9])*"));
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
  private static final Pattern STRING_START =
      Pattern.compile("(?:[bBuU]|[rR][bB]?|[bB][rR])?['\"]");
  private static final String SYMBOLS = "()[],.+-*/=;";

  private final ExpressionText source;
  private final String text;
  private int at;

  Lexer(ExpressionText source) {
    this.source = source;
    this.text = source.text();
  }

  /** Continues from another position. */
  void goTo(int position) {
    at = position;
  }

  /**
   * The next word.
   *
   * @throws org.signet.diag.SignetException BAD_VALUE if there is none of a known kind
   */
  Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Token.Kind.END, "", at);
    }
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (matcher.lookingAt()) {
      Token number = token(Token.Kind.NUMBER, matcher.end());
      if (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        throw source.mistake(number.at(), "this is no number");
      }
      return number;
    }
    matcher.usePattern(STRING_START).region(at, text.length());
    if (matcher.lookingAt()) {
      return string(matcher.end());
    }
    matcher.usePattern(NAME).region(at, text.length());
    if (matcher.lookingAt()) {
      return token(Token.Kind.NAME, matcher.end());
    }
    if (SYMBOLS.indexOf(text.charAt(at)) >= 0) {
      return token(Token.Kind.SYMBOL, at + 1);
    }
    throw source.unknown(at, "'" + text.charAt(at) + "' has no meaning here");
  }

  private Token token(Token.Kind kind, int end) {
    Token token = new Token(kind, text.substring(at, end), at);
    at = end;
    return token;
  }

  /** A string whose contents start at {@code first}, behind the quote. */
  private Token string(int first) {
    int start = at;
    String prefix = text.substring(start, first - 1).toLowerCase(Locale.ROOT);
    char quote = text.charAt(first - 1);
    boolean raw = prefix.indexOf('r') >= 0;
    StringBuilder chars = new StringBuilder();
    at = first;
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && !raw) {
        chars.append(escape(prefix.indexOf('b') >= 0));
      } else {
        chars.appendCodePoint(text.codePointAt(at));
        at += Character.charCount(text.codePointAt(at));
      }
    }
    if (at == text.length()) {
      throw source.mistake(start, "this string does not end", "a " + quote + " is missing");
    }
    at++;
    // Bytes hold a char each already, where they are no ASCII they were escaped.
    boolean bytes = prefix.indexOf('b') >= 0 && chars.chars().allMatch(c -> c < 256);
    String latin =
        bytes
            ? chars.toString()
            : new String(
                chars.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new Token(Token.Kind.STRING, latin, start);
  }

  /** What the escape at the position stands for. */
  private String escape(boolean bytes) {
    int start = at;
    at++;
    char kind = at < text.length() ? text.charAt(at++) : '\0';
    return switch (kind) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '0' -> "\0";
      case '\\', '\'', '"' -> String.valueOf(kind);
      case 'x' -> hexadecimal(start, 2);
      case 'u' -> bytes ? "\\u" : hexadecimal(start, 4);
      case 'U' -> bytes ? "\\U" : hexadecimal(start, 8);
      default ->
          throw source.mistake(
              start,
              "this escape is unknown",
              "known are \\n \\t \\r \\0 \\\\ \\' \\\" \\xHH \\uHHHH and \\UHHHHHHHH");
    };
  }

  private String hexadecimal(int start, int digits) {
    int end = Math.min(at + digits, text.length());
    try {
      int code = Integer.parseInt(text, at, end, 16);
      if (end - at == digits && text.charAt(at) != '+' && Character.isValidCodePoint(code)) {
        at = end;
        return Character.toString(code);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw source.mistake(start, "this escape needs " + digits + " hexadecimal digits");
  }
}
