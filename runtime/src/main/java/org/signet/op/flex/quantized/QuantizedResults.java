package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpTypes;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The results of most ops here: a tensor, and the ends of its range. */
final class QuantizedResults {
  private QuantizedResults() {}

  /** A tensor of the type that an attribute gives, in operand 0's shape, and its range. */
  static ShapeRule like0(String attribute) {
    return op -> of(op, attribute, op.shape(0));
  }

  /** A tensor of the type that an attribute gives, and its range. */
  static List<TensorType> of(OpTypes op, String attribute, Shape shape) {
    DType dtype = op.attributes().getType(attribute).carrier();
    return List.of(
        Shapes.plain(dtype, shape), Rules.scalar(DType.FLOAT32), Rules.scalar(DType.FLOAT32));
  }

  /** Sets result {@code first} and the next to the ends of a range. */
  static void range(OpCall call, int first, float min, float max) {
    call.result(first, DType.FLOAT32).floats()[0] = min;
    call.result(first + 1, DType.FLOAT32).floats()[0] = max;
  }
}
