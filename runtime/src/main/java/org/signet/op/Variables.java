package org.signet.op;

import java.util.List;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** VAR_HANDLE, READ_VARIABLE and ASSIGN_VARIABLE: variables that the calls of a session share. */
final class Variables {
  private Variables() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "VAR_HANDLE",
                op -> List.of(Shapes.plain(DType.RESOURCE, Shape.scalar())),
                Variables::handle)
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        OpDefinition.builtin("READ_VARIABLE", Variables::readType, Variables::read)
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        OpDefinition.builtin(
                "ASSIGN_VARIABLE",
                op -> List.of(),
                call -> Variable.operand(call, 0).assign(call.operand(1)))
            .withEffects(Effects.WRITES_STATE));
  }

  private static void handle(OpCall call) {
    Variable.of(
            call.state(),
            call.attributes().getString("container", ""),
            call.attributes().getString("shared_name", ""))
        .setHandle(call, 0);
  }

  /** Nothing tells the type of a variable before it has a value. */
  private static List<TensorType> readType(OpTypes op) {
    throw new IllegalArgumentException("the type of a variable is only known when it is read");
  }

  private static void read(OpCall call) {
    call.result(0, Variable.operand(call, 0).read());
  }
}
