package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.BinaryFunction;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The gradients of activations, of roots and reciprocals, and of an added bias. */
final class TfActivationGradients {
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
        binary("SigmoidGrad", (y, g) -> g * y * (1 - y)),
        binary("TanhGrad", (y, g) -> g * (1 - y * y)),
        binary("SqrtGrad", (y, g) -> g / 2 / y),
        binary("RsqrtGrad", (y, g) -> -g / 2 * y * y * y),
        binary("InvGrad", (y, g) -> -g * y * y),
        binary("ReciprocalGrad", (y, g) -> -g * y * y),
        OpDefinition.tf(
                "BiasAddGrad", TfActivationGradients::inferBias, TfActivationGradients::bias)
            .accurate(Accuracy.ACCUMULATED));
  }

  private static OpDefinition binary(String name, DoubleBinaryOperator function) {
    return OpDefinition.tf(name, Shapes.SAME, call -> evaluate(call, function));
  }

  private static OpDefinition approximate(String name, DoubleBinaryOperator function) {
    return binary(name, function).accurate(Accuracy.APPROXIMATE);
  }

  private static void evaluate(OpCall call, DoubleBinaryOperator function) {
    Shapes.require(
        Arrays.equals(call.operand(0).shape(), call.operand(1).shape()),
        "a gradient %s of %s",
        call.operand(0).type(),
        call.operand(1).type());
    BinaryFunction.of(function, (a, b) -> (long) function.applyAsDouble((double) a, (double) b))
        .evaluate(call);
  }

  private static void leakyRelu(OpCall call) {
    double alpha = call.attributes().getFloat("alpha", 0.2f);
    evaluate(call, (g, x) -> x > 0 ? g : g * alpha);
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
    double[] sums = new double[channels];
    for (int i = 0; i < gradient.size(); i++) {
      sums[i / inner % channels] += gradient.getDouble(i);
    }
    Tensor result = call.result(0, gradient.dtype(), channels);
    for (int c = 0; c < channels; c++) {
      Rules.store(result, c, sums[c]);
    }
  }
}
