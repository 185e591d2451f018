package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Pooling;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's pooling over spatial dimensions, in every data format. */
final class TfPools {
  private static final int PLANE = 4;
  private static final int VOLUME = 5;

  private TfPools() {}

  static List<OpDefinition> definitions() {
    return List.of(
        pool("AvgPool", Pooling.Kind.AVERAGE, PLANE).accurate(Accuracy.ACCUMULATED),
        pool("AvgPool3D", Pooling.Kind.AVERAGE, VOLUME).accurate(Accuracy.ACCUMULATED),
        pool("MaxPool", Pooling.Kind.MAX, PLANE).accurate(Accuracy.EXACT),
        pool("MaxPool3D", Pooling.Kind.MAX, VOLUME).accurate(Accuracy.EXACT),
        OpDefinition.tf("MaxPoolV2", TfPools::shapeV2, TfPools::poolV2)
            .accurate(Accuracy.EXACT)
            .limited(ImageLayout.limits(PLANE)));
  }

  private static OpDefinition pool(String name, Pooling.Kind kind, int rank) {
    return OpDefinition.tf(
            name,
            op -> shape(op, rank, ints(op.attributes(), "ksize"), ints(op.attributes(), "strides")),
            call ->
                pool(
                    call,
                    kind,
                    rank,
                    ints(call.attributes(), "ksize"),
                    ints(call.attributes(), "strides")))
        .limited(ImageLayout.limits(rank));
  }

  private static int[] ints(Attributes attributes, String name) {
    return attributes.getInts(name);
  }

  private static List<TensorType> shape(OpTypes op, int rank, int[] kernel, int[] strides) {
    ImageLayout layout = ImageLayout.of(op.attributes(), rank);
    Shape input = Shapes.ranked(op.shape(0), rank, "the input");
    if (ChannelPooling.isAsked(layout, kernel)) {
      int channels = ChannelPooling.channels(input.dim(-1), kernel, strides);
      return List.of(Shapes.plain(op.dtype(0), input.withDim(rank - 1, channels)));
    }
    int[] outputs =
        layout
            .windows(op.attributes(), strides)
            .outputs(layout.spatial(input.dims()), layout.spatialOnly(kernel));
    return List.of(
        Shapes.plain(
            op.dtype(0), Shape.of(layout.shape(input.dim(0), outputs, layout.channels(input)))));
  }

  private static void pool(OpCall call, Pooling.Kind kind, int rank, int[] kernel, int[] strides) {
    ImageLayout layout = ImageLayout.of(call.attributes(), rank);
    if (kind == Pooling.Kind.MAX && ChannelPooling.isAsked(layout, kernel)) {
      poolChannels(call, kernel, strides);
      return;
    }
    Tensor input = layout.channelsLast(call.operand(0));
    int[] spatial = Arrays.copyOfRange(input.shape(), 1, rank - 1);
    List<WindowAxis> axes =
        layout.windows(call.attributes(), strides).axes(spatial, layout.spatialOnly(kernel));
    int[] outputs = axes.stream().mapToInt(WindowAxis::output).toArray();
    Tensor result = layout.result(call, 0, input.dtype(), input.dim(0), outputs, input.dim(-1));
    Pooling.pool(kind, input, axes, result);
    layout.finish(call, 0, result);
  }

  private static void poolChannels(OpCall call, int[] kernel, int[] strides) {
    Tensor input = call.operand(0);
    int[] dims = input.shape();
    dims[3] = ChannelPooling.channels(dims[3], kernel, strides);
    ChannelPooling.pool(input, kernel[3], call.result(0, input.dtype(), dims));
  }

  /** Window and strides are operands 1 and 2. */
  private static List<TensorType> shapeV2(OpTypes op) {
    Optional<Tensor> kernel = op.constant(1);
    Optional<Tensor> strides = op.constant(2);
    if (kernel.isPresent() && strides.isPresent()) {
      return shape(op, PLANE, kernel.get().toInts(), strides.get().toInts());
    }
    ImageLayout layout = ImageLayout.of(op.attributes(), PLANE);
    Shape input = Shapes.ranked(op.shape(0), PLANE, "the input");
    int[] unknown = {Shape.UNKNOWN, Shape.UNKNOWN};
    return List.of(
        Shapes.plain(
            op.dtype(0), Shape.of(layout.shape(input.dim(0), unknown, layout.channels(input)))));
  }

  private static void poolV2(OpCall call) {
    pool(call, Pooling.Kind.MAX, PLANE, call.operand(1).toInts(), call.operand(2).toInts());
  }
}
