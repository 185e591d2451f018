package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.testing.Checkout;
import org.signet.type.DType;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

class GraphDecoderTest {
  @TempDir Path folder;

  private static SourceMetaGraph decode(GraphDef graph) throws IOException {
    return new GraphDecoder(new MessageReader(graph.toByteArray())).graph();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"affine", "tags", "control"})
  void readsWhatProtobufReads(String model) throws IOException {
    byte[] bytes = Files.readAllBytes(Checkout.testModel(model).resolve("saved_model.pb"));
    List<SourceMetaGraph> read = new GraphDecoder(new MessageReader(bytes)).savedModel();

    List<MetaGraphDef> expected = SavedModel.parseFrom(bytes).getMetaGraphsList();
    assertThat(read).hasSameSizeAs(expected);
    for (int i = 0; i < read.size(); i++) {
      GraphDef graph = expected.get(i).getGraphDef();
      assertThat(read.get(i).proto())
          .isEqualTo(expected.get(i).toBuilder().clearGraphDef().build());
      assertThat(read.get(i).graph())
          .isEqualTo(graph.toBuilder().clearNode().clearLibrary().build());
      assertNodes(read.get(i).nodes(), graph.getNodeList());
      List<FunctionDef> functions = graph.getLibrary().getFunctionList();
      assertThat(read.get(i).functions()).hasSameSizeAs(functions);
      for (int f = 0; f < functions.size(); f++) {
        SourceFunction function = read.get(i).functions().get(f);
        assertThat(function.declaration())
            .isEqualTo(functions.get(f).toBuilder().clearNodeDef().build());
        assertNodes(function.nodes(), functions.get(f).getNodeDefList());
      }
    }
  }

  private static void assertNodes(List<SourceNode> read, List<NodeDef> expected) {
    assertThat(read).hasSameSizeAs(expected);
    for (int i = 0; i < read.size(); i++) {
      NodeDef node = expected.get(i);
      assertThat(read.get(i).name()).isEqualTo(node.getName());
      assertThat(read.get(i).op()).isEqualTo(node.getOp());
      assertThat(read.get(i).device()).isEqualTo(node.getDevice());
      assertThat(read.get(i).inputs()).isEqualTo(node.getInputList());
      assertThat(protos(read.get(i).attributes().all()))
          .isEqualTo(protos(NodeDefs.attributes(node)));
      assertThat(read.get(i).origin()).isEqualTo(node.getExperimentalDebugInfo());
    }
  }

  /** Protos have equality, tensors have none. */
  private static Map<String, AttrValue> protos(Attributes attributes) {
    return NodeDefs.nodeDef("", attributes, 0).getAttrMap();
  }

  @Test
  void whatNodesHaveInCommonIsKeptOnce() throws IOException {
    NodeDef.Builder node = NodeDef.newBuilder().setOp("Neg").putAttr("T", type(DataType.DT_INT8));
    List<SourceNode> nodes =
        decode(GraphDef.newBuilder().addNode(node.setName("a")).addNode(node.setName("b")).build())
            .nodes();
    assertThat(nodes.get(0).attributes()).isSameAs(nodes.get(1).attributes());
    assertThat(nodes.get(0).attributes().own()).isSameAs(nodes.get(1).attributes().own());
  }

  @Test
  void privateAttributesAreToldApart() throws IOException {
    NodeDef.Builder node = NodeDef.newBuilder().setName("a").setOp("Neg");
    node.putAttr("T", type(DataType.DT_INT8)).putAttr("_T", type(DataType.DT_INT16));
    SourceAttributes read =
        decode(GraphDef.newBuilder().addNode(node).build()).nodes().getFirst().attributes();
    assertThat(read.own().asMap()).containsOnlyKeys("T");
    assertThat(read.all().asMap()).containsOnlyKeys("T", "_T");
    assertThat(read.find("_T")).contains(DType.INT16);
    assertThat(read.find("no such")).isEmpty();
  }

  /** As protobuf says of maps: the last one counts. */
  @Test
  void ofAttributesWithOneNameTheLastCounts() throws IOException {
    GraphDef first = oneNode(NodeDef.newBuilder().putAttr("T", type(DataType.DT_INT8)));
    NodeDef last = NodeDef.newBuilder().putAttr("T", type(DataType.DT_INT16)).build();
    byte[] twice = first.getNode(0).toByteString().concat(last.toByteString()).toByteArray();
    assertThat(NodeDef.parseFrom(twice).getAttrOrThrow("T").getType()).isEqualTo(DataType.DT_INT16);

    byte[] graph = new byte[twice.length + 2];
    graph[0] = 1 << 3 | 2;
    graph[1] = (byte) twice.length;
    System.arraycopy(twice, 0, graph, 2, twice.length);
    SourceAttributes read =
        new GraphDecoder(new MessageReader(graph)).graph().nodes().getFirst().attributes();
    assertThat(read.all().getType("T")).isEqualTo(DType.INT16);
    assertThat(read.find("T")).contains(DType.INT16);
  }

  private static GraphDef oneNode(NodeDef.Builder node) {
    return GraphDef.newBuilder().addNode(node).build();
  }

  @Test
  void namesAreUtf8() throws IOException {
    byte[] graph = oneNode(NodeDef.newBuilder().setName("\u00e9\ufffd")).toByteArray();
    assertThat(new GraphDecoder(new MessageReader(graph)).graph().nodes().getFirst().name())
        .isEqualTo("\u00e9\ufffd");
    graph[5] = 'x'; // the second byte of the first character
    assertThatThrownBy(() -> new GraphDecoder(new MessageReader(graph)).graph())
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  /** What no field of a node says is passed over. */
  @Test
  void aDamagedFileIsToldWithItsPlace() throws IOException {
    byte[] sound = Files.readAllBytes(Checkout.testModel("affine").resolve("saved_model.pb"));
    Path file = folder.resolve("saved_model.pb");
    for (int at = 0; at < sound.length; at += 1 + sound.length / 997) {
      byte[] damaged = sound.clone();
      damaged[at] ^= (byte) 0x87;
      Files.write(file, damaged);
      try {
        SavedModelReader.metaGraphs(folder);
      } catch (SignetException e) {
        assertThat(e.code()).as("byte %s", at).isEqualTo(Code.MALFORMED_PROTO);
      }
    }
    byte[] node = oneNode(NodeDef.newBuilder().setName("n")).toByteArray();
    node[3] = 9; // the name is longer than its node
    Files.write(file, node);
    SignetException e =
        catchThrowableOfType(SignetException.class, () -> GraphReader.readGraph(file));
    assertThat(e.code()).isEqualTo(Code.MALFORMED_PROTO);
    assertThat(e).hasMessageContaining("at byte 4: ");
  }
}
