package org.signet.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * Runs the {@code signet} command in a process of its own and passes on what it says.
 *
 * @param jdk what runs it
 * @param classPath the command's jars
 * @param jvmOptions options for the JVM
 * @param log where its output goes
 */
record Worker(Jdk jdk, List<Path> classPath, List<String> jvmOptions, Log log) {
  /** How diagnostics begin. */
  private static final String DIAGNOSTIC = "signet: ";

  /** What the jar's manifest would grant if it were started with -jar. */
  private static final List<String> GRANTS = List.of("--enable-native-access=ALL-UNNAMED");

  /**
   * How a run ended.
   *
   * @param status the exit status
   * @param problems the errors that were told, in a pom's words
   */
  record Result(int status, List<String> problems) {}

  /**
   * Runs a command line.
   *
   * @param argumentFile where to write the arguments; it stays, so that the same can be run by hand
   * @throws MojoExecutionException if the process can't be started, or ends without the command's
   *     having said why
   */
  Result run(List<String> command, Path argumentFile) throws MojoExecutionException {
    List<String> line = List.of(jdk.program().toString(), "@" + argumentFile);
    log.debug(String.join(" ", line));
    try {
      ArgumentFile.write(argumentFile, arguments(command));
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      try {
        return follow(process);
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new MojoExecutionException("Can't run " + jdk + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("Interrupted", e);
    }
  }

  private List<String> arguments(List<String> command) {
    List<String> arguments = new ArrayList<>(GRANTS);
    arguments.add("-XX:+UseSerialGC");
    // What runs models gets the optimising compiler; converting is over before that would pay.
    if (command.get(0).equals("convert")) {
      arguments.add("-XX:TieredStopAtLevel=1");
    }
    arguments.add("-Dstdout.encoding=UTF-8");
    arguments.add("-Dstderr.encoding=UTF-8");
    arguments.addAll(jvmOptions);
    arguments.add("-cp");
    arguments.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    arguments.add("org.signet.cli.Main");
    arguments.addAll(command);
    if (log.isDebugEnabled()) {
      arguments.add("--debug");
    }
    return arguments;
  }

  private Result follow(Process process)
      throws IOException, InterruptedException, MojoExecutionException {
    process.getOutputStream().close();
    List<String> problems = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String said = output.readLine(); said != null; said = output.readLine()) {
        if (said.startsWith(DIAGNOSTIC)) {
          tell(PluginWords.of(said.substring(DIAGNOSTIC.length())), problems);
        } else {
          log.info(said);
          others.add(said);
        }
      }
    }
    int status = process.waitFor();
    if (status != 0 && problems.isEmpty()) {
      throw new MojoExecutionException(
          "signet ended with status " + status + " on " + jdk + ": " + String.join("; ", others));
    }
    return new Result(status, List.copyOf(problems));
  }

  private void tell(String diagnostic, List<String> problems) {
    if (diagnostic.startsWith("warning: ")) {
      log.warn(diagnostic.substring("warning: ".length()));
    } else if (diagnostic.startsWith("note: ")) {
      log.info(diagnostic.substring("note: ".length()));
    } else {
      log.error(diagnostic);
      problems.add(diagnostic);
    }
  }
}
