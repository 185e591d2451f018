package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Gradients of convolutions and pools over two dimensions whose sizes are known; the batch may be
 * free. The gradient of Conv2D by its input is TRANSPOSE_CONV where that can say it, in {@link
 * ConvolutionLowering}.
 */
final class WindowGradientLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "AvgPoolGrad",
        "Conv2DBackpropFilter",
        "Conv2DBackpropInput",
        "DepthwiseConv2dNativeBackpropFilter",
        "DepthwiseConv2dNativeBackpropInput",
        "MaxPoolGrad");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.result().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.result().dtype());
    }
    Optional<SpatialOptions> options = SpatialOptions.of(op.attributes());
    if (options.isEmpty()) {
      return Lowered.declined("a window over batch or channels");
    }
    boolean pool = op.name().endsWith("PoolGrad");
    boolean convolution = op.name().startsWith("Conv2D");
    boolean byFilter = op.name().endsWith("Filter");
    Shape input = byFilter || op.name().equals("MaxPoolGrad") ? op.shape(0) : op.result().shape();
    Shape filter = byFilter ? op.result().shape() : op.shape(1);
    int[] ksize = op.attributes().getInts("ksize");
    int height = options.get().channelsFirst() ? 2 : 1;
    if (!input.hasRank() || input.rank() != 4 || !(pool ? ksize.length == 4 : filter.isStatic())) {
      return Lowered.declined("the shapes of input and filter are not known");
    }
    WindowAxis[] axes = new WindowAxis[2];
    for (int i = 0; i < 2; i++) {
      int size = input.dim(height + i);
      int window = pool ? ksize[height + i] : filter.dim(i);
      if (size == Shape.UNKNOWN) {
        return Lowered.declined("height and width are not known");
      }
      axes[i] = WindowAxis.of(options.get(), i, size, window);
      if (!axes[i].isKnown()) {
        return Lowered.declined("nothing is in the window");
      }
    }
    if (pool && (ksize[0] != 1 || ksize[height == 1 ? 3 : 1] != 1)) {
      return Lowered.declined("a window over batch or channels");
    }
    if (convolution && options.get().channels(input) != filter.dim(2)) {
      return Lowered.declined("channels in groups, or not known");
    }
    Value gradient = options.get().toNhwc(op.operand(pool && !isMax(op) ? 1 : 2), emit);
    WindowPlaces places = new WindowPlaces(axes[0], axes[1], emit);
    return switch (op.name()) {
      case "AvgPoolGrad" -> of(averagePool(gradient, axes, places, emit), options.get(), emit);
      case "MaxPoolGrad" -> {
        Value x = options.get().toNhwc(op.operand(0), emit);
        Value result = options.get().toNhwc(op.operand(1), emit);
        yield of(maxPool(x, result, gradient, axes, places, emit), options.get(), emit);
      }
      case "Conv2DBackpropFilter" -> {
        Value x = options.get().toNhwc(op.operand(0), emit);
        yield Lowered.to(convolutionFilter(x, gradient, filter, axes, places, emit));
      }
      case "DepthwiseConv2dNativeBackpropFilter" -> {
        Value x = options.get().toNhwc(op.operand(0), emit);
        yield Lowered.to(depthwiseFilter(x, gradient, filter, axes, places, emit));
      }
      case "Conv2DBackpropInput" ->
          of(
              convolutionInput(op.operand(1), gradient, filter, axes, places, emit),
              options.get(),
              emit);
      default ->
          of(
              depthwiseInput(op.operand(1), gradient, filter, axes, places, emit),
              options.get(),
              emit);
    };
  }

  private static boolean isMax(TfOp op) {
    return op.name().equals("MaxPoolGrad");
  }

  private static Lowered of(Value nhwc, SpatialOptions options, Emitter emit) {
    return Lowered.to(options.fromNhwc(nhwc, emit));
  }

  /**
   * Each window's gradient in equal parts to its elements: the sum of the parts that an element
   * gets is the mean over a window that moves by one, times its size.
   */
  private static Value averagePool(
      Value gradient, WindowAxis[] axes, WindowPlaces places, Emitter emit) {
    int size = axes[0].window() * axes[1].window();
    float[] shares = new float[axes[0].count() * axes[1].count()];
    for (int y = 0; y < axes[0].count(); y++) {
      for (int x = 0; x < axes[1].count(); x++) {
        int inside = axes[0].inside(y) * axes[1].inside(x);
        shares[y * axes[1].count() + x] = (float) size / inside;
      }
    }
    Value share = emit.floats(shares, 1, axes[0].count(), axes[1].count(), 1);
    Attributes options =
        Attributes.of("padding", "VALID", "stride_h", 1)
            .with("stride_w", 1)
            .with("filter_height", axes[0].window())
            .with("filter_width", axes[1].window())
            .with("fused_activation_function", "NONE");
    return emit.builtin(
        "AVERAGE_POOL_2D", options, places.underFullWindows(emit.builtin("MUL", gradient, share)));
  }

  /** Each window's gradient to the first of its elements that is the largest. */
  private static Value maxPool(
      Value x, Value result, Value gradient, WindowAxis[] axes, WindowPlaces places, Emitter emit) {
    Value padded = places.padded(x, Float.NEGATIVE_INFINITY);
    Value zeros = emit.builtin("ZEROS_LIKE", gradient);
    List<Value> parts = new ArrayList<>();
    Optional<Value> open = Optional.empty();
    for (int i = 0; i < axes[0].window(); i++) {
      for (int j = 0; j < axes[1].window(); j++) {
        Value equal = emit.builtin("EQUAL", places.under(padded, i, j), result);
        Value chosen = open.map(o -> emit.builtin("LOGICAL_AND", o, equal)).orElse(equal);
        Value others = emit.builtin("LOGICAL_NOT", equal);
        open = Optional.of(open.map(o -> emit.builtin("LOGICAL_AND", o, others)).orElse(others));
        parts.add(emit.select(chosen, gradient, zeros));
      }
    }
    return places.spread(parts);
  }

  /**
   * A convolution of the input, channels as the batch, with the gradient, its places as the filter:
   * strides and dilations change roles.
   */
  private static Value convolutionFilter(
      Value x, Value gradient, Shape filter, WindowAxis[] axes, WindowPlaces places, Emitter emit) {
    Attributes options =
        Attributes.of("padding", "VALID", "stride_h", axes[0].dilation())
            .with("stride_w", axes[1].dilation())
            .with("dilation_h_factor", axes[0].stride())
            .with("dilation_w_factor", axes[1].stride())
            .with("fused_activation_function", "NONE");
    Value result =
        emit.builtin(
            "CONV_2D",
            options,
            emit.transpose(places.padded(x, 0), 3, 1, 2, 0),
            emit.transpose(gradient, 3, 1, 2, 0),
            emit.constant(Tensor.zeros(DType.FLOAT32, filter.dim(3))));
    return emit.transpose(result, 1, 2, 0, 3);
  }

  /** A convolution of the gradient, spread out, with the filter turned by 180 degrees. */
  private static Value convolutionInput(
      Value weights,
      Value gradient,
      Shape filter,
      WindowAxis[] axes,
      WindowPlaces places,
      Emitter emit) {
    Shape flat = Shape.of(filter.dim(0) * filter.dim(1), filter.dim(2), filter.dim(3));
    Value turned = emit.reshape(turned(emit.reshape(weights, flat), emit), filter);
    return emit.builtin(
        "CONV_2D",
        stepping(axes),
        places.underFullWindows(gradient),
        emit.transpose(turned, 2, 0, 1, 3),
        emit.constant(Tensor.zeros(DType.FLOAT32, filter.dim(2))));
  }

  /** With the places of the window, the first dimension, in reverse. */
  private static Value turned(Value places, Emitter emit) {
    return emit.builtin("REVERSE_V2", places, emit.ints(0));
  }

  /** The options of a convolution that moves by one, without padding. */
  private static Attributes stepping(WindowAxis... axes) {
    return Attributes.of("padding", "VALID", "stride_h", 1)
        .with("stride_w", 1)
        .with("dilation_h_factor", axes[0].dilation())
        .with("dilation_w_factor", axes[1].dilation())
        .with("fused_activation_function", "NONE");
  }

  /** For each place in the window: the sum of what was under it times the gradient. */
  private static Value depthwiseFilter(
      Value x, Value gradient, Shape filter, WindowAxis[] axes, WindowPlaces places, Emitter emit) {
    int channels = filter.dim(2);
    int multiplier = filter.dim(3);
    Value padded = places.padded(x, 0);
    Value factors = emit.reshape(gradient, Shape.of(Shape.UNKNOWN, channels, multiplier));
    Value[] sums = new Value[axes[0].window() * axes[1].window()];
    for (int k = 0; k < sums.length; k++) {
      Value under = places.under(padded, k / axes[1].window(), k % axes[1].window());
      Value column = emit.reshape(under, Shape.of(Shape.UNKNOWN, channels, 1));
      Value product = emit.builtin("MUL", column, factors);
      sums[k] = emit.builtin("SUM", Attributes.of("keep_dims", true), product, emit.ints(0));
    }
    return emit.reshape(emit.concat(0, sums), filter);
  }

  /** A depthwise convolution of the gradient, spread out, with the filter turned by 180 degrees. */
  private static Value depthwiseInput(
      Value weights,
      Value gradient,
      Shape filter,
      WindowAxis[] axes,
      WindowPlaces places,
      Emitter emit) {
    int channels = filter.dim(2);
    int all = channels * filter.dim(3);
    Value flat = emit.reshape(weights, Shape.of(filter.dim(0) * filter.dim(1), all));
    Value turned = emit.reshape(turned(flat, emit), Shape.of(1, filter.dim(0), filter.dim(1), all));
    Value each =
        emit.builtin(
            "DEPTHWISE_CONV_2D",
            stepping(axes).with("depth_multiplier", 1),
            places.underFullWindows(gradient),
            turned,
            emit.constant(Tensor.zeros(DType.FLOAT32, all)));
    if (filter.dim(3) == 1) {
      return each;
    }
    Value grouped = emit.reshape(each, Shape.of(Shape.UNKNOWN, channels, filter.dim(3)));
    Value sums = emit.builtin("SUM", Attributes.of("keep_dims", false), grouped, emit.ints(2));
    return emit.reshape(sums, Shape.of(Shape.UNKNOWN, axes[0].size(), axes[1].size(), channels));
  }
}
