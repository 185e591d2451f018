package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.signet.golden.Json;

/**
 * What a command line did.
 *
 * @param status the exit status
 * @param out what it printed
 * @param err what it complained of
 */
record Run(int status, String out, String err) {
  static Run of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(status, lines(out), lines(err));
  }

  private static String lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** It went well, and without a word on standard error. */
  Run succeeds() {
    assertThat(err).isEmpty();
    assertThat(status).isZero();
    return this;
  }

  /** It failed as it should: with this status, lines that start with a code, no stack trace. */
  Run fails(int wanted, String code) {
    assertThat(err).startsWith("signet: " + code + " ").doesNotContain("\tat ").endsWith("\n");
    assertThat(err.lines()).allMatch(line -> line.startsWith("signet: "));
    assertThat(status).isEqualTo(wanted);
    return this;
  }

  /** What is at these keys, one within the other, of JSON text. */
  static Object member(String json, Object... keys) throws IOException {
    Object value = Json.parse(json);
    for (Object key : keys) {
      Object inner =
          key instanceof Integer i ? ((List<?>) value).get(i) : ((Map<?, ?>) value).get(key);
      value = Objects.requireNonNull(inner, () -> key + " is not there");
    }
    return value;
  }

  /** The folder of a golden case of the project. */
  static Path goldenCase(String name) {
    return root().resolve("golden").resolve("cases").resolve(name);
  }

  /** The root of the checkout, from there or from the module's folder. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("golden").resolve("cases"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("the tests do not run in a checkout");
      }
    }
    return folder;
  }

  static String model(String goldenCase) {
    return goldenCase(goldenCase).resolve("model").toString();
  }

  /** Converts a golden case's model into a folder. */
  static String convert(String goldenCase, Path folder) {
    String file = folder.resolve(goldenCase + ".tflite").toString();
    of("convert", model(goldenCase), "-o", file).succeeds();
    return file;
  }
}
