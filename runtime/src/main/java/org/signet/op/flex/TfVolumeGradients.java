package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.op.WindowWalk;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The gradient of 3D convolution by its filter, channels last. Operands: input, the filter's shape,
 * gradient.
 */
final class TfVolumeGradients {
  private static final int RANK = 5;

  private TfVolumeGradients() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "Conv3DBackpropFilterV2",
                TfVolumeGradients::infer,
                call -> filter(call, KnownOperands.sizes(call.operand(1))))
            .accurate(Accuracy.ACCUMULATED));
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape shape = KnownOperands.shape(op, 1);
    return List.of(Shapes.plain(op.dtype(0), shape.hasRank() ? shape : Shape.ofRank(RANK)));
  }

  private static void filter(OpCall call, int[] shape) {
    Tensor input = Rules.requireRank(call.operand(0), RANK, "the input");
    Tensor gradient = Rules.requireRank(call.operand(2), RANK, "the gradient");
    ImageLayout layout = ImageLayout.of(call.attributes(), RANK);
    Shapes.require(!layout.channelsFirst(), "gradients of convolution with the channels first");
    int depth = input.dim(-1);
    int outputs = gradient.dim(-1);
    Shapes.require(
        shape.length == RANK && shape[RANK - 2] == depth && shape[RANK - 1] == outputs,
        "filters %s for %s",
        Shapes.text(shape),
        input.type());
    List<WindowAxis> axes =
        layout
            .windows(call.attributes())
            .axes(Arrays.copyOfRange(input.shape(), 1, RANK - 1), Arrays.copyOf(shape, RANK - 2));
    WindowWalk windows = new WindowWalk(input.dim(0), axes);
    int count = windows.windows();
    Shapes.require(gradient.size() == count * outputs, "a gradient %s", gradient.type());
    double[] sums = new double[Shapes.product(shape, 0, RANK)];
    for (int window = 0; window < count; window++) {
      windows.next();
      for (int i = 0; i < windows.count(); i++) {
        for (int c = 0; c < depth; c++) {
          double value = input.getDouble(windows.pixel(i) * depth + c);
          int to = (windows.tap(i) * depth + c) * outputs;
          for (int o = 0; o < outputs; o++) {
            sums[to + o] += value * gradient.getDouble(window * outputs + o);
          }
        }
      }
    }
    Tensor result = call.result(0, input.dtype(), shape);
    for (int i = 0; i < sums.length; i++) {
      Rules.store(result, i, sums[i]);
    }
  }
}
