package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Complex;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Reference;
import org.signet.op.RowNormalization;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** Softmax, LogSoftmax, LRN with its gradient, and BiasAdd. */
final class TfNormalizations {
  private TfNormalizations() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("Softmax", Shapes.SAME, call -> RowNormalization.softmax(call, 1)),
        define("LogSoftmax", Shapes.SAME, RowNormalization::logSoftmax),
        define("LRN", Shapes.SAME, TfNormalizations::localResponse),
        define(
            "LRNGrad",
            op -> List.of(Shapes.plain(op.dtype(0), op.shape(1))),
            TfNormalizations::localResponseGradient),
        OpDefinition.tf("BiasAdd", Shapes.SAME, TfNormalizations::addBias),
        OpDefinition.tf("BiasAddV1", Shapes.SAME, TfNormalizations::addBias));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.APPROXIMATE);
  }

  private static void localResponse(OpCall call) {
    Attributes attributes = call.attributes();
    RowNormalization.localResponse(
        call,
        attributes.getInt("depth_radius", 5),
        attributes.getFloat("bias", 1),
        attributes.getFloat("alpha", 1),
        attributes.getFloat("beta", 0.5f));
  }

  /**
   * Operands: gradient, what went into LRN, what came out of it. With n = bias + alpha Σ x² over
   * the neighbours, y(j) = x(j) n(j)^−beta depends on its own x and on each neighbour's by n.
   */
  private static void localResponseGradient(OpCall call) {
    Tensor gradient = call.operand(0);
    Tensor input = call.operand(1);
    Tensor output = call.operand(2);
    Shapes.require(
        Arrays.equals(gradient.shape(), input.shape())
            && Arrays.equals(gradient.shape(), output.shape())
            && gradient.rank() == 4,
        "a gradient %s of %s",
        gradient.type(),
        input.type());
    int radius = call.attributes().getInt("depth_radius", 5);
    double bias = call.attributes().getFloat("bias", 1);
    double alpha = call.attributes().getFloat("alpha", 1);
    double beta = call.attributes().getFloat("beta", 0.5f);
    double[] x = NumberArrays.doubles(input);
    double[] result = new double[x.length];
    int depth = input.dim(3);
    for (int j = 0; j < x.length; j++) {
      int row = j - j % depth;
      int from = Math.max(row, j - radius);
      int to = (int) Math.min((long) row + depth, (long) j + radius + 1);
      double norm = bias;
      for (int k = from; k < to; k++) {
        norm += alpha * x[k] * x[k];
      }
      double g = gradient.getDouble(j);
      result[j] += g * Math.pow(norm, -beta);
      double byNorm = -2 * alpha * beta * g * output.getDouble(j) / norm;
      for (int k = from; k < to; k++) {
        result[k] += byNorm * x[k];
      }
    }
    Rules.store(call, result, input.dtype(), input.shape());
  }

  private static void addBias(OpCall call) {
    Tensor value = call.operand(0);
    Tensor bias = call.operand(1);
    boolean channelsFirst = call.attributes().getString("data_format", "NHWC").startsWith("NC");
    Shapes.require(value.rank() >= 2, "a bias is added to a rank of 2 at least");
    int axis = channelsFirst ? 1 : value.rank() - 1;
    int channels = value.dim(axis);
    Shapes.require(
        bias.rank() == 1 && bias.size() == channels,
        "a bias of shape %s for %d channels",
        Shapes.text(bias.shape()),
        channels);
    int inner = Shapes.product(value.shape(), axis + 1, value.rank());
    Tensor result = call.result(0, value.dtype(), value.shape());
    for (int i = 0; i < value.size(); i++) {
      add(value, bias, result, i, i / inner % channels);
    }
  }

  private static void add(Tensor value, Tensor bias, Tensor result, int i, int channel) {
    if (value.dtype().isFloating()) {
      result.setDouble(i, value.getDouble(i) + bias.getDouble(channel));
    } else if (value.dtype().isComplex()) {
      Complex.get(value, i).plus(Complex.get(bias, channel)).store(result, i);
    } else {
      result.setLong(i, value.getLong(i) + bias.getLong(channel));
    }
  }
}
