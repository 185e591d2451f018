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
 * Further gradients of poolings, channels last: of three spatial dimensions, of windows that are
 * operands, and of the gradients themselves, which pick the gradient where the largest element is.
 */
final class TfPoolGradients {
  private static final int PLANE = 4;
  private static final int VOLUME = 5;

  private TfPoolGradients() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("MaxPoolGradV2", Shapes.SAME, TfPoolGradients::firstLargest)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf("MaxPool3DGrad", Shapes.SAME, TfPoolGradients::allLargest)
            .accurate(Accuracy.ACCUMULATED),
        Rules.exact("MaxPoolGradGrad", TfPoolGradients::output, call -> pick(call, PLANE)),
        Rules.exact("MaxPoolGradGradV2", TfPoolGradients::output, call -> pick(call, PLANE)),
        Rules.exact("MaxPool3DGradGrad", TfPoolGradients::output, call -> pick(call, VOLUME)),
        OpDefinition.tf("MaxPoolGradWithArgmax", Shapes.SAME, TfPoolGradients::scatter)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf("AvgPool3DGrad", TfPoolGradients::average, TfPoolGradients::average)
            .accurate(Accuracy.ACCUMULATED));
  }

  /** The type of operand 1, the pooling's output. */
  private static List<TensorType> output(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(1), op.shape(1)));
  }

  /** The attribute of this name, or in V2 of an op operand {@code i}. */
  private static int[] ints(OpCall call, String name, int i) {
    return call.operandCount() > i ? call.operand(i).toInts() : call.attributes().getInts(name);
  }

  private static WindowWalk windows(OpCall call, int[] input, Tensor output) {
    int rank = input.length;
    ImageLayout layout = ImageLayout.of(call.attributes(), rank);
    Shapes.require(!layout.channelsFirst(), "gradients of pooling with the channels first");
    int[] kernel = layout.spatialOnly(ints(call, "ksize", 3));
    int[] spatial = Arrays.copyOfRange(input, 1, rank - 1);
    List<WindowAxis> axes =
        layout.windows(call.attributes(), ints(call, "strides", 4)).axes(spatial, kernel);
    int[] expected = input.clone();
    for (int d = 0; d < axes.size(); d++) {
      expected[d + 1] = axes.get(d).output();
    }
    Shapes.require(
        Arrays.equals(output.shape(), expected),
        "%s is no pooling of %s",
        output.type(),
        Shapes.text(input));
    return new WindowWalk(input[0], axes);
  }

  /** Gets, for each window and channel, the elements of the input. */
  private interface Visitor {
    void visit(int output, int input);
  }

  private static void walk(WindowWalk windows, int channels, Visitor visitor) {
    int count = windows.windows();
    for (int window = 0; window < count; window++) {
      windows.next();
      for (int i = 0; i < windows.count(); i++) {
        for (int c = 0; c < channels; c++) {
          visitor.visit(window * channels + c, windows.pixel(i) * channels + c);
        }
      }
    }
  }

  /** The first largest element of each window; −1 where none is a number. */
  private static int[] largest(OpCall call, Tensor input, Tensor output) {
    int[] largest = new int[output.size()];
    Arrays.fill(largest, -1);
    walk(
        windows(call, input.shape(), output),
        input.dim(-1),
        (window, element) -> {
          if (largest[window] < 0 || input.getDouble(element) > input.getDouble(largest[window])) {
            largest[window] = element;
          }
        });
    return largest;
  }

  /** Operands: input, output, gradient, window, strides. */
  private static void firstLargest(OpCall call) {
    Tensor input = Rules.requireRank(call.operand(0), PLANE, "the input");
    int[] places = largest(call, input, call.operand(1));
    add(call, places, call.operand(2));
  }

  private static void add(OpCall call, int[] places, Tensor gradient) {
    Tensor input = call.operand(0);
    Shapes.require(gradient.size() == places.length, "a gradient %s", gradient.type());
    double[] sums = new double[input.size()];
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        sums[places[i]] += gradient.getDouble(i);
      }
    }
    store(call, sums, input, input.shape());
  }

  private static void store(OpCall call, double[] sums, Tensor like, int... shape) {
    Tensor result = call.result(0, like.dtype(), shape);
    for (int i = 0; i < sums.length; i++) {
      Rules.store(result, i, sums[i]);
    }
  }

  /** Operands: input, output, gradient, which goes to every element that is the largest. */
  private static void allLargest(OpCall call) {
    Tensor input = Rules.requireRank(call.operand(0), VOLUME, "the input");
    Tensor output = call.operand(1);
    Tensor gradient = call.operand(2);
    Shapes.require(gradient.size() == output.size(), "a gradient %s", gradient.type());
    double[] sums = new double[input.size()];
    walk(
        windows(call, input.shape(), output),
        input.dim(-1),
        (window, element) -> {
          if (input.getDouble(element) == output.getDouble(window)) {
            sums[element] += gradient.getDouble(window);
          }
        });
    store(call, sums, input, input.shape());
  }

  /** Operands: input, output, gradient of the gradient, in V2 window and strides. */
  private static void pick(OpCall call, int rank) {
    Tensor input = Rules.requireRank(call.operand(0), rank, "the input");
    Tensor output = call.operand(1);
    Tensor gradient = call.operand(2);
    Shapes.require(gradient.size() == input.size(), "a gradient %s", gradient.type());
    int[] places = largest(call, input, output);
    Tensor result = call.result(0, output.dtype(), output.shape());
    for (int i = 0; i < places.length; i++) {
      Rules.store(result, i, places[i] < 0 ? 0 : gradient.getDouble(places[i]));
    }
  }

  /** Operands: input, gradient, where each element of the output came from. */
  private static void scatter(OpCall call) {
    Tensor input = Rules.requireRank(call.operand(0), PLANE, "the input");
    Tensor from = call.operand(2);
    int image = Shapes.product(input.shape(), 1, PLANE);
    int perImage = from.dim(0) == 0 ? 1 : from.size() / from.dim(0);
    boolean wholeBatch = call.attributes().getBoolean("include_batch_in_index", false);
    int[] places = new int[from.size()];
    for (int i = 0; i < places.length; i++) {
      long place = from.getLong(i) + (wholeBatch ? 0 : (long) i / perImage * image);
      Shapes.require(place >= 0 && place < input.size(), "the argmax %s", from.getLong(i));
      places[i] = (int) place;
    }
    add(call, places, call.operand(1));
  }

  private static List<TensorType> average(OpTypes op) {
    Shape shape = KnownOperands.shape(op, 0);
    return List.of(Shapes.plain(op.dtype(1), shape.hasRank() ? shape : Shape.ofRank(VOLUME)));
  }

  /** Operands: the input's shape, gradient, which is shared out evenly. */
  private static void average(OpCall call) {
    int[] shape = KnownOperands.sizes(call.operand(0));
    Shapes.require(shape.length == VOLUME, "a shape of rank %s", shape.length);
    Tensor gradient = call.operand(1);
    int channels = gradient.dim(-1);
    int[] counts = new int[gradient.size()];
    walk(windows(call, shape, gradient), channels, (window, element) -> counts[window]++);
    double[] sums = new double[Shapes.product(shape, 0, VOLUME)];
    walk(
        windows(call, shape, gradient),
        channels,
        (window, element) -> sums[element] += gradient.getDouble(window) / counts[window]);
    store(call, sums, gradient, shape);
  }
}
