package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Steps that run on their references allocate nothing, once the JIT has compiled them: in a JVM of
 * its own, which waits for that.
 */
class SteadyStepsTest {
  private static final String OPS =
      """
      ABS ADD_N ARG_MAX ARG_MIN ATAN2 BATCH_TO_SPACE_ND BITWISE_XOR BROADCAST_ARGS BROADCAST_TO \
      CAST CEIL CONCATENATION COS CUMSUM DEPTH_TO_SPACE DYNAMIC_UPDATE_SLICE EQUAL EXPAND_DIMS \
      FILL FLOOR FLOOR_DIV FLOOR_MOD GATHER GATHER_ND GREATER LESS LESS_EQUAL LOGICAL_AND \
      LOGICAL_NOT MIRROR_PAD NEG ONE_HOT PACK PAD PADV2 REDUCE_ALL REDUCE_ANY REDUCE_MAX \
      REDUCE_MIN RESHAPE REVERSE_SEQUENCE REVERSE_V2 ROUND SCATTER_ND SELECT SELECT_V2 SHAPE \
      SIN SLICE SPACE_TO_BATCH_ND SPACE_TO_DEPTH SPARSE_TO_DENSE SPLIT SPLIT_V SQUEEZE \
      STRIDED_SLICE TILE UNPACK ZEROS_LIKE\
      """;

  /** Cases of each op: enough for its common types. */
  private static final String CASES = "3";

  @Test
  void allocateNothing() throws IOException, InterruptedException {
    List<String> ops = List.of(OPS.split(" "));
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xbatch",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StepRuns.class.getName(),
                CASES));
    command.addAll(ops);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.endsWith(" bytes")).toList())
        .as(output)
        .containsExactlyElementsOf(ops.stream().sorted().map(op -> op + " takes 0 bytes").toList());
  }
}
