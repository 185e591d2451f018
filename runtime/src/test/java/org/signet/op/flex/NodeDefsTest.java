package org.signet.op.flex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.Attributes.FunctionRef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class NodeDefsTest {
  @Test
  void keepsEveryKindOfAttribute() throws Exception {
    Attributes attributes =
        Attributes.of("flag", true)
            .with("number", -5L)
            .with("float", 0.1f)
            .with("text", "ä")
            .with("type", DType.FLOAT16)
            .with("shape", Shape.of(2, -1))
            .with("any_shape", Shape.unknownRank())
            .with("none", List.of())
            .with("numbers", List.of(1L, 2L))
            .with("flags", List.of(true, false))
            .with("floats", List.of(1f, Float.NaN))
            .with("texts", List.of("a", ""))
            .with("types", List.of(DType.STRING, DType.INT4))
            .with("shapes", List.of(Shape.scalar(), Shape.unknownRank()))
            .with("function", new FunctionRef("f", Attributes.of("T", DType.INT64)))
            .with("functions", List.of(new FunctionRef("g", Attributes.NONE)));
    NodeDef node = NodeDefs.nodeDef("Op", attributes, 2);

    assertThat(node.getInputList()).containsExactly("", "");
    assertThat(NodeDefs.attributes(NodeDef.parseFrom(node.toByteArray()))).isEqualTo(attributes);
  }

  @Test
  void keepsStringsThatAreNotText() {
    AttrValue proto = AttrValue.newBuilder().setS(bytes(0xFF, 0x00)).build();

    assertThat(NodeDefs.value(proto)).isInstanceOf(Attributes.Bytes.class);
    assertThat(NodeDefs.proto(NodeDefs.value(proto))).isEqualTo(proto);
  }

  @Test
  void keepsWhatItCanNotExpress() {
    for (AttrValue proto :
        List.of(
            AttrValue.getDefaultInstance(),
            AttrValue.newBuilder().setPlaceholder("T").build(),
            AttrValue.newBuilder().setTypeValue(4711).build(),
            AttrValue.newBuilder()
                .setTensor(TensorProto.newBuilder().setDtype(DataType.DT_VARIANT))
                .build(),
            AttrValue.newBuilder()
                .setShape(
                    TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1L << 40)))
                .build())) {
      assertThat(NodeDefs.proto(NodeDefs.value(proto))).isEqualTo(proto);
    }
  }

  @Test
  void readsReferenceTypesAsWhatTheyReferTo() {
    assertThat(NodeDefs.value(AttrValue.newBuilder().setType(DataType.DT_FLOAT_REF).build()))
        .isEqualTo(DType.FLOAT32);
  }

  @Test
  void expandsMissingValues() {
    TensorProto.Builder floats = proto(DataType.DT_FLOAT, 4);
    assertThat(ProtoTensors.tensor(floats.build()).floats()).containsExactly(0, 0, 0, 0);
    floats.addFloatVal(1).addFloatVal(2);
    assertThat(ProtoTensors.tensor(floats.build()).floats()).containsExactly(1, 2, 2, 2);
    TensorProto halves = proto(DataType.DT_HALF, 2).addHalfVal(0x3C00).addHalfVal(0xC000).build();
    assertThat(ProtoTensors.tensor(halves).getDouble(1)).isEqualTo(-2);
    TensorProto complex =
        proto(DataType.DT_COMPLEX64, 2).addScomplexVal(1).addScomplexVal(-1).build();
    assertThat(ProtoTensors.tensor(complex).floats()).containsExactly(1, -1, 1, -1);
    TensorProto bytes = proto(DataType.DT_UINT8, 3).addIntVal(255).build();
    assertThat(ProtoTensors.tensor(bytes).getLong(2)).isEqualTo(255);
  }

  @Test
  void readsPackedStrings() {
    TensorProto strings =
        proto(DataType.DT_STRING, 2).setTensorContent(bytes(1, 2, 'a', 'b', 'c')).build();
    assertThat(ProtoTensors.tensor(strings).toString()).isEqualTo("string[2] {\"a\", \"bc\"}");
    assertThatThrownBy(() ->
            ProtoTensors.tensor(proto(DataType.DT_STRING, 1).setTensorContent(bytes(9)).build()))
        .isInstanceOf(SignetException.class);
  }

  @Test
  void keepsTensorsOfEveryType() {
    List<Tensor> tensors =
        List.of(
            Tensor.of(new float[] {1, -0f, Float.NaN}),
            Tensor.of(new double[] {1e300}, 1, 1),
            Tensor.of(new int[0], 0, 3),
            Tensor.of(new long[] {Long.MIN_VALUE, 3}),
            Tensor.of(new boolean[] {true, false}),
            Tensor.of(new String[] {"", "ä"}),
            Tensor.scalar("x"),
            Tensor.wrap(DType.BFLOAT16, new short[] {1, 2}, 2),
            Tensor.wrap(DType.UINT32, new int[] {-1}, 1),
            Tensor.wrap(DType.COMPLEX128, new double[] {1, 2, 3, 4}, 2));
    for (Tensor tensor : tensors) {
      Tensor read = ProtoTensors.tensor(ProtoTensors.proto(tensor));
      assertThat(read.type()).isEqualTo(tensor.type());
      assertThat(Arrays.deepEquals(new Object[] {read.array()}, new Object[] {tensor.array()}))
          .isTrue();
    }
  }

  @Test
  void refusesTensorsThatContradictThemselves() {
    TensorProto tooShort = proto(DataType.DT_INT32, 2).setTensorContent(bytes(1, 0, 0, 0)).build();
    assertThatThrownBy(() -> ProtoTensors.tensor(tooShort))
        .isInstanceOf(SignetException.class)
        .hasMessageContainingAll("4 bytes", "int32[2]");
    assertThatThrownBy(() -> ProtoTensors.tensor(proto(DataType.DT_INT32, 1L << 31).build()))
        .isInstanceOf(SignetException.class);
    assertThatThrownBy(
            () -> ProtoTensors.tensor(proto(DataType.DT_FLOAT, 1 << 30, 1 << 30, 1 << 30).build()))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("SIG-0608");
  }

  private static TensorProto.Builder proto(DataType type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }
}
