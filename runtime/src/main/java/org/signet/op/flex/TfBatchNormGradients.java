package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * FusedBatchNormGrad to V3. Operands: gradient, input, scale, mean, variance. Results: gradients by
 * input, scale and offset, and two that are empty.
 */
final class TfBatchNormGradients {
  private TfBatchNormGradients() {}

  static List<OpDefinition> definitions() {
    return Stream.of("FusedBatchNormGrad", "FusedBatchNormGradV2", "FusedBatchNormGradV3")
        .map(name ->
            OpDefinition.tf(name, TfBatchNormGradients::infer, TfBatchNormGradients::evaluate)
                .accurate(Accuracy.ACCUMULATED))
        .toList();
  }

  private static List<TensorType> infer(OpTypes op) {
    TensorType channels = Shapes.plain(DType.FLOAT32, op.shape(2));
    TensorType none = TensorType.of(DType.FLOAT32, 0);
    return List.of(
        Shapes.plain(op.dtype(0), op.shape(0).refine(op.shape(1))), channels, channels, none, none);
  }

  private static void evaluate(OpCall call) {
    Tensor gradient = call.operand(0);
    Tensor x = call.operand(1);
    String format = call.attributes().getString("data_format", "NHWC");
    int[] shape = x.shape();
    int axis = format.startsWith("NC") ? 1 : shape.length - 1;
    int channels = shape[axis];
    int inner = Shapes.product(shape, axis + 1, shape.length);
    Shapes.require(
        Arrays.equals(gradient.shape(), shape)
            && call.operand(2).size() == channels
            && call.operand(3).size() == channels
            && call.operand(4).size() == channels,
        "a gradient %s of %s",
        gradient.type(),
        x.type());
    double epsilon = call.attributes().getFloat("epsilon", 1e-4f);
    boolean training = call.attributes().getBoolean("is_training", true);
    Tensor byInput = call.result(0, gradient.dtype(), shape);
    Tensor byScale = call.result(1, DType.FLOAT32, channels);
    Tensor byOffset = call.result(2, DType.FLOAT32, channels);
    double[] sums = new double[channels];
    double[] products = new double[channels];
    for (int i = 0; i < x.size(); i++) {
      int c = i / inner % channels;
      sums[c] += gradient.getDouble(i);
      products[c] += gradient.getDouble(i) * (x.getDouble(i) - call.operand(3).getDouble(c));
    }
    double count = channels == 0 ? 0 : x.size() / (double) channels;
    for (int i = 0; i < x.size(); i++) {
      int c = i / inner % channels;
      double spread = call.operand(4).getDouble(c) + epsilon;
      double centered = x.getDouble(i) - call.operand(3).getDouble(c);
      double own = gradient.getDouble(i);
      own -= training ? (sums[c] + centered * products[c] / spread) / count : 0;
      byInput.setDouble(i, own * call.operand(2).getDouble(c) / Math.sqrt(spread));
    }
    for (int c = 0; c < channels; c++) {
      byScale.setDouble(c, products[c] / Math.sqrt(call.operand(4).getDouble(c) + epsilon));
      byOffset.setDouble(c, sums[c]);
    }
    call.result(3, Tensor.zeros(DType.FLOAT32, 0));
    call.result(4, Tensor.zeros(DType.FLOAT32, 0));
  }
}
