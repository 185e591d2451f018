package org.signet.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.ArrayReadWriteBuf;
import com.google.flatbuffers.FlexBuffers;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.NodeDef;

/** Reads the custom options of Flex ops back with the FlexBuffers library. */
class FlexOptionsTest {
  private static FlexBuffers.Vector read(byte[] options) {
    FlexBuffers.Reference root =
        FlexBuffers.getRoot(new ArrayReadWriteBuf(options, options.length));
    assertThat(root.isVector()).isTrue();
    return root.asVector();
  }

  /** The bytes of the NodeDef, which the library hands out as text. */
  private static NodeDef node(FlexBuffers.Vector options, byte[] all)
      throws InvalidProtocolBufferException {
    byte[] wanted = options.get(1).asBlob().getBytes();
    assertThat(all).hasSizeGreaterThan(wanted.length);
    return NodeDef.parseFrom(wanted);
  }

  @Test
  void nameAndNode() throws InvalidProtocolBufferException {
    Attributes attributes =
        Attributes.of("T", DType.FLOAT32, "shape", Shape.of(2, -1))
            .with("list", List.of(1L, 2L, 300L))
            .with("text", "grüße")
            .with("bytes", new Attributes.Bytes(new byte[] {(byte) 0xff, 0, 1}))
            .with("value", Tensor.of(new float[] {1.5f, Float.NaN}))
            .with("flag", true);
    byte[] bytes = FlexOptions.write("MyOp", attributes, 3);
    FlexBuffers.Vector options = read(bytes);
    assertThat(options.size()).isEqualTo(2);
    assertThat(options.get(0).asString()).isEqualTo("MyOp");
    NodeDef node = node(options, bytes);
    assertThat(node.getOp()).isEqualTo("MyOp");
    assertThat(node.getInputCount()).isEqualTo(3);
    Attributes read = NodeDefs.attributes(node);
    assertThat(read.without("value").without("bytes"))
        .isEqualTo(attributes.without("value").without("bytes"));
    assertThat(read.getBytes("bytes")).containsExactly(0xff, 0, 1);
    assertThat(read.getTensor("value").floats()).containsExactly(1.5f, Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 100, 127, 128, 200, 255, 256, 257, 65_535, 65_536, 70_000})
  void nodesOfAnySize(int size) throws InvalidProtocolBufferException {
    Attributes attributes = Attributes.of("a", "x".repeat(size));
    byte[] bytes = FlexOptions.write("Op", attributes, 0);
    assertThat(NodeDefs.attributes(node(read(bytes), bytes))).isEqualTo(attributes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "Ab", "Abc", "Abcd", "Abcde", "AveryLongNameOfAnOpThatIsNotShortV2"})
  void namesOfAnyLength(String name) throws InvalidProtocolBufferException {
    byte[] bytes = FlexOptions.write(name, Attributes.NONE, 1);
    FlexBuffers.Vector options = read(bytes);
    assertThat(options.get(0).asString()).isEqualTo(name);
    assertThat(node(options, bytes).getOp()).isEqualTo(name);
  }

  @Test
  void theSameAttributesGiveTheSameBytes() {
    Attributes one = Attributes.of("a", 1L, "b", 2L).with("c", 3L);
    Attributes other = Attributes.of("c", 3L, "b", 2L).with("a", 1L);
    assertThat(FlexOptions.write("Op", one, 2)).isEqualTo(FlexOptions.write("Op", other, 2));
  }
}
