package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * BUCKETIZE: for each number how many of the sorted bounds it is not below. Bounds are float32;
 * integers are compared as such, float64 as it is.
 */
final class Bucketizing {
  private Bucketizing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("BUCKETIZE", Bucketizing::infer, Bucketizing::evaluate)
            .accurate(Accuracy.EXACT));
  }

  private static List<TensorType> infer(OpTypes op) {
    return List.of(Shapes.plain(DType.INT32, op.shape(0)));
  }

  /** Operand 0 among the bounds of the option {@code boundaries}. */
  private static void evaluate(OpCall call) {
    Tensor values = call.operand(0);
    List<Float> bounds = call.attributes().getList("boundaries", Float.class);
    boolean exact = values.dtype() == DType.FLOAT64;
    Tensor result = call.result(0, DType.INT32, values.shape());
    for (int i = 0; i < values.size(); i++) {
      double value = values.getDouble(i);
      result.ints()[i] = bucket(bounds, exact ? value : (float) value);
    }
  }

  /** The first bound that is above the value; a NaN is below none. */
  private static int bucket(List<Float> bounds, double value) {
    int low = 0;
    int high = bounds.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value < bounds.get(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
