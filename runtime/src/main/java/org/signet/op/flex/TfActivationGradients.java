package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.BinaryFunction;
import org.signet.op.Complex;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The gradients of activations, of roots and reciprocals, and of an added bias. */
final class TfActivationGradients {
  private static final Complex HALF = new Complex(0.5, 0);
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_SCALE_ALPHA = 1.7580993408473768;

  private TfActivationGradients() {}

  static List<OpDefinition> definitions() {
    return List.of(
        // Operands: gradient, what went into the function.
        binary("ReluGrad", (g, x) -> x > 0 ? g : 0).accurate(Accuracy.EXACT),
        binary("Relu6Grad", (g, x) -> x > 0 && x < 6 ? g : 0).accurate(Accuracy.EXACT),
        OpDefinition.tf("LeakyReluGrad", Shapes.SAME, TfActivationGradients::leakyRelu),
        approximate("SoftplusGrad", (g, x) -> g / (Math.exp(-x) + 1)),
        approximate("SoftsignGrad", (g, x) -> g / ((1 + Math.abs(x)) * (1 + Math.abs(x)))),
        // Operands: gradient, what came out of it.
        binary("EluGrad", (g, y) -> y < 0 ? g * (y + 1) : g),
        binary("SeluGrad", (g, y) -> y < 0 ? g * (y + SELU_SCALE_ALPHA) : g * SELU_SCALE),
        // Operands: what came out of it, gradient.
        binary("SigmoidGrad", (y, g) -> g * y * (1 - y), y -> y.times(Complex.ONE.minus(y))),
        binary("TanhGrad", (y, g) -> g * (1 - y * y), y -> Complex.ONE.minus(y.times(y))),
        binary("SqrtGrad", (y, g) -> g / 2 / y, y -> HALF.dividedBy(y.conjugate())),
        binary(
            "RsqrtGrad",
            (y, g) -> -g / 2 * y * y * y,
            y -> HALF.negated().times(square(y)).times(y.conjugate())),
        binary("InvGrad", (y, g) -> -g * y * y, y -> square(y).negated()),
        binary("ReciprocalGrad", (y, g) -> -g * y * y, y -> square(y).negated()),
        OpDefinition.tf(
                "BiasAddGrad", TfActivationGradients::inferBias, TfActivationGradients::bias)
            .accurate(Accuracy.ACCUMULATED));
  }

  private static OpDefinition binary(String name, DoubleBinaryOperator function) {
    return OpDefinition.tf(name, Shapes.SAME, call -> evaluate(call, function(function)));
  }

  /** Of the conjugate, at which TensorFlow takes derivatives, though not of sigmoid and tanh. */
  private static Complex square(Complex y) {
    return y.conjugate().times(y.conjugate());
  }

  /**
   * @param slope the derivative by what came out of the function, for complex numbers
   */
  private static OpDefinition binary(
      String name, DoubleBinaryOperator function, UnaryOperator<Complex> slope) {
    return OpDefinition.tf(
        name,
        Shapes.SAME,
        call -> evaluate(call, function(function).withComplex((y, g) -> g.times(slope.apply(y)))));
  }

  private static OpDefinition approximate(String name, DoubleBinaryOperator function) {
    return binary(name, function).accurate(Accuracy.APPROXIMATE);
  }

  private static BinaryFunction function(DoubleBinaryOperator reals) {
    return BinaryFunction.of(reals, (a, b) -> (long) reals.applyAsDouble((double) a, (double) b));
  }

  private static void evaluate(OpCall call, BinaryFunction function) {
    Shapes.require(
        Arrays.equals(call.operand(0).shape(), call.operand(1).shape()),
        "a gradient %s of %s",
        call.operand(0).type(),
        call.operand(1).type());
    function.evaluate(call);
  }

  private static void leakyRelu(OpCall call) {
    double alpha = call.attributes().getFloat("alpha", 0.2f);
    evaluate(call, function((g, x) -> x > 0 ? g : g * alpha));
  }

  private static int channelAxis(OpTypes op, int rank) {
    return isChannelsFirst(op.attributes()) ? 1 : rank - 1;
  }

  private static boolean isChannelsFirst(Attributes attributes) {
    return attributes.getString("data_format", "NHWC").startsWith("NC");
  }

  /** The gradient of each channel's bias: a sum over all else. */
  private static List<TensorType> inferBias(OpTypes op) {
    Shape shape = op.shape(0);
    int channels = shape.hasRank() ? shape.dim(channelAxis(op, shape.rank())) : Shape.UNKNOWN;
    return List.of(Shapes.plain(op.dtype(0), Shape.of(channels)));
  }

  private static void bias(OpCall call) {
    Tensor gradient = call.operand(0);
    int axis = isChannelsFirst(call.attributes()) ? 1 : gradient.rank() - 1;
    Shapes.require(gradient.rank() >= 2, "a gradient %s", gradient.type());
    int channels = gradient.dim(axis);
    int inner = Shapes.product(gradient.shape(), axis + 1, gradient.rank());
    Tensor result = call.result(0, gradient.dtype(), channels);
    if (!gradient.dtype().isFloating()) {
      Elements.clear(result);
      for (int i = 0; i < gradient.size(); i++) {
        Scattering.ADD.merge(gradient, i, result, i / inner % channels);
      }
      return;
    }
    double[] sums = new double[channels];
    for (int i = 0; i < gradient.size(); i++) {
      sums[i / inner % channels] += gradient.getDouble(i);
    }
    for (int c = 0; c < channels; c++) {
      Rules.store(result, c, sums[c]);
    }
  }
}
