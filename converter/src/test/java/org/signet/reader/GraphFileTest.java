package org.signet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.TensorType;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorShapeProto;

class GraphFileTest {
  @TempDir private Path folder = Path.of("");

  private static NodeDef node(String name, String op, String... inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(op);
    for (String input : inputs) {
      node.addInput(input);
    }
    String type = op.equals("Placeholder") ? "dtype" : "T";
    return node.putAttr(type, AttrValue.newBuilder().setType(DataType.DT_FLOAT).build()).build();
  }

  /** Twice the input. */
  private static GraphDef graph() {
    NodeDef x =
        node("x", "Placeholder").toBuilder()
            .putAttr(
                "shape",
                AttrValue.newBuilder()
                    .setShape(
                        TensorShapeProto.newBuilder()
                            .addDim(TensorShapeProto.Dim.newBuilder().setSize(2)))
                    .build())
            .build();
    return GraphDef.newBuilder().addNode(x).addNode(node("y", "AddV2", "x", "x")).build();
  }

  private GraphFile open(String name) {
    return GraphFile.open(folder.resolve(name), Optional.empty());
  }

  private static void showsFeedsAndFetches(GraphFile file) {
    assertThat(file.graph().placeholders())
        .containsExactly(new TensorInfo("x:0", "x:0", TensorType.of(DType.FLOAT32, 2)));
    assertThat(file.graph().sinks())
        .containsExactly(new TensorInfo("y:0", "y:0", TensorType.unranked(DType.FLOAT32)));
    assertThat(file.graph().nodes())
        .extracting(GraphNode::op)
        .containsExactly("Placeholder", "AddV2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsGraphsFromMetaGraphsByContent(boolean text) throws IOException {
    GraphDef one = GraphDef.newBuilder().addNode(node("x", "Placeholder")).build();
    MetaGraphDef bare = MetaGraphDef.newBuilder().setGraphDef(graph()).build();
    MetaGraphDef full =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().setTensorflowVersion("1.15.0"))
            .setGraphDef(graph())
            .setSaverDef(SaverDef.newBuilder().setFilenameTensorName("save/Const:0"))
            .build();
    write("graph", text, graph());
    write("one", text, one);
    write("bare", text, bare);
    write("full", text, full);
    try (GraphFile file = open("graph")) {
      assertThat(file.isMetaGraph()).isFalse();
      showsFeedsAndFetches(file);
    }
    try (GraphFile file = open("one")) {
      assertThat(file.isMetaGraph()).isFalse();
    }
    try (GraphFile file = open("bare")) {
      assertThat(file.isMetaGraph()).isTrue();
      showsFeedsAndFetches(file);
    }
    try (GraphFile file = open("full")) {
      assertThat(file.isMetaGraph()).isTrue();
      assertThat(file.graph().tensorflowVersion()).isEqualTo("1.15.0");
    }
  }

  private void write(String name, boolean text, com.google.protobuf.Message proto)
      throws IOException {
    Path file = folder.resolve(name);
    if (text) {
      Files.writeString(file, proto.toString());
    } else {
      Files.write(file, proto.toByteArray());
    }
  }

  @Test
  void refusesWhatIsNoGraph() throws IOException {
    Files.writeString(folder.resolve("text"), "no graph at all");
    Files.write(folder.resolve("binary"), new byte[] {10, 100, 1, 2, 3});
    for (String name : new String[] {"text", "binary", "none"}) {
      assertThatThrownBy(() -> open(name)).isInstanceOf(SignetException.class);
    }
  }
}
