package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.golden.TensorFiles;
import org.signet.golden.snapshot.Snapshot;
import org.signet.tensor.Npy;
import org.signet.type.DType;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

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
  }

  /** Whatever is in a source; long lists are cut. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "encode-decode",
        "dense",
        "shared-weights",
        "source-tags",
        "source-estimator-heads"
      })
  void showsWhatIsInASource(String name) {
    Run source = Run.of("inspect", Run.model(name)).succeeds();
    Path approved =
        Run.root()
            .resolve("tools/cli/src/test/resources/org/signet/cli/inspect-source-" + name + ".txt");
    String text =
        source
            .out()
            .replace(Run.root().toString().replace('\\', '/'), "")
            .replaceAll("source of .*, model file of .*\n|  (builtin|Flex) ops: .*\n", "");
    Snapshot.assertMatches(approved, text);
  }

  @Test
  void writesTheFlexOps() throws Exception {
    Path file = folder.resolve("flex_ops.pb");
    Run.of("inspect", Run.convert("encode-decode", folder), "--flex-ops", file.toString())
        .succeeds();
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(file));
    assertThat(graph.getNodeList())
        .extracting(NodeDef::getOp)
        .containsExactlyInAnyOrder("AsString", "StringToNumber");
    assertThat(graph.getNode(0).getAttrOrThrow("T").getType()).isEqualTo(DataType.DT_FLOAT);
    Run.of("inspect", Run.model("dense"), "--flex-ops", file.toString()).fails(2, "SIG-0101");
  }

  @Test
  void showsTheSectionsAskedFor() {
    Run run = Run.of("inspect", Run.model("dense"), "--show", "variables,assets").succeeds();
    assertThat(run.out())
        .contains("8 variables of 104 bytes", "variables.0 ")
        .doesNotContain("signature", "TensorFlow ops");
    Run.of("inspect", Run.model("dense"), "--show", "everything").fails(2, "SIG-0105");
  }

  @Test
  void cutsLongLists() {
    Run cut = Run.of("inspect", Run.model("mobilenet-v2"), "--show", "variables").succeeds();
    assertThat(cut.out()).contains("more; --all shows them").doesNotContain("weights.200 ");
    Run all = Run.of("inspect", Run.model("mobilenet-v2"), "--show", "variables", "--all");
    assertThat(all.out()).doesNotContain("--all shows them").contains("weights.200 ");
  }

  @Test
  void printsVariables() throws Exception {
    String model = Run.model("dense");
    assertThat(Run.of("inspect", model, "--variable", "variables.1").succeeds().out())
        .isEqualTo("variables.1: float32[2] [0.25, -0.125]\n");
    Run json = Run.of("inspect", model, "--variable", "sequential/x/bias", "--json").succeeds();
    assertThat(Run.member(json.out(), "value").toString()).isEqualTo("[0.25, -0.125]");
    Run.of("inspect", model, "--variable", "kernel").fails(2, "SIG-0107");
    Run.of("inspect", model, "--output", folder.resolve("k.npy").toString()).fails(2, "SIG-0101");
  }

  @Test
  void writesVariables() {
    Path file = folder.resolve("kernel.npy");
    String model = Run.model("dense");
    assertThat(
            Run.of("inspect", model, "--variable", "variables.0", "-o", file.toString())
                .succeeds()
                .out())
        .isEmpty();
    assertThat(Npy.read(file).floats())
        .containsExactly(0.75f, -0.5f, 0.25f, 1, -0.25f, 0.5f, 1.25f, 0.125f);
    Path strings = folder.resolve("strings.json");
    Run.of(
            "inspect",
            Run.model("checkpoint-types-string"),
            "--variable",
            "held.string.scalar",
            "-o",
            strings.toString())
        .succeeds();
    assertThat(TensorFiles.read(strings, DType.STRING).strings()[0])
        .isEqualTo("alone".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void showsGraphsAndTheirVariables() {
    Path model = Run.goldenCase("source-meta-text").resolve("model");
    String graph = model.resolve("graph.pb").toString();
    String prefix = model.resolve("model.ckpt").toString();
    Run run = Run.of("inspect", graph, "--checkpoint", prefix).succeeds();
    Path approved =
        Run.root().resolve("tools/cli/src/test/resources/org/signet/cli/inspect-graph.txt");
    Snapshot.assertMatches(
        approved, run.out().replace(Run.root().toString().replace('\\', '/'), ""));
    Run part = Run.of("inspect", graph, "--checkpoint", prefix, "--variable", "parts/table/part_1");
    assertThat(part.succeeds().out()).contains("float32[2, 3]");
    Run.of("inspect", graph, "--variable", "reference").fails(4, "SIG-0304");
  }

  @Test
  void showsKerasFiles() {
    String file =
        Run.goldenCase("source-keras2-h5").resolve("model").resolve("model.h5").toString();
    Run run = Run.of("inspect", file).succeeds();
    assertThat(run.out())
        .contains("Sequential model 'sequential', Keras 2.15", "x_input", "units=2")
        .contains("4 weights of 52 bytes", "model_weights/x/x/kernel:0");
    assertThat(
            Run.of("inspect", file, "--variable", "model_weights/output/output/bias:0")
                .succeeds()
                .out())
        .endsWith("float32[1] [-0.25]\n");
  }

  @Test
  void showsCheckpoints() throws Exception {
    String prefix = Run.model("dense") + "/variables/variables";
    Run run = Run.of("inspect", prefix).succeeds();
    assertThat(run.out()).contains("of 9 tensors in 1 file", "variables/1/.ATTRIBUTES/");
    Run json = Run.of("inspect", prefix + ".index", "--json").succeeds();
    assertThat(Run.member(json.out(), "tensors", 1, "bytes").toString()).isEqualTo("32");
    String key = "variables/1/.ATTRIBUTES/VARIABLE_VALUE";
    assertThat(Run.of("inspect", prefix, "--variable", key).succeeds().out())
        .endsWith("[0.25, -0.125]\n");
  }

  @Test
  void tellsSizes() {
    assertThat(Run.of("inspect", Run.convert("dense", folder)).out())
        .containsPattern("\nmodel file of .* kB, .* of it constants\n$");
    assertThat(Run.of("inspect", Run.model("dense")).out())
        .containsPattern("\nsource of .* kB, model file of .* kB\n");
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
