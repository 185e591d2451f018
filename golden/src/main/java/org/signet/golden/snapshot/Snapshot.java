package org.signet.golden.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Compares text with an approved file.
 *
 * <p>If they differ, or there is no such file yet, the text is put beside it ({@code
 * NAME.received.txt} beside {@code NAME.txt}) and the test fails. With {@code
 * -Dsignet.approve=true} the text is approved instead; not where the environment variable {@code
 * CI} is set, since approving is a person's business.
 */
public final class Snapshot {
  /** The system property that approves. */
  public static final String APPROVE = "signet.approve";

  private static final String RECEIVED = ".received";

  private final boolean approve;
  private final boolean inCi;

  Snapshot(boolean approve, boolean inCi) {
    this.approve = approve;
    this.inCi = inCi;
  }

  /**
   * Compares; line ends do not matter.
   *
   * @throws AssertionError if the text is not the approved one
   */
  public static void assertMatches(Path approved, String text) {
    String ci = Optional.ofNullable(System.getenv("CI")).orElse("");
    new Snapshot(Boolean.getBoolean(APPROVE), !ci.isEmpty() && !ci.equals("false"))
        .check(approved, text);
  }

  void check(Path approved, String text) {
    if (approve && inCi) {
      throw new AssertionError(
          "-D" + APPROVE + " is not for CI: approve on your own machine and commit the file");
    }
    String wanted = normalized(text);
    Path received = received(approved);
    try {
      Optional<String> known =
          Files.exists(approved)
              ? Optional.of(normalized(Files.readString(approved)))
              : Optional.empty();
      if (known.filter(wanted::equals).isPresent()) {
        Files.deleteIfExists(received);
      } else if (approve) {
        write(approved, wanted);
        Files.deleteIfExists(received);
      } else {
        write(received, wanted);
        throw new AssertionError(
            known.map(before -> difference(before, wanted)).orElse("it has not been approved yet")
                + System.lineSeparator()
                + "received: "
                + received
                + System.lineSeparator()
                + "approved: "
                + approved
                + System.lineSeparator()
                + "if the received text is right, approve it with -D"
                + APPROVE
                + "=true");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String normalized(String text) {
    return text.replace("\r\n", "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  static Path received(Path approved) {
    String name = approved.getFileName() == null ? "" : approved.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String received =
        dot < 0 ? name + RECEIVED : name.substring(0, dot) + RECEIVED + name.substring(dot);
    return approved.resolveSibling(received);
  }

  private static String difference(String approved, String received) {
    List<String> before = approved.lines().toList();
    List<String> after = received.lines().toList();
    int line = 0;
    while (line < before.size()
        && line < after.size()
        && before.get(line).equals(after.get(line))) {
      line++;
    }
    return "line "
        + (line + 1)
        + " differs:"
        + System.lineSeparator()
        + "- "
        + (line < before.size() ? before.get(line) : "(end)")
        + System.lineSeparator()
        + "+ "
        + (line < after.size() ? after.get(line) : "(end)");
  }
}
