package org.signet.op.flex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * BroadcastGradientArgs: the dimensions over which the gradients of two broadcast operands are
 * summed.
 */
final class TfGradientArgs {
  private TfGradientArgs() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("BroadcastGradientArgs", TfGradientArgs::infer, TfGradientArgs::evaluate)
            .accurate(Accuracy.EXACT));
  }

  private static List<TensorType> infer(OpTypes op) {
    int first = Shape.UNKNOWN;
    int second = Shape.UNKNOWN;
    if (op.constant(0).isPresent() && op.constant(1).isPresent()) {
      int[] a = KnownOperands.sizes(op.constant(0).get());
      int[] b = KnownOperands.sizes(op.constant(1).get());
      first = repeated(a, b).length;
      second = repeated(b, a).length;
    }
    return List.of(
        Shapes.plain(op.dtype(0), Shape.of(first)), Shapes.plain(op.dtype(0), Shape.of(second)));
  }

  private static void evaluate(OpCall call) {
    int[] a = KnownOperands.sizes(call.operand(0));
    int[] b = KnownOperands.sizes(call.operand(1));
    set(call, 0, repeated(a, b));
    set(call, 1, repeated(b, a));
  }

  private static void set(OpCall call, int i, int[] dims) {
    Tensor result = call.result(i, call.operand(0).dtype(), dims.length);
    for (int d = 0; d < dims.length; d++) {
      result.setLong(d, dims[d]);
    }
  }

  /**
   * The dimensions of the broadcast shape in which {@code a} has size 1 or nothing; none if both
   * shapes are equal.
   */
  private static int[] repeated(int[] a, int[] b) {
    List<Integer> dims = new ArrayList<>();
    if (!Arrays.equals(a, b)) {
      int rank = Shapes.broadcast(a, b).length;
      int lead = rank - a.length;
      for (int d = 0; d < rank; d++) {
        if (d < lead || a[d - lead] == 1) {
          dims.add(d);
        }
      }
    }
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }
}
