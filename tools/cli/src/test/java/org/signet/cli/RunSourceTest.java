package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code signet run} on sources: functions by path, graphs by feed and fetch, expressions. */
class RunSourceTest {
  @TempDir private Path folder = Path.of("");

  private static String model(String name) {
    return Run.root()
        .resolve("converter/src/test/resources/org/signet/models")
        .resolve(name)
        .toString();
  }

  private static Run run(String... args) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(args));
    return Run.of(all.toArray(String[]::new));
  }

  private static Run graph(String file, String kind, String... args) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(model("multiply/" + file), "--kind", kind));
    all.addAll(List.of("--checkpoint", model("multiply/model.ckpt")));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private static Run function(String... args) {
    List<String> all = new ArrayList<>(List.of(model("functions"), "--function"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "multiply.pb, meta_graph",
    "multiply.meta, meta_graph",
    "graph.pb, graph_def",
    "graph.pbtxt, graph_def"
  })
  void feedsAndFetches(String file, String kind) {
    assertThat(graph(file, kind, "--feed", "x:0=5", "--fetch", "y:0").succeeds().out())
        .isEqualTo("y: int32[] 15\n");
    assertThat(graph(file, kind, "--feed", "x=5", "--fetch", "y,v:0,x").succeeds().out())
        .isEqualTo("y: int32[] 15\nv: int32[] 3\nx: int32[] 5\n");
  }

  /** As in a session: what is fed is not computed, were it a variable's value. */
  @Test
  void anyTensorIsFed() {
    assertThat(
            graph("multiply.pb", "meta_graph", "--feed", "y:0=7", "--feed", "unused:0=1")
                .fails(2, "SIG-0101")
                .err())
        .contains("--fetch");
    assertThat(
            graph("graph.pb", "graph_def", "--feed=y=7", "--feed=unused=1", "--fetch=sum=z:0")
                .succeeds()
                .out())
        .isEqualTo("sum: int32[] 8\n");
    assertThat(
            graph(
                    "graph.pb",
                    "graph_def",
                    "--feed=x=7",
                    "--feed=v:0=2",
                    "--feed=unused=1",
                    "--fetch=y")
                .succeeds()
                .out())
        .isEqualTo("y: int32[] 14\n");
    assertThat(
            graph("graph.pb", "graph_def", "--feed=x=7", "--feed=v/read=4", "--fetch=y,v")
                .succeeds()
                .out())
        .isEqualTo("y: int32[] 28\nv: int32[] 3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--fetch z:1|2|SIG-0607|'z' of|has no output 1",
        "--fetch w:0|2|SIG-0607|no node 'w'|placeholders are: x, unused; its last nodes: z",
        "--fetch y --feed w=1|2|SIG-0607|no node 'w'|placeholders are: x, unused",
        "--fetch y|4|SIG-0305|'x', which is no input|add it",
        "--fetch v --feed y=1|2|SIG-0601|'y'|read by no fetch",
        "--fetch y --feed x=1 --feed x:0=1|2|SIG-0101|'x' is there twice|NAME=TENSOR",
        "--fetch y --feed x|2|SIG-0101|TENSOR=VALUE|--help",
        "--fetch y:a --feed x=1|2|SIG-0105|'y:a' is no tensor name|x:0",
        "--fetch y --feed x=1 --key a|2|SIG-0101|--key|leave out",
        "--fetch y --feed x=one|2|SIG-0105|one|int32",
        "--signature serving_default --key a|2|SIG-0101|--key names a signature|missing"
      })
  void saysWhatIsWrongWithFeeds(String args, int status, String code, String problem, String hint) {
    String err = graph("graph.pb", "graph_def", args.split(" ")).fails(status, code).err();
    assertThat(err).contains(problem, hint);
    assertThat(err.lines()).hasSize(1);
  }

  @Test
  void callsFunctionsByPath() {
    assertThat(function("__call__", "--input", "0=5").succeeds().out())
        .isEqualTo("output_0: int32[] 7\n");
    assertThat(function("inner.scale", "--input", "x=5").succeeds().out())
        .isEqualTo("output_0: int32[] 50\n");
    assertThat(function("minus", "--input", "0=[5]", "--input", "b=[3]").succeeds().out())
        .isEqualTo("difference: float32[1] [2.0]\nnegated: float32[1] [-2.0]\n");
    assertThat(function("square#0", "--input", "0=1.5").succeeds().out())
        .isEqualTo("output_0: float32[] 2.25\n");
    assertThat(function("square#1", "--input", "0=3").succeeds().out())
        .isEqualTo("output_0: int32[] 9\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "square --input 0=1|SIG-0106|2 traces",
        "square#2 --input 0=1|SIG-0106|there are: #0, #1",
        "square#x --input 0=1|SIG-0105|no number",
        "cube --input 0=1|SIG-0106|__call__, inner.scale, minus, square",
        "__call__ --input 1=1|SIG-0601|[x]",
        "__call__ --input 0=1 --input x=1|SIG-0101|'x' is given twice",
        "__call__|SIG-0601|'x'",
        "__call__ --function minus --input 0=1|SIG-0103|'__call__', 'minus'"
      })
  void saysWhatIsWrongWithFunctions(String args, String code, String problem) {
    assertThat(function(args.split(" ")).fails(2, code).err()).contains(problem);
  }

  @Test
  void runsSignaturesByKeyWithExpressions() {
    String[] affine = {model("affine"), "--tags", "serve", "--signature", "zeta"};
    for (String flag : List.of("--input_exprs", "--input-exprs")) {
      List<String> args = new ArrayList<>(List.of(affine));
      args.addAll(List.of(flag, "zebra=np.ones((1,3));ant=[0.5, -0.5]"));
      assertThat(run(args.toArray(String[]::new)).succeeds().out())
          .contains("sum: float32[1, 2] [[9.5, 11.5]]\n");
    }
  }

  @Test
  void seedsRandomNumbers() {
    String[] args = {"--input-exprs", "0=np.random.rand(1);1=np.zeros(1)"};
    String first = function("minus", args[0], args[1]).succeeds().out();
    assertThat(first).startsWith("difference: float32[1] [0.548813");
    assertThat(function("minus", args[0], args[1], "--seed", "3").succeeds().out())
        .startsWith("difference: float32[1] [0.550797");
    function("minus", args[0], args[1], "--seed", "x").fails(2, "SIG-0101");
  }

  @Test
  void saysWhereAnExpressionIsWrong() {
    String err =
        function("__call__", "--input-exprs", "x=np.onse((2,3))").fails(2, "SIG-0105").err();
    assertThat(err).contains("column 6, before \"onse((2,3))\"", "ones, ");
    assertThat(function("__call__", "--input-exprs", "x=1.5").fails(2, "SIG-0105").err())
        .contains("'x'", "1.5, which is no int32");
    assertThat(function("__call__", "--input-exprs", "y=1").fails(2, "SIG-0601").err())
        .contains("[x]");
  }

  @Test
  void aModelFileHasNoTensorsToFeed() {
    String file = folder.resolve("f.tflite").toString();
    Run.of("convert", model("functions"), "-o", file, "--function", "__call__").succeeds();
    run(file, "--feed", "x=1").fails(2, "SIG-0101");
    assertThat(run(file, "--input", "0=5").succeeds().out()).isEqualTo("output_0: int32[] 7\n");
  }

  @Test
  void feedsAndFetchesOfASavedModel() {
    assertThat(
            run(model("tf1_reference"), "--feed", "x:0=[[1, 1]]", "--fetch", "missing:0")
                .fails(2, "SIG-0607")
                .err())
        .contains("its placeholders are: ");
  }

  @Test
  void severalFeedAndFetchSetsMakeSeveralSignatures() {
    String file = folder.resolve("several.tflite").toString();
    String[] sets = {
      "--key",
      "product",
      "--feeds",
      "x:0",
      "--fetches",
      "y:0",
      "--key",
      "sum",
      "--feeds",
      "left=y:0",
      "--feeds",
      "right=unused",
      "--fetches",
      "total=z:0,v:0"
    };
    List<String> args =
        new ArrayList<>(List.of("convert", model("multiply/graph.pbtxt"), "-o", file));
    args.addAll(List.of("--checkpoint", model("multiply/model.ckpt"), "--verify"));
    args.addAll(List.of(sets));
    Run.of(args.toArray(String[]::new)).succeeds();
    assertThat(run(file, "--signature", "product", "--input", "x=5").succeeds().out())
        .isEqualTo("y: int32[] 15\n");
    assertThat(
            run(file, "--signature", "sum", "--input", "left=5", "--input", "right=6")
                .succeeds()
                .out())
        .isEqualTo("total: int32[] 11\nv: int32[] 3\n");
    List<String> same = new ArrayList<>(List.of("--signature", "product", "--input", "x=5"));
    same.addAll(List.of(sets));
    assertThat(graph("graph.pbtxt", "graph_def", same.toArray(String[]::new)).succeeds().out())
        .isEqualTo("y: int32[] 15\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--feeds x --fetches y --key a --key b --feeds x --fetches y|SIG-0101|each comes before",
        "--key a --feeds x --fetches y --key b --feeds x|SIG-0101|'b' fetches nothing",
        "--key a --feeds x --fetches y --key a --fetches v|SIG-0101|the key 'a'",
        "--feeds x|SIG-0101|'serving_default' fetches nothing"
      })
  void saysWhatIsWrongWithSets(String args, String code, String problem) {
    String err =
        graph("graph.pb", "graph_def", (args + " --signature a").split(" ")).fails(2, code).err();
    assertThat(err).contains(problem);
  }

  @Test
  void theKeyMayStandAnywhereIfThereIsOne() {
    assertThat(
            graph("graph.pb", "graph_def", "--feeds=x", "--fetches=y", "--key=a", "--input=x=2")
                .succeeds()
                .out())
        .isEqualTo("y: int32[] 6\n");
  }
}
