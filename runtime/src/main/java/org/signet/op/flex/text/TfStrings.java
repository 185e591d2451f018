package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow's string ops that work on each string alone. Strings are bytes, in UTF-8 where an
 * attribute says so.
 */
final class TfStrings {
  private TfStrings() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("StringJoin", TfStrings::inferJoin, TfStrings::join)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf(
                "StringLength",
                op -> List.of(Shapes.plain(DType.INT32, op.shape(0))),
                TfStrings::length)
            .accurate(Accuracy.EXACT),
        mapped("StringLower", TfStrings::lower),
        mapped("StringUpper", TfStrings::upper),
        mapped("StringStrip", TfStrings::strip),
        OpDefinition.tf("Substr", TfStrings::inferSubstr, TfStrings::substr)
            .accurate(Accuracy.EXACT));
  }

  /** How an op with these attributes changes a string. */
  private interface Change {
    UnaryOperator<byte[]> of(Attributes attributes);
  }

  private static OpDefinition mapped(String name, Change change) {
    return OpDefinition.tf(
            name,
            Shapes.SAME,
            call -> {
              Tensor value = call.operand(0);
              UnaryOperator<byte[]> function = change.of(call.attributes());
              byte[][] result = call.result(0, DType.STRING, value.shape()).strings();
              for (int i = 0; i < value.size(); i++) {
                result[i] = function.apply(value.strings()[i]);
              }
            })
        .accurate(Accuracy.EXACT);
  }

  private static UnaryOperator<byte[]> lower(Attributes attributes) {
    return isUtf8(attributes)
        ? bytes -> utf8(text(bytes).toLowerCase(Locale.ROOT))
        : bytes -> shifted(bytes, 'A', 'Z', 'a' - 'A');
  }

  private static UnaryOperator<byte[]> upper(Attributes attributes) {
    return isUtf8(attributes)
        ? bytes -> utf8(text(bytes).toUpperCase(Locale.ROOT))
        : bytes -> shifted(bytes, 'a', 'z', 'A' - 'a');
  }

  private static boolean isUtf8(Attributes attributes) {
    String encoding = attributes.getString("encoding", "");
    Shapes.require(
        encoding.isEmpty() || encoding.toLowerCase(Locale.ROOT).equals("utf-8"),
        "encoding '%s'",
        encoding);
    return !encoding.isEmpty();
  }

  /** As far as TensorFlow reads it: to the first NUL. */
  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bytes from {@code first} to {@code last} moved by {@code distance}, the others as they are.
   */
  private static byte[] shifted(byte[] bytes, char first, char last, int distance) {
    byte[] result = bytes.clone();
    for (int i = 0; i < result.length; i++) {
      if (result[i] >= first && result[i] <= last) {
        result[i] += (byte) distance;
      }
    }
    return result;
  }

  private static UnaryOperator<byte[]> strip(Attributes unused) {
    return bytes ->
        AsciiText.stripped(new String(bytes, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** All operands have one shape, or are scalars. */
  private static List<TensorType> inferJoin(OpTypes op) {
    Shape shape = Shape.scalar();
    for (int i = 0; i < op.operandCount(); i++) {
      Shape next = op.shape(i);
      if (!next.hasRank()) {
        return List.of(Shapes.plain(DType.STRING, next));
      }
      if (next.rank() > 0) {
        Shapes.require(
            shape.rank() == 0 || shape.rank() == next.rank(), "shapes %s and %s", shape, next);
        shape = shape.rank() == 0 ? next : shape.refine(next);
      }
    }
    return List.of(Shapes.plain(DType.STRING, shape));
  }

  private static void join(OpCall call) {
    byte[] separator =
        call.attributes().has("separator") ? call.attributes().getBytes("separator") : new byte[0];
    int[] shape = {};
    for (int i = 0; i < call.operandCount(); i++) {
      int[] next = call.operand(i).shape();
      Shapes.require(
          next.length == 0 || shape.length == 0 || Arrays.equals(shape, next),
          "Input shapes do not match: %s vs. %s",
          Shapes.tight(shape),
          Shapes.tight(next));
      shape = next.length == 0 ? shape : next;
    }
    Tensor result = call.result(0, DType.STRING, shape);
    for (int k = 0; k < result.size(); k++) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (int i = 0; i < call.operandCount(); i++) {
        Tensor part = call.operand(i);
        joined.writeBytes(i == 0 ? new byte[0] : separator);
        joined.writeBytes(part.strings()[part.rank() == 0 ? 0 : k]);
      }
      result.strings()[k] = joined.toByteArray();
    }
  }

  private static void length(OpCall call) {
    Tensor value = call.operand(0);
    boolean characters = countsCharacters(call.attributes());
    int[] result = call.result(0, DType.INT32, value.shape()).ints();
    for (int i = 0; i < value.size(); i++) {
      byte[] bytes = value.strings()[i];
      result[i] = characters ? characters(bytes) : bytes.length;
    }
  }

  private static boolean countsCharacters(Attributes attributes) {
    String unit = attributes.getString("unit", "BYTE");
    return switch (unit) {
      case "BYTE" -> false;
      case "UTF8_CHAR" -> true;
      default -> throw new IllegalArgumentException("unit '" + unit + "'");
    };
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The bytes that do not continue a character. */
  private static int characters(byte[] bytes) {
    int count = 0;
    for (byte b : bytes) {
      count += isContinuation(b) ? 0 : 1;
    }
    return count;
  }

  /**
   * Operands: strings, positions, lengths; the latter have one shape, which is broadcast with the
   * strings'.
   */
  private static List<TensorType> inferSubstr(OpTypes op) {
    return List.of(
        Shapes.plain(DType.STRING, Shapes.broadcast(op.shape(0), op.shape(1).refine(op.shape(2)))));
  }

  private static void substr(OpCall call) {
    Tensor value = call.operand(0);
    Tensor position = call.operand(1);
    Tensor length = call.operand(2);
    Shapes.require(
        Arrays.equals(position.shape(), length.shape()), "positions and lengths differ in shape");
    boolean characters = countsCharacters(call.attributes());
    int[] shape = Shapes.broadcast(value.shape(), position.shape());
    byte[][] result = call.result(0, DType.STRING, shape).strings();
    BroadcastLoop.run(
        shape,
        value.shape(),
        position.shape(),
        (i, s, p) ->
            result[i] = part(value, s, position.getLong(p), length.getLong(p), characters));
  }

  /**
   * A negative position counts from the end. A negative length takes all bytes that are left, but
   * no characters, and from the end is refused for these, as in TensorFlow.
   */
  private static byte[] part(Tensor value, int at, long position, long length, boolean characters) {
    byte[] bytes = value.strings()[at];
    int size = characters ? starts(bytes) : bytes.length;
    Shapes.require(
        position >= -size && position <= size && !(characters && position < 0 && length < 0),
        "pos %s out of range for string %sat index %s",
        position,
        characters ? "" : "b'" + new String(bytes, StandardCharsets.UTF_8) + "' ",
        at);
    int from = (int) (position < 0 ? position + size : position);
    long count = length < 0 ? (characters ? 0 : size) : length;
    int to = count > size - from ? size : from + (int) count;
    return characters
        ? Arrays.copyOfRange(bytes, offset(bytes, from), offset(bytes, to))
        : Arrays.copyOfRange(bytes, from, to);
  }

  /** Where characters begin: the first byte, whatever it is, and all that do not continue one. */
  private static boolean isStart(byte[] bytes, int i) {
    return i == 0 || !isContinuation(bytes[i]);
  }

  private static int starts(byte[] bytes) {
    return bytes.length == 0 || !isContinuation(bytes[0])
        ? characters(bytes)
        : characters(bytes) + 1;
  }

  /** Where character {@code n} begins. */
  private static int offset(byte[] bytes, int n) {
    int seen = -1;
    for (int i = 0; i < bytes.length; i++) {
      seen += isStart(bytes, i) ? 1 : 0;
      if (seen == n) {
        return i;
      }
    }
    return bytes.length;
  }
}
