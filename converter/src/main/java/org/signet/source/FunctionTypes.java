package org.signet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.TensorType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The types of a concrete function's arguments and results, read from the structures that its trace
 * recorded. Structures are flattened as TensorFlow does: dictionaries by key.
 */
final class FunctionTypes {
  private FunctionTypes() {}

  /**
   * A tensor in a structure.
   *
   * @param name its key, or its position behind a prefix
   * @param type as recorded
   */
  record Leaf(String name, TensorType type) {}

  /** The types of the arguments before the captures. */
  static List<TensorType> inputs(SourceFunction function, SavedConcreteFunction concrete) {
    List<Leaf> leaves = leaves(concrete.getCanonicalizedInputSignature(), "");
    int count = function.signature().getInputArgCount() - concrete.getBoundInputsCount();
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DType dtype = dtype(function.signature().getInputArg(i).getTypeValue());
      boolean recorded = leaves.size() == count && leaves.get(i).type().dtype() == dtype;
      types.add(recorded ? leaves.get(i).type() : TensorType.unranked(dtype));
    }
    return types;
  }

  /** The tensors of a structure, in the order in which a function takes or returns them. */
  static List<Leaf> leaves(StructuredValue value, String prefix) {
    List<Leaf> leaves = new ArrayList<>();
    collect(value, "", leaves);
    List<Leaf> named = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      named.add(leaf.name().isEmpty() ? new Leaf(prefix + i, leaf.type()) : leaf);
    }
    return named;
  }

  private static void collect(StructuredValue value, String name, List<Leaf> leaves) {
    switch (value.getKindCase()) {
      case TENSOR_SPEC_VALUE -> {
        var spec = value.getTensorSpecValue();
        leaves.add(leaf(name, spec.getDtypeValue(), spec.getShape()));
      }
      case BOUNDED_TENSOR_SPEC_VALUE -> {
        var spec = value.getBoundedTensorSpecValue();
        leaves.add(leaf(name, spec.getDtypeValue(), spec.getShape()));
      }
      case LIST_VALUE ->
          value.getListValue().getValuesList().forEach(v -> collect(v, name, leaves));
      case TUPLE_VALUE ->
          value.getTupleValue().getValuesList().forEach(v -> collect(v, name, leaves));
      case NAMED_TUPLE_VALUE ->
          value
              .getNamedTupleValue()
              .getValuesList()
              .forEach(pair -> collect(pair.getValue(), pair.getKey(), leaves));
      case DICT_VALUE -> {
        Map<String, StructuredValue> sorted = new TreeMap<>(value.getDictValue().getFieldsMap());
        sorted.forEach((key, v) -> collect(v, key, leaves));
      }
      case TYPE_SPEC_VALUE ->
          throw SignetException.of(
              Code.UNSUPPORTED_SOURCE,
              "a function takes or gives a "
                  + value.getTypeSpecValue().getTypeSpecClassName()
                  + ", which is several tensors",
              "convert a function of plain tensors");
      default -> {} // a Python value: no tensor
    }
  }

  private static Leaf leaf(String name, int dtype, TensorShapeProto shape) {
    return new Leaf(name, TensorType.of(dtype(dtype), SignatureReader.shape(shape)));
  }

  private static DType dtype(int number) {
    return DType.ofTfNumber(number)
        .orElseThrow(() ->
            SignetException.of(
                Code.UNSUPPORTED_SOURCE, "there is no element type of number " + number));
  }
}
