package org.signet.bundle;

import com.google.protobuf.ByteString;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.TensorProto;

/**
 * Elements of a tensor in the fields that a TensorProto has for each type, one value an element.
 */
final class TypedValues {
  private TypedValues() {}

  static TensorProto proto(Tensor tensor) {
    TensorProto.Builder proto = TensorProto.newBuilder();
    for (int i = 0; i < tensor.size() * Tensor.lanes(tensor.dtype()); i++) {
      switch (tensor.dtype()) {
        case FLOAT32 -> proto.addFloatVal(tensor.floats()[i]);
        case COMPLEX64 -> proto.addScomplexVal(tensor.floats()[i]);
        case FLOAT64 -> proto.addDoubleVal(tensor.doubles()[i]);
        case COMPLEX128 -> proto.addDcomplexVal(tensor.doubles()[i]);
        case FLOAT16, BFLOAT16 -> proto.addHalfVal(tensor.shorts()[i] & 0xFFFF);
        case INT64 -> proto.addInt64Val(tensor.longs()[i]);
        case BOOL -> proto.addBoolVal(tensor.getBoolean(i));
        case STRING -> proto.addStringVal(ByteString.copyFrom(tensor.strings()[i]));
        case INT8, UINT8, INT16, UINT16, INT32, QINT8, QUINT8, QINT32 ->
            proto.addIntVal((int) tensor.getLong(i));
        default ->
            throw new IllegalArgumentException("a checkpoint does not hold " + tensor.dtype());
      }
    }
    return proto.build();
  }

  /**
   * @throws IndexOutOfBoundsException if there are too few values
   * @throws IllegalArgumentException if the format does not hold such a type
   */
  static Tensor tensor(TensorProto proto, DType dtype, int... shape) {
    if (Shape.elements(shape) > proto.getSerializedSize()) {
      throw new IllegalArgumentException("more elements than there are bytes");
    }
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size() * Tensor.lanes(dtype); i++) {
      switch (dtype) {
        case FLOAT32 -> tensor.floats()[i] = proto.getFloatVal(i);
        case COMPLEX64 -> tensor.floats()[i] = proto.getScomplexVal(i);
        case FLOAT64 -> tensor.doubles()[i] = proto.getDoubleVal(i);
        case COMPLEX128 -> tensor.doubles()[i] = proto.getDcomplexVal(i);
        case FLOAT16, BFLOAT16 -> tensor.shorts()[i] = (short) proto.getHalfVal(i);
        case INT64 -> tensor.longs()[i] = proto.getInt64Val(i);
        case BOOL -> tensor.setLong(i, proto.getBoolVal(i) ? 1 : 0);
        case STRING -> tensor.strings()[i] = proto.getStringVal(i).toByteArray();
        case INT8, UINT8, INT16, UINT16, INT32, QINT8, QUINT8, QINT32 ->
            tensor.setLong(i, proto.getIntVal(i));
        default -> throw new IllegalArgumentException("a checkpoint does not hold " + dtype);
      }
    }
    return tensor;
  }
}
