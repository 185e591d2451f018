package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.bundle.CheckpointBundle;
import org.signet.bundle.SliceFile;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.FunctionRequest;
import org.signet.source.GraphEndpoints;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;

/**
 * Bare graphs, and functions, of which something is wrong: one diagnostic that names it, and no
 * model file.
 */
class BadGraphTest {
  private static final String CHECKPOINT = "model.ckpt";
  private static final String DATA = CHECKPOINT + ".data-00000-of-00001";
  private static final String INDEX = CHECKPOINT + ".index";

  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    try (var files = Files.newDirectoryStream(Checkout.testModel("multiply"))) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private ConversionOptions graph(String feed, String fetch) {
    return ConversionOptions.of(folder.resolve("graph.pbtxt"))
        .withKind(SourceKind.GRAPH_DEF)
        .withCheckpoint(folder.resolve(CHECKPOINT))
        .withEndpoints(List.of(new GraphEndpoints("s", List.of(feed), List.of(fetch))));
  }

  private void refused(ConversionOptions options, Code code, String... named) {
    Path target = folder.resolve("out.tflite");
    SignetException e =
        catchThrowableOfType(SignetException.class, () -> Signet.convert(options, target));
    assertThat(e).as("it converts").isNotNull();
    assertThat(e.code()).as(e.toString()).isEqualTo(code);
    assertThat(e.diagnostics()).hasSize(1);
    assertThat(e).hasMessageContainingAll(named);
    assertThat(target).doesNotExist();
  }

  private void rewrite(String from, String to) throws IOException {
    Path file = folder.resolve("graph.pbtxt");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void soundItConverts() {
    assertThat(Signet.convert(graph("x", "y"), folder.resolve("out.tflite")).signatures())
        .hasSize(1);
  }

  @Test
  void aMissingCheckpoint() {
    refused(
        graph("x", "y").withCheckpoint(folder.resolve("no.ckpt")), Code.FILE_MISSING, "no.ckpt");
  }

  @Test
  void aMissingShard() throws IOException {
    Files.delete(folder.resolve(DATA));
    refused(graph("x", "y"), Code.FILE_MISSING, DATA);
  }

  @Test
  void noCheckpointAtAll() {
    ConversionOptions options =
        ConversionOptions.of(folder.resolve("graph.pbtxt"))
            .withKind(SourceKind.GRAPH_DEF)
            .withEndpoints(graph("x", "y").endpoints());
    refused(options, Code.VARIABLE_WITHOUT_VALUE, "'v'");
  }

  @Test
  void aMissingKey() throws IOException {
    rewrite("\"v\"", "\"w\"");
    refused(graph("x", "y"), Code.VARIABLE_WITHOUT_VALUE, "'w'");
    assertThat(
            Signet.convert(
                    graph("x", "y").withVariables(java.util.Map.of("w", "v")),
                    folder.resolve("out.tflite"))
                .signatures())
        .hasSize(1);
  }

  @Test
  void anotherShape() throws IOException {
    rewrite("\n      shape {\n      }", "\n      shape {\n        dim { size: 2 }\n      }");
    refused(graph("x", "y"), Code.MALFORMED_CHECKPOINT, "'v' is int32[2] in the graph but int32[]");
  }

  @Test
  void anotherType() throws IOException {
    rewrite("DT_INT32", "DT_FLOAT");
    refused(
        graph("x", "y"), Code.MALFORMED_CHECKPOINT, "'v' is float32[] in the graph but int32[]");
  }

  @Test
  void theHandleOfAVariableAsOutput() throws IOException {
    rewrite("\"VariableV2\"", "\"VarHandleOp\"");
    refused(graph("x", "v"), Code.UNSUPPORTED_SOURCE, "the output 'v' is the handle of 'v'");
  }

  @Test
  void anIndexInPlaceOfTheFirstFormatOfCheckpoints() throws IOException {
    Files.move(folder.resolve(INDEX), folder.resolve(CHECKPOINT));
    refused(graph("x", "y"), Code.MALFORMED_CHECKPOINT, CHECKPOINT, "does not tell its tensors");
  }

  @Test
  void theFirstFormatOfCheckpoints() throws IOException {
    Path target = folder.resolve("out.tflite");
    Signet.convert(graph("x", "y"), target);
    byte[] expected = Files.readAllBytes(target);
    Map<String, Tensor> tensors = new HashMap<>();
    try (CheckpointBundle bundle = CheckpointBundle.open(folder.resolve(CHECKPOINT))) {
      for (String key : bundle.keys()) {
        tensors.put(key, bundle.find(key).orElseThrow().load());
      }
    }
    Files.delete(folder.resolve(INDEX));
    Files.delete(folder.resolve(DATA));
    SliceFile.write(folder.resolve(CHECKPOINT), tensors);

    Signet.convert(graph("x", "y"), target);

    assertThat(tensors).isNotEmpty();
    assertThat(Files.readAllBytes(target)).isEqualTo(expected);
  }

  @Test
  void feedsAndFetches() {
    refused(graph("x", "no:0"), Code.NO_SUCH_OUTPUT, "'no'", "x, unused", "its last nodes: z");
    refused(graph("x", "y:3"), Code.NO_SUCH_OUTPUT, "'y'", "no output 3");
    refused(graph("no", "y"), Code.NO_SUCH_OUTPUT, "'no'");
    refused(graph("y", "v"), Code.NO_SUCH_INPUT, "'y'", "read by no fetch");
  }

  /** As a session takes it. */
  @Test
  void aPlaceholderThatNothingReads() {
    assertThat(Signet.convert(graph("unused", "v"), folder.resolve("out.tflite")).signatures())
        .hasSize(1);
  }

  @Test
  void whatOneKindHasAndAnotherHasNot() {
    ConversionOptions graph = graph("x", "y");
    refused(graph.withTags(Set.of("serve")), Code.USAGE, "tag sets");
    List<FunctionRequest> functions = List.of(new FunctionRequest("", "f", OptionalInt.empty()));
    refused(graph.withFunctions(functions), Code.USAGE, "functions");
    ConversionOptions model = ConversionOptions.of(Checkout.testModel("functions"));
    refused(model.withCheckpoint(folder.resolve(CHECKPOINT)), Code.USAGE, "--checkpoint");
    refused(
        model.withFunctions(functions).withEndpoints(graph.endpoints()), Code.USAGE, "together");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node {", "node { name: 1 }", "<html></html>", "no_such_field: 1", "\u0001"})
  void textThatIsNoGraph(String text) throws IOException {
    Files.writeString(folder.resolve("graph.pbtxt"), text);
    refused(graph("x", "y"), Code.MALFORMED_PROTO, "graph.pbtxt");
  }

  @Test
  void aFunctionThatCallsItself() throws IOException {
    String call = "op: \"f\" input: \"%s\"";
    Files.writeString(
        folder.resolve("graph.pbtxt"),
        """
        node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
        node { name: "call" %s }
        node { name: "y" op: "Identity" input: "call" attr { key: "T" value { type: DT_FLOAT } } }
        library { function {
          signature { name: "f" input_arg { name: "a" type: DT_FLOAT } output_arg { name: "b" type: DT_FLOAT } }
          node_def { name: "again" %s }
          node_def { name: "twice" %s }
          ret { key: "b" value: "twice:b:0" }
        } }
        """
            .formatted(call.formatted("x"), call.formatted("a"), call.formatted("again:b:0")));
    refused(graph("x", "y"), Code.MALFORMED_GRAPH, "'f'", "levels deep");
  }

  @Test
  void aFunctionThatCallsItselfInABranch() throws IOException {
    String choice =
        """
        op: "If" input: "c" input: "%s"
          attr { key: "Tcond" value { type: DT_BOOL } }
          attr { key: "Tin" value { list { type: DT_FLOAT } } }
          attr { key: "Tout" value { list { type: DT_FLOAT } } }
          attr { key: "then_branch" value { func { name: "f" } } }
          attr { key: "else_branch" value { func { name: "f" } } }
        """;
    Files.writeString(
        folder.resolve("graph.pbtxt"),
        """
        node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
        node { name: "y" op: "f" input: "x" }
        library { function {
          signature { name: "f" input_arg { name: "a" type: DT_FLOAT } output_arg { name: "b" type: DT_FLOAT } }
          node_def { name: "z" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
            attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 0 } } } }
          node_def { name: "c" op: "Greater" input: "a" input: "z:output:0" attr { key: "T" value { type: DT_FLOAT } } }
          node_def { name: "again" %s }
          ret { key: "b" value: "again:output:0" }
        } }
        """
            .formatted(choice.replace("\"c\"", "\"c:z:0\"").formatted("a")));
    refused(graph("x", "y"), Code.MALFORMED_GRAPH, "'f'", "levels deep");
  }

  @ParameterizedTest
  @CsvSource({
    "../secret, ASSET_OUTSIDE_MODEL",
    "/etc/hosts, ASSET_OUTSIDE_MODEL",
    "a/../../secret, ASSET_OUTSIDE_MODEL",
    "link, ASSET_OUTSIDE_MODEL",
    "missing, FILE_MISSING"
  })
  void filesOutsideOfTheModel(String path, Code code) throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(model.resolve("link"), folder.resolve("secret"));
    Path file = model.resolve("graph.pbtxt");
    Files.writeString(
        file,
        """
        node { name: "p" op: "Const" attr { key: "dtype" value { type: DT_STRING } }
          attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape {} string_val: "%s" } } } }
        node { name: "y" op: "ReadFile" input: "p" }
        """
            .formatted(path));
    ConversionOptions options =
        ConversionOptions.of(file)
            .withKind(SourceKind.GRAPH_DEF)
            .withEndpoints(List.of(new GraphEndpoints("s", List.of(), List.of("y"))));
    refused(options, code, path);
  }

  /** Cut off at every twentieth, and with bytes changed: refused or right, never a bug. */
  @ParameterizedTest
  @ValueSource(strings = {"graph.pb", "graph.pbtxt", "multiply.meta", INDEX, DATA})
  void damagedFiles(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    for (int i = 0; i < 20; i++) {
      Files.write(file, Arrays.copyOf(sound, sound.length * i / 20));
      tolerated(name, i + "/20");
    }
    Random random = new Random(5);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = sound.clone();
      for (int n = 0; n <= i % 3; n++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      tolerated(name, "mutation " + i);
    }
  }

  private void tolerated(String name, String what) {
    boolean meta = name.endsWith(".meta");
    ConversionOptions options =
        ConversionOptions.of(folder.resolve(name.startsWith(CHECKPOINT) ? "graph.pb" : name))
            .withKind(meta ? SourceKind.META_GRAPH : SourceKind.GRAPH_DEF)
            .withCheckpoint(folder.resolve(CHECKPOINT))
            .withEndpoints(graph("x", "y").endpoints());
    try {
      Signet.convert(options, folder.resolve("out.tflite"));
    } catch (SignetException e) {
      assertThat(e.code()).as(what + ": " + e).isNotEqualTo(Code.BUG);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(name + ", " + what + " gives " + e, e);
    }
  }
}
