package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.golden.snapshot.Snapshot;

class InspectCommandTest {
  @TempDir private Path folder = Path.of("");

  /** The last line tells sizes, which change with every byte of the format. */
  private static String withoutSizes(String text) {
    return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"encode-decode", "dense"})
  void showsSignaturesAndOps(String name) {
    Run model = Run.of("inspect", Run.convert(name, folder)).succeeds();
    Path approved =
        Run.root().resolve("tools/cli/src/test/resources/org/signet/cli/inspect-" + name + ".txt");
    Snapshot.assertMatches(approved, withoutSizes(model.out()));
    Run source = Run.of("inspect", Run.model(name)).succeeds();
    assertThat(withoutSizes(source.out())).isEqualTo(withoutSizes(model.out()));
  }

  @Test
  void tellsSizes() {
    assertThat(Run.of("inspect", Run.convert("dense", folder)).out())
        .containsPattern("\nmodel file of .* kB, .* of it constants\n$");
    assertThat(Run.of("inspect", Run.model("dense")).out())
        .containsPattern("\nsource of .* kB, model file of .* kB\n$");
  }

  @Test
  void printsJson() throws Exception {
    Run run = Run.of("inspect", Run.convert("encode-decode", folder), "--json").succeeds();
    assertThat(Run.member(run.out(), "signatures", "encode").toString())
        .isEqualTo(
            "{inputs={x={dtype=float32, shape=[null]}}, outputs={encoded_result={dtype=string, shape=[null]}}, builtin_ops={}, flex_ops={FlexAsString=1}}");
  }

  @Test
  void saysWhatIsMissing() {
    Run.of("inspect", folder.resolve("none").toString()).fails(5, "SIG-0201");
    Run.of("inspect", folder.toString()).fails(5, "SIG-0201");
    Run.of("inspect").fails(2, "SIG-0101");
  }
}
