package org.signet.reader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.signet.reader.ArgumentValue.AnyTensor;
import org.signet.reader.ArgumentValue.Composite;
import org.signet.reader.ArgumentValue.Constant;
import org.signet.reader.ArgumentValue.Dictionary;
import org.signet.reader.ArgumentValue.Sequence;
import org.signet.source.SignatureReader;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TensorShapeProto;

/** Structures of arguments out of {@code tensorflow/core/protobuf/struct.proto}. */
final class ArgumentValues {
  private ArgumentValues() {}

  static ArgumentValue of(StructuredValue value) {
    return switch (value.getKindCase()) {
      case NONE_VALUE, KIND_NOT_SET -> new Constant("NoneType", "None");
      case BOOL_VALUE -> new Constant("bool", value.getBoolValue() ? "True" : "False");
      case INT64_VALUE -> new Constant("int", String.valueOf(value.getInt64Value()));
      case FLOAT64_VALUE -> new Constant("float", String.valueOf(value.getFloat64Value()));
      case STRING_VALUE -> new Constant("str", quoted(value.getStringValue()));
      case TENSOR_SHAPE_VALUE ->
          new Constant("TensorShape", shape(value.getTensorShapeValue()).toString());
      case TENSOR_DTYPE_VALUE -> new Constant("DType", typeName(value.getTensorDtypeValueValue()));
      case TENSOR_SPEC_VALUE -> {
        var spec = value.getTensorSpecValue();
        yield tensor(spec.getName(), spec.getDtypeValue(), spec.getShape());
      }
      case BOUNDED_TENSOR_SPEC_VALUE -> {
        var spec = value.getBoundedTensorSpecValue();
        yield tensor(spec.getName(), spec.getDtypeValue(), spec.getShape());
      }
      case LIST_VALUE -> new Sequence(false, all(value.getListValue().getValuesList()));
      case TUPLE_VALUE -> new Sequence(true, all(value.getTupleValue().getValuesList()));
      case DICT_VALUE -> {
        Map<String, ArgumentValue> entries = new LinkedHashMap<>();
        new TreeMap<>(value.getDictValue().getFieldsMap())
            .forEach((name, item) -> entries.put(name, of(item)));
        yield new Dictionary("", entries);
      }
      case NAMED_TUPLE_VALUE -> {
        Map<String, ArgumentValue> entries = new LinkedHashMap<>();
        value
            .getNamedTupleValue()
            .getValuesList()
            .forEach(pair -> entries.put(pair.getKey(), of(pair.getValue())));
        yield new Dictionary(value.getNamedTupleValue().getName(), entries);
      }
      case TYPE_SPEC_VALUE -> {
        var spec = value.getTypeSpecValue();
        yield new Composite(spec.getTypeSpecClassName(), of(spec.getTypeState()));
      }
      default -> new Constant(value.getKindCase().name(), "...");
    };
  }

  private static List<ArgumentValue> all(List<StructuredValue> values) {
    return values.stream().map(ArgumentValues::of).toList();
  }

  /** A type that has no name here shows as a Python value, which it is not: nobody can feed it. */
  private static ArgumentValue tensor(String name, int dtype, TensorShapeProto shape) {
    return DType.ofTfNumber(dtype)
        .<ArgumentValue>map(type -> new AnyTensor(name, TensorType.of(type, shape(shape))))
        .orElseGet(() -> new Constant("Tensor", typeName(dtype) + shape(shape)));
  }

  static Shape shape(TensorShapeProto shape) {
    return SignatureReader.shape(shape);
  }

  private static String typeName(int dtype) {
    return DType.ofTfNumber(dtype).map(DType::toString).orElse("type " + dtype);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }
}
