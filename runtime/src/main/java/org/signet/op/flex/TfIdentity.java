package org.signet.op.flex;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's ops that pass their operand on, perhaps after a look at it. */
final class TfIdentity {
  private TfIdentity() {}

  static List<OpDefinition> definitions() {
    return Stream.concat(
            Stream.of(
                    "DebugGradientIdentity",
                    "DeepCopy",
                    "Identity",
                    "StopGradient",
                    "PreventGradient",
                    "Snapshot",
                    "PlaceholderWithDefault")
                .map(name -> OpDefinition.tf(name, Shapes.SAME, call -> pass(call, 0))),
            Stream.of(
                OpDefinition.tf("IdentityN", TfIdentity::typesOfAll, TfIdentity::passAll),
                OpDefinition.tf("CheckNumerics", Shapes.SAME, TfIdentity::checkNumerics),
                OpDefinition.tf("CheckNumericsV2", Shapes.SAME, TfIdentity::checkNumerics),
                OpDefinition.tf("EnsureShape", TfIdentity::ensuredShape, TfIdentity::ensureShape)))
        .map(OpDefinition::moving)
        .toList();
  }

  private static void pass(OpCall call, int i) {
    call.resultReshaped(i, i, call.operand(i).shape());
  }

  private static List<TensorType> typesOfAll(OpTypes op) {
    return IntStream.range(0, op.operandCount())
        .mapToObj(i -> Shapes.plain(op.dtype(i), op.shape(i)))
        .toList();
  }

  private static void passAll(OpCall call) {
    for (int i = 0; i < call.operandCount(); i++) {
      pass(call, i);
    }
  }

  private static void checkNumerics(OpCall call) {
    Tensor x = call.operand(0);
    for (int i = 0; i < x.size(); i++) {
      Shapes.require(
          Double.isFinite(x.getDouble(i)),
          "%s: element %s is %s",
          call.attributes().getString("message", ""),
          i,
          x.getDouble(i));
    }
    pass(call, 0);
  }

  private static List<TensorType> ensuredShape(OpTypes op) {
    Shape asked = op.attributes().getShape("shape");
    Shape shape = op.shape(0);
    Shapes.require(mayBe(shape, asked), "the shape is %s, not %s", shape, asked);
    return List.of(Shapes.plain(op.dtype(0), shape.refine(asked)));
  }

  private static boolean mayBe(Shape shape, Shape asked) {
    if (!shape.hasRank() || !asked.hasRank()) {
      return true;
    }
    if (shape.rank() != asked.rank()) {
      return false;
    }
    return IntStream.range(0, shape.rank())
        .allMatch(i -> !shape.isKnown(i) || !asked.isKnown(i) || shape.dim(i) == asked.dim(i));
  }

  private static void ensureShape(OpCall call) {
    Shape asked = call.attributes().getShape("shape");
    int[] shape = call.operand(0).shape();
    Shapes.require(asked.accepts(shape), "the shape is %s, not %s", Shape.of(shape), asked);
    pass(call, 0);
  }
}
