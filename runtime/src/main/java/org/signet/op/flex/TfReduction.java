package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.ArgReduction;
import org.signet.op.BinaryFunction;
import org.signet.op.BinaryFunctions;
import org.signet.op.Cumulative;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Reduction;
import org.signet.op.Reduction.Fold;
import org.signet.op.ReductionAxes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** TensorFlow's reductions over axes and running sums. */
final class TfReduction {
  /** Sums kept as their logarithms. */
  private static final BinaryFunction LOG_SUM = BinaryFunction.ofReals(TfReduction::logSum);

  private TfReduction() {}

  static List<OpDefinition> definitions() {
    return List.of(
        reduction("Sum", Fold.SUM, Accuracy.ACCUMULATED),
        reduction("Mean", Fold.MEAN, Accuracy.ACCUMULATED),
        reduction("Prod", Fold.PROD, Accuracy.ACCUMULATED),
        reduction("EuclideanNorm", Fold.NORM, Accuracy.ACCUMULATED),
        reduction("Max", Fold.MAX, Accuracy.EXACT),
        reduction("Min", Fold.MIN, Accuracy.EXACT),
        reduction("Any", Fold.MAX, Accuracy.EXACT),
        reduction("All", Fold.MIN, Accuracy.EXACT),
        OpDefinition.tf(
                "L2Loss",
                op -> List.of(Shapes.plain(op.dtype(0), Shape.scalar())),
                TfReduction::halfSquareSum)
            .accurate(Accuracy.ACCUMULATED),
        arg("ArgMax", true),
        arg("ArgMin", false),
        OpDefinition.tf(
                "CumulativeLogsumexp",
                Shapes.SAME,
                call -> Cumulative.evaluate(call, LOG_SUM, Double.NEGATIVE_INFINITY))
            .accurate(Accuracy.APPROXIMATE),
        OpDefinition.tf(
                "Cumsum", Shapes.SAME, call -> Cumulative.evaluate(call, BinaryFunctions.ADD, 0))
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "Cumprod", Shapes.SAME, call -> Cumulative.evaluate(call, BinaryFunctions.MUL, 1))
            .accurate(Accuracy.ACCUMULATED));
  }

  private static OpDefinition reduction(String name, Fold fold, Accuracy accuracy) {
    return OpDefinition.tf(
            name,
            op -> ReductionAxes.infer(op, false),
            call -> Reduction.evaluate(call, fold, false))
        .accurate(accuracy);
  }

  private static OpDefinition arg(String name, boolean max) {
    return OpDefinition.tf(
            name,
            op -> ArgReduction.infer(op, op.attributes().getType("output_type", DType.INT64)),
            call ->
                ArgReduction.evaluate(
                    call, call.attributes().getType("output_type", DType.INT64), max))
        .accurate(Accuracy.EXACT);
  }

  private static void halfSquareSum(OpCall call) {
    Tensor x = call.operand(0);
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += x.getDouble(i) * x.getDouble(i);
    }
    call.result(0, x.dtype()).setDouble(0, sum / 2);
  }

  /** log(exp(a) + exp(b)). */
  private static double logSum(double a, double b) {
    double larger = Math.max(a, b);
    return Double.isInfinite(larger) ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
