package org.signet.maven;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of arguments for the {@code java} program: no operating system's limit for the length of a
 * command line applies to it.
 *
 * <p>The format is that of the <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html">java command's
 * manual</a>, "java Command-Line Argument Files".
 */
final class ArgumentFile {
  private ArgumentFile() {}

  static void write(Path file, List<String> arguments) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, text(arguments).getBytes(charset()));
  }

  /** Each argument in quotes, on a line of its own. */
  static String text(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      text.append('"');
      argument.chars().forEach(c -> append(text, (char) c));
      text.append("\"\n");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char c) {
    switch (c) {
      case '"', '\\' -> text.append('\\').append(c);
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\f' -> text.append("\\f");
      default -> text.append(c);
    }
  }

  /** The launcher takes the bytes as those of a command line, not as UTF-8. */
  private static Charset charset() {
    return Charset.forName(System.getProperty("native.encoding", Charset.defaultCharset().name()));
  }
}
