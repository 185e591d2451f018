package org.signet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * Finds a JDK that Signet runs on: the one that is configured, else the first of the toolchains',
 * the one that runs Maven, those of the environment, and those in the usual folders.
 *
 * @param running the folder of the JDK that runs Maven
 * @param environment the environment variables
 * @param folders the folders that hold JDKs
 */
record JdkFinder(Path running, Map<String, String> environment, List<Path> folders) {
  /** JAVA_HOME, JAVA_HOME_25_X64, JDK_25, JDK25_HOME. */
  private static final Pattern VARIABLE = Pattern.compile("(JAVA|JDK)_?\\d*(_HOME\\w*)?");

  /** Where a JDK is in a folder of its own: at its top, on macOS, in Homebrew. */
  private static final List<String> INNER =
      List.of("", "Contents/Home", "libexec/openjdk.jdk/Contents/Home");

  private static final List<String> IN_HOME =
      List.of(
          "Library/Java/JavaVirtualMachines", ".sdkman/candidates/java", ".jdks", ".gradle/jdks");

  private static final List<String> USUAL =
      List.of(
          "/usr/lib/jvm",
          "/usr/java",
          "/opt",
          "/opt/java",
          "/Library/Java/JavaVirtualMachines",
          "/opt/homebrew/opt",
          "/usr/local/opt",
          "C:/Program Files/Java",
          "C:/Program Files/Eclipse Adoptium",
          "C:/Program Files/Microsoft",
          "C:/Program Files/Zulu",
          "C:/Program Files/Amazon Corretto");

  /** That of this machine. */
  static JdkFinder ofSystem() {
    Path home = Path.of(System.getProperty("user.home", ""));
    List<Path> folders = new ArrayList<>(USUAL.stream().map(Path::of).toList());
    IN_HOME.forEach(folder -> folders.add(home.resolve(folder)));
    return new JdkFinder(Path.of(System.getProperty("java.home", "")), System.getenv(), folders);
  }

  /**
   * Finds one.
   *
   * @param configured the value of {@code <jdk>}
   * @param toolchains the {@code java} programs of Maven's toolchains; asked only if they are
   *     needed
   * @throws MojoExecutionException if there is none
   */
  Jdk find(Optional<Path> configured, Supplier<List<Path>> toolchains)
      throws MojoExecutionException {
    if (configured.isPresent()) {
      return configured(configured.get());
    }
    // One after the other: the first that fits ends the search.
    return Stream.<Supplier<Stream<Jdk>>>of(
            () -> toolchains.get().stream().flatMap(java -> Jdk.ofProgram(java).stream()),
            () -> Jdk.in(running).stream(),
            this::inEnvironment,
            this::onPath,
            this::inFolders)
        .flatMap(Supplier::get)
        .filter(Jdk::runsSignet)
        .findFirst()
        .orElseThrow(this::none);
  }

  private static Jdk configured(Path folder) throws MojoExecutionException {
    Optional<Jdk> found =
        INNER.stream().flatMap(inner -> Jdk.in(folder.resolve(inner)).stream()).findFirst();
    return found
        .filter(Jdk::runsSignet)
        .orElseThrow(() ->
            new MojoExecutionException(
                "<jdk> (signet.jdk) is to be the folder of a JDK "
                    + Jdk.OLDEST
                    + " or newer, but "
                    + folder
                    + found.map(jdk -> " has version " + jdk.version()).orElse(" holds no JDK")));
  }

  private Stream<Jdk> inEnvironment() {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(variable -> VARIABLE.matcher(variable.getKey()).matches())
            .flatMap(variable -> path(variable.getValue()).stream())
            .flatMap(folder -> Jdk.in(folder).stream());
  }

  private Stream<Jdk> onPath() {
    String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .flatMap(folder -> path(folder).stream())
        .flatMap(folder -> Stream.of(folder.resolve("java"), folder.resolve("java.exe")))
        .flatMap(program -> Jdk.ofProgram(program).stream());
  }

  private Stream<Jdk> inFolders() {
    return folders.stream()
        .flatMap(folder -> children(folder).stream())
        .flatMap(folder -> INNER.stream().map(folder::resolve))
        .flatMap(folder -> Jdk.in(folder).stream());
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty(); // someone's variable of that name, but no folder
    }
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
        entries.forEach(children::add);
      } catch (IOException e) {
        return List.of(); // what can't be read can't be used
      }
    }
    Collections.sort(children);
    return children;
  }

  private MojoExecutionException none() {
    String runs = Jdk.in(running).map(jdk -> "Maven runs on " + jdk + "; ").orElse("");
    return new MojoExecutionException(
        "Signet needs a JDK "
            + Jdk.OLDEST
            + " or newer, and there is none among the toolchains, in JAVA_HOME, on the PATH or in the usual folders ("
            + runs
            + "it need not run on it itself). Install one, for example Temurin "
            + Jdk.OLDEST
            + ", and if that does not do, say where it is: <jdk>FOLDER</jdk>, -Dsignet.jdk=FOLDER, or in ~/.m2/toolchains.xml");
  }
}
