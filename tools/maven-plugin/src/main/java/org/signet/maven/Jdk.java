package org.signet.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param version its feature version: 25
 */
record Jdk(Path home, int version) {
  /** The oldest that Signet runs on. */
  static final int OLDEST = 25;

  /** The number that names a version: 25 of {@code 25.0.1}, but 8 of {@code 1.8.0_402}. */
  private static final Pattern VERSION =
      Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?(\\d{1,4})", Pattern.MULTILINE);

  /** The JDK in a folder, if there is one. */
  static Optional<Jdk> in(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isRegularFile(program(home))) {
      return Optional.empty();
    }
    try {
      Matcher version =
          VERSION.matcher(new String(Files.readAllBytes(release), StandardCharsets.ISO_8859_1));
      return version.find()
          ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // what can't be read can't be used
    }
  }

  /** The JDK that a {@code java} program belongs to, through symbolic links. */
  static Optional<Jdk> ofProgram(Path java) {
    try {
      Path folder = java.toRealPath().getParent();
      return Optional.ofNullable(folder).map(Path::getParent).flatMap(Jdk::in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean runsSignet() {
    return version >= OLDEST;
  }

  Path program() {
    return program(home);
  }

  private static Path program(Path home) {
    Path windows = home.resolve("bin/java.exe");
    return Files.isRegularFile(windows) ? windows : home.resolve("bin/java");
  }

  @Override
  public String toString() {
    return "JDK " + version + " in " + home;
  }
}
