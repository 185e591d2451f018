package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signet.source.GraphEndpoints;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** However a weight is used, and by however many signatures: the file holds it once. */
class WeightsOnceTest {
  private static final int ROWS = 700;
  private static final int COLUMNS = 600;
  private static final long WEIGHT_BYTES = 4L * ROWS * COLUMNS;

  @TempDir Path folder;

  /**
   * A way to use the weights {@code w}, [ROWS, COLUMNS].
   *
   * @param nodes computes {@code y} from {@code x} for each signature
   */
  record Use(String name, List<List<NodeDef>> nodes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Use> uses() {
    List<NodeDef> plain = List.of(node("y", "MatMul", "x", "w"));
    List<NodeDef> backwards =
        List.of(node("y", "MatMul", "x", "w").toBuilder().putAttr("transpose_b", flag()).build());
    List<NodeDef> transposed =
        List.of(node("t", "Transpose", "w", "order"), node("y", "MatMul", "x", "t"));
    List<NodeDef> scaled = List.of(node("s", "Mul", "w", "half"), node("y", "MatMul", "x", "s"));
    List<NodeDef> scaledTwice =
        List.of(
            node("s", "Mul", "w", "half"),
            node("m", "MatMul", "x", "s"),
            node("y", "Mul", "m", "half"));
    List<NodeDef> given = List.of(node("y", "Snapshot", "w"));
    List<NodeDef> scaledAfter =
        List.of(node("m", "MatMul", "x", "w"), node("y", "Mul", "m", "half"));
    List<NodeDef> tied =
        List.of(
            node("i", "Cast", "x").toBuilder()
                .putAttr("SrcT", type(DataType.DT_FLOAT))
                .putAttr("DstT", type(DataType.DT_INT32))
                .build(),
            node("g", "GatherV2", "w", "i", "zero").toBuilder()
                .putAttr("Tparams", type(DataType.DT_FLOAT))
                .putAttr("Tindices", type(DataType.DT_INT32))
                .putAttr("Taxis", type(DataType.DT_INT32))
                .build(),
            node("r", "Sum", "g", "zero"),
            node("y", "MatMul", "r", "w").toBuilder().putAttr("transpose_b", flag()).build());
    List<NodeDef> lookedUp = List.of(tied.get(0), tied.get(1), node("y", "Sum", "g", "zero"));
    List<NodeDef> negated = List.of(node("s", "Neg", "w"), node("y", "MatMul", "x", "s"));
    List<NodeDef> shifted = List.of(node("s", "Sub", "w", "half"), node("y", "MatMul", "x", "s"));
    List<NodeDef> doubled = List.of(node("s", "AddN", "w", "w"), node("y", "MatMul", "x", "s"));
    NodeDef filter = node("f", "Reshape", "w", "filter");
    NodeDef bands = node("i", "Reshape", "x", "bands");
    List<NodeDef> convolved =
        List.of(filter, node("i", "Reshape", "x", "image"), convolution("Conv2D", "NHWC", "i"));
    List<NodeDef> convolvedBands = List.of(filter, bands, convolution("Conv2D", "NCHW", "i"));
    List<NodeDef> convolvedBack =
        List.of(
            filter,
            node("i", "Reshape", "x", "code"),
            convolution("Conv2DBackpropInput", "NHWC", "sizes", "i"));
    List<NodeDef> flattened =
        List.of(
            bands,
            node("t", "Transpose", "i", "backwards"),
            node("r", "Reshape", "t", "row"),
            node("y", "MatMul", "r", "w"));
    return Stream.of(
        new Use("convolved forwards and back", List.of(convolved, convolvedBack)),
        new Use("convolved in NCHW and flattened", List.of(convolvedBands, flattened)),
        new Use("convolved in all ways", List.of(convolvedBack, convolvedBands, convolved, plain)),
        new Use("as it is and negated", List.of(plain, negated)),
        new Use("negated and shifted", List.of(negated, shifted)),
        new Use("negated, looked up and backwards", List.of(negated, lookedUp, backwards)),
        new Use("shifted and given out", List.of(shifted, given)),
        new Use("negated", List.of(negated)),
        new Use("doubled and transposed", List.of(doubled, transposed)),
        new Use("as it is and backwards", List.of(plain, backwards)),
        new Use("as it is and looked up", List.of(plain, lookedUp)),
        new Use("as it is and scaled after", List.of(plain, scaledAfter)),
        new Use("scaled after, backwards and looked up", List.of(scaledAfter, backwards, lookedUp)),
        new Use("as it is and scaled", List.of(plain, scaled)),
        new Use("scaled and looked up", List.of(scaled, lookedUp)),
        new Use("scaled twice over", List.of(scaled, scaledTwice)),
        new Use("as it is, transposed and looked up", List.of(plain, transposed, lookedUp)),
        new Use("scaled and given out", List.of(scaled, given)),
        new Use("as it is", List.of(plain)),
        new Use("backwards", List.of(backwards)),
        new Use("transposed", List.of(transposed)),
        new Use("scaled", List.of(scaled)),
        new Use("scaled after", List.of(scaledAfter)),
        new Use("tied", List.of(tied)),
        new Use("by several signatures", List.of(plain, plain, plain)),
        new Use("tied by several signatures", List.of(tied, backwards, tied)),
        new Use("scaled by several signatures", List.of(scaledAfter, scaledAfter)));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void isStoredOnce(Use use) throws IOException {
    convert(use);
    int signatures = use.nodes().size();
    assertThat(Files.size(target()))
        .isGreaterThan(WEIGHT_BYTES)
        .isLessThan(WEIGHT_BYTES + WEIGHT_BYTES / 100 + 4096L * signatures);
  }

  @Test
  void isScaledForSeveralSignatures() throws IOException {
    List<NodeDef> nodes = List.of(node("m", "MatMul", "x", "w"), node("y", "Mul", "m", "half"));
    Use use = new Use("scaled by two signatures", List.of(nodes, nodes));
    assertThat(convert(use).builtinCount()).isEqualTo(2);
  }

  private Path target() {
    return folder.resolve("model.tflite");
  }

  private ConversionReport convert(Use use) throws IOException {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(constant("w", weights(), ROWS, COLUMNS));
    graph.addNode(constant("half", numbers(0.5f)));
    graph.addNode(integers("order", 1, 0));
    graph.addNode(integers("zero"));
    graph.addNode(integers("filter", 5, 5, 28, COLUMNS));
    graph.addNode(integers("image", -1, 9, 9, 28));
    graph.addNode(integers("bands", -1, 28, 5, 5));
    graph.addNode(integers("backwards", 0, 2, 3, 1));
    graph.addNode(integers("row", -1, ROWS));
    graph.addNode(integers("code", -1, 5, 5, COLUMNS));
    graph.addNode(integers("sizes", 1, 9, 9, 28));
    List<GraphEndpoints> endpoints = new ArrayList<>();
    for (List<NodeDef> nodes : use.nodes()) {
      String prefix = "signature" + endpoints.size();
      graph.addNode(placeholder(prefix + "x"));
      nodes.forEach(node -> graph.addNode(renamed(node, prefix)));
      endpoints.add(new GraphEndpoints(prefix, List.of(prefix + "x:0"), List.of(prefix + "y:0")));
    }
    Path source = Files.write(folder.resolve("graph.pb"), graph.build().toByteArray());
    return Signet.convert(
        ConversionOptions.of(source).withKind(SourceKind.GRAPH_DEF).withEndpoints(endpoints),
        target());
  }

  /** Two free sizes: so it fits each use. */
  private static NodeDef placeholder(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(-1));
    shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(-1));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", type(DataType.DT_FLOAT))
        .putAttr("shape", AttrValue.newBuilder().setShape(shape).build())
        .build();
  }

  private static NodeDef renamed(NodeDef node, String prefix) {
    NodeDef.Builder renamed = node.toBuilder().setName(prefix + node.getName());
    for (int i = 0; i < node.getInputCount(); i++) {
      boolean own = node.getInput(i).length() == 1 && !node.getInput(i).equals("w");
      renamed.setInput(i, own ? prefix + node.getInput(i) : node.getInput(i));
    }
    return renamed.build();
  }

  private static NodeDef node(String name, String op, String... inputs) {
    NodeDef.Builder node =
        NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    Map<String, DataType> types =
        switch (op) {
          case "Reshape" -> Map.of("T", DataType.DT_FLOAT, "Tshape", DataType.DT_INT32);
          case "Transpose" -> Map.of("T", DataType.DT_FLOAT, "Tperm", DataType.DT_INT32);
          case "Sum" -> Map.of("T", DataType.DT_FLOAT, "Tidx", DataType.DT_INT32);
          case "AddN", "MatMul", "Mul", "Neg", "Snapshot", "Sub" -> Map.of("T", DataType.DT_FLOAT);
          default -> Map.of();
        };
    types.forEach((attribute, type) -> node.putAttr(attribute, type(type)));
    if (op.equals("AddN")) {
      node.putAttr("N", AttrValue.newBuilder().setI(inputs.length).build());
    }
    return node.build();
  }

  /** {@code y}, with the filter {@code f}. */
  private static NodeDef convolution(String op, String format, String... inputs) {
    List<String> operands = new ArrayList<>(List.of(inputs));
    operands.add(1, "f");
    return NodeDef.newBuilder()
        .setName("y")
        .setOp(op)
        .addAllInput(operands)
        .putAttr("T", type(DataType.DT_FLOAT))
        .putAttr("strides", list(1, 1, 1, 1))
        .putAttr("dilations", list(1, 1, 1, 1))
        .putAttr("padding", text("VALID"))
        .putAttr("data_format", text(format))
        .build();
  }

  private static AttrValue list(long... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (long value : values) {
      list.addI(value);
    }
    return AttrValue.newBuilder().setList(list).build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue flag() {
    return AttrValue.newBuilder().setB(true).build();
  }

  private static ByteBuffer weights() {
    ByteBuffer bytes = ByteBuffer.allocate((int) WEIGHT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      bytes.putFloat((i * 31 % 1009 - 500) / 999f + i);
    }
    return bytes.flip();
  }

  private static ByteBuffer numbers(float value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).flip();
  }

  private static NodeDef integers(String name, int... values) {
    int count = Math.max(values.length, 1);
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    int[] shape = values.length == 0 ? new int[0] : new int[] {values.length};
    return constant(name, DataType.DT_INT32, bytes.clear(), shape);
  }

  private static NodeDef constant(String name, ByteBuffer bytes, int... shape) {
    return constant(name, DataType.DT_FLOAT, bytes, shape);
  }

  private static NodeDef constant(String name, DataType type, ByteBuffer bytes, int... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int size : shape) {
      dims.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder value =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(dims)
            .setTensorContent(ByteString.copyFrom(bytes));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(type))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }
}
