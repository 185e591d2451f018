package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The features that an op on {@code SequenceExample}s looks for: those of the whole sequence, its
 * context, or those of the steps, in lists.
 *
 * @param sparse types of the sparse ones
 * @param dense types of the dense ones
 * @param shapes shapes of the dense ones, in lists without the steps
 * @param ragged value types of the ragged ones
 * @param splits row split types of the ragged ones
 */
record SequenceFeatures(
    List<DType> sparse,
    List<DType> dense,
    List<Shape> shapes,
    List<DType> ragged,
    List<DType> splits) {

  static SequenceFeatures context(Attributes attributes) {
    return of(attributes, "context_", "Tcontext_dense");
  }

  static SequenceFeatures lists(Attributes attributes) {
    return of(attributes, "feature_list_", "feature_list_dense_types");
  }

  private static SequenceFeatures of(Attributes attributes, String kind, String dense) {
    SequenceFeatures features =
        new SequenceFeatures(
            attributes.getList(kind + "sparse_types", DType.class),
            attributes.getList(dense, DType.class),
            attributes.getList(kind + "dense_shapes", Shape.class),
            attributes.getList(kind + "ragged_value_types", DType.class),
            attributes.getList(kind + "ragged_split_types", DType.class));
    Shapes.require(
        features.dense.size() == features.shapes.size()
            && features.ragged.size() == features.splits.size(),
        "the lists of types and shapes differ in length");
    return features;
  }

  /**
   * The names of the features.
   *
   * @param context names in the context: sparse, dense, ragged
   * @param lists names of lists: sparse, dense, ragged
   * @param optional dense lists that may be missing
   */
  record Keys(List<List<String>> context, List<List<String>> lists, Set<String> optional) {

    /** The names in attributes: ParseSequenceExample. */
    static Keys inAttributes(OpCall call) {
      Attributes a = call.attributes();
      return new Keys(
          List.of(names(a, "context_sparse_keys"), names(a, "context_dense_keys"), List.of()),
          List.of(
              names(a, "feature_list_sparse_keys"), names(a, "feature_list_dense_keys"), List.of()),
          Set.copyOf(names(a, "feature_list_dense_missing_assumed_empty")));
    }

    private static List<String> names(Attributes attributes, String name) {
      return attributes.getList(name, String.class);
    }

    /** The names in vectors, operands 2 to 7: ParseSequenceExampleV2. */
    static Keys inVectors(OpCall call) {
      List<List<String>> names = new ArrayList<>();
      for (int i = 2; i < 8; i++) {
        names.add(strings(call, i, 1));
      }
      Tensor optional = call.operand(8);
      List<String> dense = names.get(4);
      Shapes.require(optional.size() == dense.size(), "one flag for each dense feature list");
      Set<String> missing = new HashSet<>();
      for (int i = 0; i < dense.size(); i++) {
        if (optional.getBoolean(i)) {
          missing.add(dense.get(i));
        }
      }
      return new Keys(names.subList(0, 3), names.subList(3, 6), missing);
    }

    /** The names in scalars from operand 2 on: ParseSingleSequenceExample. */
    static Keys inScalars(OpCall call) {
      int at = 2;
      List<List<String>> names = new ArrayList<>();
      for (SequenceFeatures features :
          List.of(
              SequenceFeatures.context(call.attributes()),
              SequenceFeatures.lists(call.attributes()))) {
        names.add(strings(call, at, features.sparse.size()));
        at += features.sparse.size();
        names.add(strings(call, at, features.dense.size()));
        at += features.dense.size();
        names.add(List.of());
      }
      return new Keys(
          names.subList(0, 3), names.subList(3, 6), Set.copyOf(new HashSet<>(strings(call, 1, 1))));
    }

    private static List<String> strings(OpCall call, int from, int operands) {
      List<String> strings = new ArrayList<>();
      for (int i = from; i < from + operands; i++) {
        Tensor tensor = call.operand(i);
        for (int k = 0; k < tensor.size(); k++) {
          strings.add(tensor.getString(k));
        }
      }
      return strings;
    }
  }
}
