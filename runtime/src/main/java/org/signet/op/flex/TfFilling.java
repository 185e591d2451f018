package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Filling;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's ops that make a tensor from a few numbers. */
final class TfFilling {
  private TfFilling() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("Empty", TfFilling::inferEmpty, TfFilling::empty),
        OpDefinition.tf("Fill", Filling::inferFill, Filling::fill).moving(),
        OpDefinition.tf("Range", Filling::inferRange, Filling::range),
        OpDefinition.tf("LinSpace", TfFilling::inferLinSpace, TfFilling::linSpace),
        OpDefinition.tf("OneHot", Filling::inferOneHot, Filling::oneHot).accurate(Accuracy.EXACT));
  }

  private static List<TensorType> inferEmpty(OpTypes op) {
    return List.of(Shapes.plain(op.attributes().getType("dtype"), KnownOperands.shape(op, 0)));
  }

  /** Operand 0 is the shape. What TensorFlow leaves undefined without {@code init} is zero, too. */
  private static void empty(OpCall call) {
    DType dtype = call.attributes().getType("dtype");
    call.result(0, Tensor.zeros(dtype, KnownOperands.sizes(call.operand(0))));
  }

  private static List<TensorType> inferLinSpace(OpTypes op) {
    int count = KnownOperands.scalar(op, 2).orElse(Shape.UNKNOWN);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(count)));
  }

  /**
   * Operands: first and last number, how many; each step is rounded to the type, the first and the
   * last number are exact.
   */
  private static void linSpace(OpCall call) {
    Tensor start = call.operand(0);
    double first = start.getDouble(0);
    double last = call.operand(1).getDouble(0);
    int count = KnownOperands.scalar(call.operand(2));
    Shapes.require(count > 0, "%s numbers", count);
    Tensor result = call.result(0, start.dtype(), count);
    boolean narrow = start.dtype() != DType.FLOAT64;
    double step =
        narrow ? (float) (last - first) / (float) (count - 1) : (last - first) / (count - 1);
    for (int i = 0; i < count; i++) {
      double distance = narrow ? (float) (step * i) : step * i;
      result.setDouble(i, first + distance);
    }
    if (count > 1) {
      result.setDouble(count - 1, last);
    }
    result.setDouble(0, first);
  }
}
