package org.signet.op.flex;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * {@code TensorProto} and {@code TensorShapeProto} to and from {@link Tensor} and {@link Shape}.
 *
 * <p>A {@code TensorProto} holds its elements as raw bytes ({@code tensor_content}) or as a
 * repeated field of a type near theirs, of which the last value stands for all the missing ones;
 * without any value, all are zero.
 */
public final class ProtoTensors {
  /**
   * A proto with fewer values than elements is not expanded beyond this: its few bytes could ask
   * for any amount of memory.
   */
  private static final long MAX_EXPANDED_ELEMENTS = 1L << 28;

  private ProtoTensors() {}

  /**
   * Whether {@link #tensor(TensorProto)} can express this proto: it can't resources, variants and
   * 8-bit floats.
   */
  static boolean isExpressible(TensorProto proto) {
    Optional<DType> dtype = DType.ofTfNumber(proto.getDtypeValue());
    return dtype.isPresent()
        && dtype.get() != DType.RESOURCE
        && dtype.get() != DType.VARIANT
        && shape(proto.getTensorShape()).filter(Shape::isStatic).isPresent();
  }

  /**
   * The tensor.
   *
   * @throws SignetException {@link Code#MALFORMED_PROTO} if the proto contradicts itself or is of a
   *     type that has no values here; {@link Code#TENSOR_TOO_LARGE} if it has more elements than
   *     can be held
   */
  public static Tensor tensor(TensorProto proto) {
    if (!isExpressible(proto)) {
      throw malformed(
          "a tensor of type " + proto.getDtypeValue() + " has no values that could be read");
    }
    DType dtype = DType.ofTfNumber(proto.getDtypeValue()).orElseThrow();
    int[] dims = shape(proto.getTensorShape()).orElseThrow().dims();
    int elements = elements(proto, dims);
    if (!proto.getTensorContent().isEmpty()) {
      return dtype == DType.STRING
          ? packedStrings(proto.getTensorContent(), elements, dims)
          : raw(dtype, proto.getTensorContent(), dims);
    }
    int count = Math.min(elements, valueCount(proto, dtype));
    Tensor tensor = Tensor.zeros(dtype, dims);
    for (int i = 0; i < elements && count > 0; i++) {
      copyValue(proto, Math.min(i, count - 1), tensor, i);
    }
    return tensor;
  }

  private static int elements(TensorProto proto, int[] dims) {
    long elements;
    try {
      elements = Shape.elements(dims);
    } catch (ArithmeticException e) {
      elements = Long.MAX_VALUE;
    }
    if (elements > Math.max(MAX_EXPANDED_ELEMENTS, proto.getTensorContent().size())) {
      throw SignetException.of(
          Code.TENSOR_TOO_LARGE,
          "a constant of shape " + Shape.of(dims) + " is too large to be expanded");
    }
    return (int) elements;
  }

  private static Tensor raw(DType dtype, ByteString content, int[] dims) {
    try {
      return RawElements.read(dtype, content.asReadOnlyByteBuffer(), dims);
    } catch (IllegalArgumentException e) {
      throw malformed("tensor_content: " + e.getMessage());
    }
  }

  private static int valueCount(TensorProto proto, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> proto.getFloatValCount();
      case FLOAT64 -> proto.getDoubleValCount();
      case FLOAT16, BFLOAT16 -> proto.getHalfValCount();
      case INT64 -> proto.getInt64ValCount();
      case UINT64 -> proto.getUint64ValCount();
      case UINT32 -> proto.getUint32ValCount();
      case BOOL -> proto.getBoolValCount();
      case STRING -> proto.getStringValCount();
      case COMPLEX64 -> proto.getScomplexValCount() / 2;
      case COMPLEX128 -> proto.getDcomplexValCount() / 2;
      case RESOURCE, VARIANT -> 0;
      default -> proto.getIntValCount();
    };
  }

  private static void copyValue(TensorProto proto, int from, Tensor tensor, int to) {
    switch (tensor.dtype()) {
      case FLOAT32 -> tensor.floats()[to] = proto.getFloatVal(from);
      case FLOAT64 -> tensor.doubles()[to] = proto.getDoubleVal(from);
      case FLOAT16, BFLOAT16 -> tensor.shorts()[to] = (short) proto.getHalfVal(from);
      case INT64 -> tensor.longs()[to] = proto.getInt64Val(from);
      case UINT64 -> tensor.longs()[to] = proto.getUint64Val(from);
      case UINT32 -> tensor.ints()[to] = proto.getUint32Val(from);
      case BOOL -> tensor.bytes()[to] = (byte) (proto.getBoolVal(from) ? 1 : 0);
      case STRING -> tensor.strings()[to] = proto.getStringVal(from).toByteArray();
      case COMPLEX64 -> {
        tensor.floats()[2 * to] = proto.getScomplexVal(2 * from);
        tensor.floats()[2 * to + 1] = proto.getScomplexVal(2 * from + 1);
      }
      case COMPLEX128 -> {
        tensor.doubles()[2 * to] = proto.getDcomplexVal(2 * from);
        tensor.doubles()[2 * to + 1] = proto.getDcomplexVal(2 * from + 1);
      }
      default -> tensor.setLong(to, proto.getIntVal(from));
    }
  }

  /** Strings in {@code tensor_content}: the lengths as varints, then the bytes of all. */
  private static Tensor packedStrings(ByteString content, int elements, int[] dims) {
    ByteBuffer bytes = content.asReadOnlyByteBuffer();
    if (elements > bytes.remaining()) {
      throw malformed("tensor_content is too short for " + elements + " strings");
    }
    int[] lengths = new int[elements];
    for (int i = 0; i < elements; i++) {
      lengths[i] = varint(bytes);
    }
    byte[][] strings = new byte[elements][];
    for (int i = 0; i < elements; i++) {
      if (lengths[i] < 0 || lengths[i] > bytes.remaining()) {
        throw malformed("a string of tensor_content is longer than the content");
      }
      strings[i] = new byte[lengths[i]];
      bytes.get(strings[i]);
    }
    return Tensor.wrap(DType.STRING, strings, dims);
  }

  private static int varint(ByteBuffer bytes) {
    int value = 0;
    for (int shift = 0; shift < 35 && bytes.hasRemaining(); shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("tensor_content has a length that does not end");
  }

  /**
   * The proto of a tensor: strings as {@code string_val}, all other types as {@code
   * tensor_content}.
   *
   * @throws IllegalArgumentException for resources and variants
   */
  public static TensorProto proto(Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDtype(dataType(tensor.dtype()))
            .setTensorShape(shapeProto(Shape.of(tensor.shape())));
    if (tensor.dtype() == DType.STRING) {
      for (int i = 0; i < tensor.size(); i++) {
        proto.addStringVal(ByteString.copyFrom(tensor.strings()[i]));
      }
    } else if (tensor.size() > 0) {
      proto.setTensorContent(ByteString.copyFrom(RawElements.write(tensor)));
    }
    return proto.build();
  }

  /**
   * The shape; empty if a size does not fit TFLite's 32 bits or is below −1. Names of dimensions
   * are dropped.
   */
  public static Optional<Shape> shape(TensorShapeProto proto) {
    if (proto.getUnknownRank()) {
      return Optional.of(Shape.unknownRank());
    }
    List<TensorShapeProto.Dim> dims = proto.getDimList();
    int[] sizes = new int[dims.size()];
    for (int i = 0; i < sizes.length; i++) {
      long size = dims.get(i).getSize();
      if (size < Shape.UNKNOWN || size > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      sizes[i] = (int) size;
    }
    return Optional.of(Shape.of(sizes));
  }

  public static TensorShapeProto shapeProto(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    if (!shape.hasRank()) {
      return proto.setUnknownRank(true).build();
    }
    for (int dim : shape.dims()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    return proto.build();
  }

  /** TensorFlow's name of a type in its errors: {@code float}, {@code double}, {@code int32}. */
  public static String name(DType dtype) {
    return dataType(dtype).name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
  }

  /** TensorFlow's enum constant of an element type. */
  public static DataType dataType(DType dtype) {
    return Optional.ofNullable(DataType.forNumber(dtype.tfNumber())).orElseThrow();
  }

  private static SignetException malformed(String message) {
    return SignetException.of(Code.MALFORMED_PROTO, message);
  }
}
