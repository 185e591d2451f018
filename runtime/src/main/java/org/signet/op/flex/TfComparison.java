package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.BroadcastLoop;
import org.signet.op.Comparison;
import org.signet.op.Complex;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Relation;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's comparisons with broadcasting and the logic of bools. */
final class TfComparison {
  private TfComparison() {}

  static List<OpDefinition> definitions() {
    return List.of(
        equality("Equal", Relation.EQUAL),
        equality("NotEqual", Relation.NOT_EQUAL),
        order("Less", Relation.LESS),
        order("LessEqual", Relation.LESS_EQUAL),
        order("Greater", Relation.GREATER),
        order("GreaterEqual", Relation.GREATER_EQUAL),
        OpDefinition.tf(
                "ApproximateEqual", Shapes.BROADCAST_TO_BOOL, TfComparison::approximatelyEqual)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("LogicalAnd", Shapes.BROADCAST, Comparison.AND::evaluate)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("LogicalOr", Shapes.BROADCAST, Comparison.OR::evaluate)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("LogicalNot", Shapes.SAME, Comparison.NOT::evaluate)
            .accurate(Accuracy.EXACT));
  }

  private static OpDefinition order(String name, Relation relation) {
    return OpDefinition.tf(name, Shapes.BROADCAST_TO_BOOL, relation::evaluate)
        .accurate(Accuracy.EXACT);
  }

  /**
   * Attribute {@code incompatible_shape_error}: if false, operands that do not broadcast are just
   * unequal, which one bool says.
   */
  private static OpDefinition equality(String name, Relation relation) {
    return OpDefinition.tf(
            name,
            TfComparison::equalityShape,
            call -> {
              if (refuses(call.attributes().getBoolean("incompatible_shape_error", true), call)) {
                call.result(0, Tensor.scalar(relation == Relation.NOT_EQUAL));
              } else {
                relation.evaluate(call);
              }
            })
        .accurate(Accuracy.EXACT);
  }

  private static boolean refuses(boolean error, OpCall call) {
    return !error
        && !broadcasts(Shape.of(call.operand(0).shape()), Shape.of(call.operand(1).shape()));
  }

  private static List<TensorType> equalityShape(OpTypes op) {
    Shape a = op.shape(0);
    Shape b = op.shape(1);
    if (op.attributes().getBoolean("incompatible_shape_error", true)) {
      return Shapes.BROADCAST_TO_BOOL.infer(op);
    }
    if (!broadcasts(a, b)) {
      return List.of(Shapes.plain(DType.BOOL, Shape.scalar()));
    }
    return a.isStatic() && b.isStatic()
        ? Shapes.BROADCAST_TO_BOOL.infer(op)
        : List.of(TensorType.unranked(DType.BOOL));
  }

  private static boolean broadcasts(Shape a, Shape b) {
    if (a.hasRank() && b.hasRank()) {
      for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
        int x = a.dim(-i);
        int y = b.dim(-i);
        if (x != y && x != 1 && y != 1 && x != Shape.UNKNOWN && y != Shape.UNKNOWN) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether two elements are closer than attribute {@code tolerance}. */
  private static void approximatelyEqual(OpCall call) {
    float tolerance = call.attributes().getFloat("tolerance");
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    Tensor result = call.result(0, DType.BOOL, shape);
    BroadcastLoop.run(
        shape,
        a.shape(),
        b.shape(),
        (i, x, y) -> result.setLong(i, distance(a, x, b, y) < tolerance ? 1 : 0));
  }

  private static double distance(Tensor a, int x, Tensor b, int y) {
    return a.dtype().isComplex()
        ? Complex.get(a, x).minus(Complex.get(b, y)).abs()
        : Math.abs(a.getDouble(x) - b.getDouble(y));
  }
}
