package org.signet.op.flex;

import java.util.List;
import org.signet.op.Arithmetic;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;

/** TensorFlow's binary arithmetic with broadcasting. */
final class TfArithmetic {
  private TfArithmetic() {}

  static List<OpDefinition> definitions() {
    return List.of(
        add("Add"),
        add("AddV2"),
        OpDefinition.tf("Sub", Shapes.BROADCAST, call -> Arithmetic.evaluate(call, (a, b) -> a - b, (a, b) -> a - b)),
        OpDefinition.tf("Mul", Shapes.BROADCAST, call -> Arithmetic.evaluate(call, (a, b) -> a * b, (a, b) -> a * b)));
  }

  private static OpDefinition add(String name) {
    return OpDefinition.tf(name, Shapes.BROADCAST, call -> Arithmetic.evaluate(call, Double::sum, Long::sum));
  }
}
