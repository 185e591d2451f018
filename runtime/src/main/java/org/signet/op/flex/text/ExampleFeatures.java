package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The features that a ParseExample op looks for.
 *
 * @param sparse types of the sparse ones
 * @param dense types of the dense ones
 * @param shapes shapes of the dense ones; the first size may be unknown
 * @param ragged value types of the ragged ones
 * @param splits row split types of the ragged ones
 */
record ExampleFeatures(
    List<DType> sparse,
    List<DType> dense,
    List<Shape> shapes,
    List<DType> ragged,
    List<DType> splits) {

  static ExampleFeatures of(Attributes attributes) {
    ExampleFeatures features =
        new ExampleFeatures(
            attributes.getList("sparse_types", DType.class),
            attributes.getList("Tdense", DType.class),
            attributes.getList("dense_shapes", Shape.class),
            attributes.getList("ragged_value_types", DType.class),
            attributes.getList("ragged_split_types", DType.class));
    Shapes.require(
        features.dense.size() == features.shapes.size()
            && features.ragged.size() == features.splits.size(),
        "the lists of types and shapes differ in length");
    return features;
  }

  /**
   * The names: of sparse, dense, ragged features; in vectors (ParseExampleV2), scalars
   * (ParseExample) or attributes (ParseSingleExample).
   */
  List<String> keys(OpCall call) {
    List<String> keys = new ArrayList<>();
    keys.addAll(call.attributes().getList("sparse_keys", String.class));
    keys.addAll(call.attributes().getList("dense_keys", String.class));
    boolean given = !keys.isEmpty();
    for (int i = 2; !given && i < call.operandCount() - dense.size(); i++) {
      Tensor names = call.operand(i);
      for (int k = 0; k < names.size(); k++) {
        keys.add(names.getString(k));
      }
    }
    Shapes.require(
        keys.size() == sparse.size() + dense.size() + ragged.size(), "one key for each feature");
    return keys;
  }
}
