package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.GraphEndpoints;

/** Data sets that no loop can stand for: one diagnostic, for the op that makes it so. */
class DataSetRefusalTest {
  private static final String SHAPES =
      """
      attr { key: "output_types" value { list { type: DT_FLOAT } } }
      attr { key: "output_shapes" value { list { shape {} } } }
      """;
  private static final String ROWS =
      """
      node { name: "x" op: "Placeholder"
        attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "shape" value { shape { dim { size: 4 } } } } }
      node { name: "count" op: "Const" attr { key: "dtype" value { type: DT_INT64 } }
        attr { key: "value" value { tensor { dtype: DT_INT64 tensor_shape {} int64_val: 2 } } } }
      node { name: "rows" op: "TensorSliceDataset" input: "x"
        attr { key: "Toutput_types" value { list { type: DT_FLOAT } } }
        attr { key: "output_shapes" value { list { shape {} } } } }
      """;
  private static final String ONE =
      "node { name: \"y\" op: \"DatasetToSingleElement\" input: \"last\" " + SHAPES + "}";

  @TempDir Path folder;

  private Path target() {
    return folder.resolve("out.tflite");
  }

  private void convert(String nodes) throws IOException {
    Path graph = Files.writeString(folder.resolve("graph.pbtxt"), ROWS + nodes + ONE);
    Signet.convert(
        ConversionOptions.of(graph)
            .withKind(SourceKind.GRAPH_DEF)
            .withEndpoints(List.of(new GraphEndpoints("s", List.of("x:0"), List.of("y:0")))),
        target());
  }

  private void refused(String nodes, String op) {
    SignetException e = catchThrowableOfType(SignetException.class, () -> convert(nodes));
    assertThat(e).as("it converts").isNotNull();
    assertThat(e.code()).isEqualTo(Code.OP_NOT_CONVERTIBLE);
    assertThat(e.diagnostics()).hasSize(1);
    assertThat(e).hasMessageContainingAll(op, "a data set");
    assertThat(target()).doesNotExist();
  }

  private static String data(String name, String op, String... inputs) {
    StringBuilder node = new StringBuilder("node { name: \"" + name + "\" op: \"" + op + "\" ");
    for (String input : inputs) {
      node.append("input: \"").append(input).append("\" ");
    }
    return node + SHAPES + "}";
  }

  @Test
  void theFirstIsNot() throws IOException {
    convert(data("last", "TakeDataset", "rows", "count"));
    assertThat(target()).exists();
  }

  @Test
  void shuffled() {
    refused(data("last", "ShuffleDataset", "rows", "count", "count", "count"), "ShuffleDataset");
  }

  @Test
  void whatIsMadeOfOneThatIsRefusedIsNotTold() {
    refused(
        data("mixed", "ShuffleDataset", "rows", "count", "count", "count")
            + data("last", "TakeDataset", "mixed", "count"),
        "ShuffleDataset");
  }

  @Test
  void readFromAFile() {
    refused(data("last", "CacheDataset", "rows", "count"), "CacheDataset");
  }
}
