package org.signet.emit;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.tensorflow.proto.NodeDef;

/**
 * The custom options of a Flex op: a FlexBuffer that is a vector of two strings, the op's name and
 * its serialized NodeDef.
 *
 * <p>Written here because the library's builder encodes strings from text, and a NodeDef is none.
 * Every length and offset takes four bytes, which the format allows whatever the size (FlexBuffers:
 * a vector is preceded by its length and followed by a type byte for each element; a type byte is
 * type * 4 + log2 of the width).
 */
final class FlexOptions {
  private static final int WIDTH = 4;
  private static final int STRING_OF_WIDTH_4 = (5 << 2) | 2;
  private static final int VECTOR_OF_WIDTH_4 = (10 << 2) | 2;

  private FlexOptions() {}

  static byte[] write(String op, Attributes attributes, int operands) {
    byte[] name = op.getBytes(StandardCharsets.UTF_8);
    byte[] node = serialize(NodeDefs.nodeDef(op, attributes, operands));
    int nameAt = WIDTH;
    int nodeAt = align(nameAt + name.length + 1) + WIDTH;
    int vectorAt = align(nodeAt + node.length + 1) + WIDTH;
    ByteBuffer buffer =
        ByteBuffer.allocate(vectorAt + 2 * WIDTH + 2 + 3).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(nameAt - WIDTH, name.length).put(nameAt, name);
    buffer.putInt(nodeAt - WIDTH, node.length).put(nodeAt, node);
    buffer.putInt(vectorAt - WIDTH, 2);
    buffer.putInt(vectorAt, vectorAt - nameAt); // offsets count backwards from where they stand
    buffer.putInt(vectorAt + WIDTH, vectorAt + WIDTH - nodeAt);
    int types = vectorAt + 2 * WIDTH;
    buffer.put(types, (byte) STRING_OF_WIDTH_4).put(types + 1, (byte) STRING_OF_WIDTH_4);
    int root = types + 2;
    buffer
        .put(root, (byte) (root - vectorAt))
        .put(root + 1, (byte) VECTOR_OF_WIDTH_4)
        .put(root + 2, (byte) 1);
    return buffer.array();
  }

  private static int align(int position) {
    return (position + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** The same bytes for the same node, whatever the order of a hash map. */
  private static byte[] serialize(NodeDef node) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      node.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
