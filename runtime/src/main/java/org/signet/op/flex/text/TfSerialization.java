package org.signet.op.flex.text;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.TensorProto;

/** Tensors and sparse tensors in strings, and compressed strings. */
final class TfSerialization {
  private static final int PARTS = 3;

  private TfSerialization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "SerializeTensor",
            Rules.always(Rules.scalar(DType.STRING)),
            call -> call.result(0, DType.STRING).strings()[0] = bytes(call.operand(0))),
        Rules.exact("ParseTensor", TfSerialization::inferParsed, TfSerialization::parse),
        Rules.exact(
                "SerializeSparse",
                Rules.always(TensorType.of(DType.STRING, PARTS)),
                TfSerialization::sparse)
            .limited(TfSerialization::requireStrings),
        Rules.exact("SerializeManySparse", TfSerialization::inferMany, TfSerialization::manySparse)
            .limited(TfSerialization::requireStrings),
        Rules.exact(
            "DeserializeSparse", TfSerialization::inferSparse, TfSerialization::deserialize),
        Rules.exact(
            "DeserializeManySparse", TfSerialization::inferSparse, TfSerialization::deserialize),
        Rules.exact("DecodeCompressed", Rules.mapped(DType.STRING), TfSerialization::decompress));
  }

  private static byte[] bytes(Tensor tensor) {
    return ProtoTensors.proto(tensor).toByteArray();
  }

  /** As {@link #bytes}, but with strings one behind the other, as parts of sparse tensors are. */
  private static byte[] compactBytes(Tensor tensor) {
    if (tensor.dtype() != DType.STRING) {
      return bytes(tensor);
    }
    ByteString.Output content = ByteString.newOutput();
    try {
      CodedOutputStream lengths = CodedOutputStream.newInstance(content);
      for (int i = 0; i < tensor.size(); i++) {
        lengths.writeUInt32NoTag(tensor.strings()[i].length);
      }
      lengths.flush();
      for (int i = 0; i < tensor.size(); i++) {
        content.write(tensor.strings()[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return ProtoTensors.proto(tensor).toBuilder()
        .clearStringVal()
        .setTensorContent(content.toByteString())
        .build()
        .toByteArray();
  }

  private static Tensor tensor(byte[] bytes) {
    try {
      return ProtoTensors.tensor(TensorProto.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "Could not parse `serialized` as TensorProto, base64: "
              + Base64.getEncoder().encodeToString(bytes),
          e);
    }
  }

  private static List<TensorType> inferParsed(OpTypes op) {
    return List.of(Shapes.plain(op.attributes().getType("out_type"), Shape.unknownRank()));
  }

  private static void parse(OpCall call) {
    Tensor text = Rules.requireRank(call.operand(0), 0, "serialized");
    Tensor parsed = tensor(text.strings()[0]);
    DType dtype = call.attributes().getType("out_type");
    Shapes.require(
        parsed.dtype() == dtype,
        "Type mismatch between parsed tensor (%s) and dtype (%s)",
        ProtoTensors.name(parsed.dtype()),
        ProtoTensors.name(dtype));
    call.result(0, parsed);
  }

  private static void requireStrings(OpTypes use) {
    DType dtype = use.attributes().getType("out_type", DType.STRING);
    Shapes.require(
        dtype == DType.STRING, "sparse tensors as %s; ask for strings (out_type)", dtype);
  }

  /** Operands: indices, values, shape. */
  private static void sparse(OpCall call) {
    byte[][] parts = call.result(0, DType.STRING, PARTS).strings();
    for (int i = 0; i < PARTS; i++) {
      parts[i] = compactBytes(call.operand(i));
    }
  }

  private static List<TensorType> inferMany(OpTypes op) {
    int rows = op.constant(2).map(shape -> (int) shape.getLong(0)).orElse(Shape.UNKNOWN);
    return List.of(TensorType.of(DType.STRING, rows, PARTS));
  }

  /** A sparse tensor for each row, without the first dimension. */
  private static void manySparse(OpCall call) {
    Tensor indices = Rules.requireRank(call.operand(0), 2, "sparse_indices");
    Tensor values = call.operand(1);
    Tensor shape = call.operand(2);
    int rank = shape.size();
    Shapes.require(
        rank > 1 && indices.dim(1) == rank, "indices %s of rank %s", indices.type(), rank);
    int rows = Math.toIntExact(shape.getLong(0));
    byte[] rowShape = bytes(Elements.rows(shape, 1, rank - 1));
    byte[][] parts = call.result(0, DType.STRING, rows, PARTS).strings();
    int from = 0;
    for (int row = 0; row < rows; row++) {
      int to = from;
      while (to < values.size() && indices.getLong(to * rank) == row) {
        to++;
      }
      Tensor rest = Tensor.zeros(DType.INT64, to - from, rank - 1);
      for (int i = 0; i < to - from; i++) {
        Elements.copy(indices, (from + i) * rank + 1, rest, i * (rank - 1), rank - 1);
      }
      parts[PARTS * row] = bytes(rest);
      parts[PARTS * row + 1] = compactBytes(Elements.rows(values, from, to - from));
      parts[PARTS * row + 2] = rowShape;
      from = to;
    }
    Shapes.require(from == values.size(), "indices that are not in the order of their rows");
  }

  private static List<TensorType> inferSparse(OpTypes op) {
    return List.of(
        Rules.ranked(DType.INT64, 2),
        Rules.vector(op.attributes().getType("dtype")),
        Rules.vector(DType.INT64));
  }

  /**
   * Operand: three strings for each sparse tensor [..., 3]; they become one with these dimensions.
   */
  private static void deserialize(OpCall call) {
    Tensor text = call.operand(0);
    Shapes.require(
        text.rank() >= 1 && text.dim(-1) == PARTS,
        "%s are no serialized sparse tensors",
        text.type());
    DType dtype = call.attributes().getType("dtype");
    int[] lead = Arrays.copyOf(text.shape(), text.rank() - 1);
    int count = Shapes.product(lead, 0, lead.length);
    Shapes.require(count > 0, "no serialized sparse tensor");
    List<long[]> indices = new ArrayList<>();
    List<Tensor> values = new ArrayList<>();
    long[] shape = new long[0];
    int total = 0;
    for (int n = 0; n < count; n++) {
      Tensor own = tensor(text.strings()[PARTS * n]);
      Tensor part = tensor(text.strings()[PARTS * n + 1]);
      Tensor size = tensor(text.strings()[PARTS * n + 2]);
      Shapes.require(
          part.dtype() == dtype, "values of %s where %s are needed", part.dtype(), dtype);
      Shapes.require(
          own.rank() == 2 && own.dim(0) == part.size() && own.dim(1) == size.size(),
          "indices %s of %s values",
          own.type(),
          part.size());
      shape = n == 0 ? new long[size.size()] : shape;
      Shapes.require(size.size() == shape.length, "ranks %s and %s", size.size(), shape.length);
      for (int d = 0; d < shape.length; d++) {
        shape[d] = Math.max(shape[d], size.getLong(d));
      }
      for (int i = 0; i < part.size(); i++) {
        indices.add(index(n, lead, own, i));
      }
      values.add(part);
      total += part.size();
    }
    store(call, indices, values, total, lead, shape);
  }

  /** The place of the sparse tensor, then the index in it. */
  private static long[] index(int number, int[] lead, Tensor own, int element) {
    int rank = own.dim(1);
    long[] index = new long[lead.length + rank];
    int rest = number;
    for (int d = lead.length - 1; d >= 0; d--) {
      index[d] = rest % lead[d];
      rest /= lead[d];
    }
    for (int d = 0; d < rank; d++) {
      index[lead.length + d] = own.getLong(element * rank + d);
    }
    return index;
  }

  private static void store(
      OpCall call, List<long[]> rows, List<Tensor> parts, int total, int[] lead, long... shape) {
    int rank = lead.length + shape.length;
    Tensor indices = call.result(0, DType.INT64, total, rank);
    for (int i = 0; i < total; i++) {
      System.arraycopy(rows.get(i), 0, indices.longs(), i * rank, rank);
    }
    Tensor values = call.result(1, call.attributes().getType("dtype"), total);
    int at = 0;
    for (Tensor part : parts) {
      Elements.copy(part, 0, values, at, part.size());
      at += part.size();
    }
    Tensor size = call.result(2, DType.INT64, rank);
    for (int d = 0; d < rank; d++) {
      size.setLong(d, d < lead.length ? lead[d] : shape[d - lead.length]);
    }
  }

  private static void decompress(OpCall call) {
    String kind = call.attributes().getString("compression_type", "");
    Shapes.require(
        List.of("", "ZLIB", "GZIP").contains(kind),
        "Only ZLIB, ZSTD, GZIP or NONE are supported compressions, here not '%s'",
        kind);
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      result[i] = kind.isEmpty() ? text.strings()[i] : decompressed(text.strings()[i], kind);
    }
  }

  private static byte[] decompressed(byte[] content, String kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in =
        kind.equals("GZIP")
            ? new GZIPInputStream(new ByteArrayInputStream(content))
            : new InflaterInputStream(new ByteArrayInputStream(content))) {
      in.transferTo(out);
    } catch (EOFException e) {
      return out.toByteArray(); // what there is, as TensorFlow
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "inflate() failed with error -3: " + e.getMessage() + " in " + kind + " data", e);
    }
    return out.toByteArray();
  }
}
