package org.signet.op.flex.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.op.flex.Rules;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Base64 and raw bytes of numbers, in strings. */
final class TfCoding {
  /** How many characters stand for whole bytes. */
  private static final int GROUP = 4;

  private TfCoding() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("EncodeBase64", Rules.mapped(DType.STRING), TfCoding::encodeBase64),
        Rules.exact("DecodeBase64", Rules.mapped(DType.STRING), TfCoding::decodeBase64),
        OpDefinition.tf("DecodeRaw", TfCoding::inferRaw, TfCoding::decodeRaw)
            .accurate(Accuracy.EXACT),
        Rules.exact("DecodePaddedRaw", TfCoding::inferPaddedRaw, TfCoding::decodePaddedRaw));
  }

  /** The alphabet for file names and URLs; {@code =} at the end if {@code pad}. */
  private static void encodeBase64(OpCall call) {
    Base64.Encoder encoder = Base64.getUrlEncoder();
    encoder = call.attributes().getBoolean("pad", false) ? encoder : encoder.withoutPadding();
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      result[i] = encoder.encode(text.strings()[i]);
    }
  }

  private static void decodeBase64(OpCall call) {
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      byte[] encoded = text.strings()[i];
      Shapes.require(
          unpadded(encoded) % GROUP != 1, "Base64 string length cannot be 1 modulo %s.", GROUP);
      try {
        result[i] = Base64.getUrlDecoder().decode(encoded);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Invalid character found in base64.", e);
      }
    }
  }

  private static int unpadded(byte[] encoded) {
    int length = encoded.length;
    while (length > 0 && encoded[length - 1] == '=') {
      length--;
    }
    return length;
  }

  /** A vector of numbers for each string; all strings have the same length. */
  private static List<TensorType> inferRaw(OpTypes op) {
    DType dtype = op.attributes().getType("out_type");
    int count = op.constant(0).map(text -> count(text, dtype)).orElse(Shape.UNKNOWN);
    return List.of(Shapes.plain(dtype, appended(op.shape(0), count)));
  }

  private static Shape appended(Shape shape, int last) {
    if (!shape.hasRank()) {
      return shape;
    }
    int[] dims = Arrays.copyOf(shape.dims(), shape.rank() + 1);
    dims[shape.rank()] = last;
    return Shape.of(dims);
  }

  private static int count(Tensor text, DType dtype) {
    int length = text.size() == 0 ? 0 : text.strings()[0].length;
    Shapes.require(
        length % dtype.bytes() == 0,
        "Input to DecodeRaw has length %s that is not a multiple of %s, the size of %s",
        length,
        dtype.bytes(),
        ProtoTensors.name(dtype));
    return length / dtype.bytes();
  }

  private static void decodeRaw(OpCall call) {
    Tensor text = call.operand(0);
    DType dtype = call.attributes().getType("out_type");
    int length = count(text, dtype) * dtype.bytes();
    for (int i = 0; i < text.size(); i++) {
      Shapes.require(
          text.strings()[i].length == length,
          "DecodeRaw requires input strings to all be the same size, but element %s has size %s"
              + " != %s",
          i,
          length,
          text.strings()[i].length);
    }
    decode(call, dtype, length);
  }

  /** Operands: strings, the length that they are cut or filled with zeros to. */
  private static List<TensorType> inferPaddedRaw(OpTypes op) {
    DType dtype = op.attributes().getType("out_type");
    int length = KnownOperands.scalar(op, 1).orElse(Shape.UNKNOWN);
    int count = length == Shape.UNKNOWN ? length : length / dtype.bytes();
    return List.of(Shapes.plain(dtype, appended(op.shape(0), count)));
  }

  private static void decodePaddedRaw(OpCall call) {
    DType dtype = call.attributes().getType("out_type");
    int length = KnownOperands.scalar(call.operand(1));
    Shapes.require(length > 0 && length % dtype.bytes() == 0, "%s bytes of %s", length, dtype);
    decode(call, dtype, length);
  }

  private static void decode(OpCall call, DType dtype, int length) {
    Tensor text = call.operand(0);
    byte[] all = new byte[Math.multiplyExact(text.size(), length)];
    for (int i = 0; i < text.size(); i++) {
      byte[] bytes = text.strings()[i];
      System.arraycopy(bytes, 0, all, i * length, Math.min(bytes.length, length));
    }
    if (!call.attributes().getBoolean("little_endian", true)) {
      reverse(all, dtype.bytes() / Tensor.lanes(dtype));
    }
    int[] shape = appended(Shape.of(text.shape()), length / dtype.bytes()).dims();
    call.result(0, RawElements.read(dtype, ByteBuffer.wrap(all), shape));
  }

  private static void reverse(byte[] bytes, int size) {
    for (int at = 0; at < bytes.length; at += size) {
      for (int k = 0; k < size / 2; k++) {
        byte swapped = bytes[at + k];
        bytes[at + k] = bytes[at + size - 1 - k];
        bytes[at + size - 1 - k] = swapped;
      }
    }
  }
}
