package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  @TempDir Path folder;

  private final RecordedLog log = new RecordedLog();

  @Test
  void passesOnWhatTheCommandSays() throws MojoExecutionException {
    Path source = folder.resolve("no model ü \"here\"");
    List<String> command = List.of("convert", source.toString(), "--output=" + folder.resolve("x"));

    Worker.Result result = worker(List.of()).run(command, folder.resolve("signet/x.args"));

    assertThat(result.status()).isEqualTo(5);
    assertThat(result.problems())
        .singleElement()
        .asString()
        .startsWith("SIG-02")
        .contains(source.toString());
    assertThat(log.lines).containsExactly("ERROR " + result.problems().getFirst());
  }

  @Test
  void tellsOfAProcessThatDoesNotStart() {
    Worker worker = worker(List.of("--no-such-option"));
    assertThatThrownBy(() -> worker.run(List.of("convert"), folder.resolve("x.args")))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("status 1")
        .hasMessageContaining("--no-such-option");
  }

  private Worker worker(List<String> jvmOptions) {
    Jdk jdk = Jdk.in(Path.of(System.getProperty("java.home"))).orElseThrow();
    String classPath = System.getProperty("java.class.path");
    List<Path> jars = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
    return new Worker(jdk, jars, jvmOptions, log);
  }
}
