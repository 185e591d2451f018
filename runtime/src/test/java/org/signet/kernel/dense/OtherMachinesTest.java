package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of other sizes than this machine's, and no vectors at all, in JVMs of their own. */
class OtherMachinesTest {
  private static String run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {8, 16})
  void narrowerVectors(int bytes) throws IOException, InterruptedException {
    String[] options = {
      "-XX:MaxVectorSize=" + bytes, "-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector"
    };
    assertThat(run(NarrowVectors.class, options)).contains(bytes / 4 + " lanes");
  }

  @Test
  void noVectors() throws IOException, InterruptedException {
    assertThat(run(ProviderNames.class)).doesNotContain("vector").contains("reference]");
  }
}
