package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Preprocessing that is plain arithmetic: scaling, statistics, buckets, cropping and resizing. */
final class PreprocessingLayers implements KerasLayer {
  /** Keras's {@code backend.epsilon()}. */
  private static final double EPSILON = 1e-7;

  @Override
  public Set<String> classNames() {
    return Set.of(
        "AutoContrast",
        "CenterCrop",
        "Discretization",
        "Normalization",
        "RandomCrop",
        "Rescaling",
        "Resizing");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node = WeightNode.of(layer);
    if (layer.className().equals("Normalization") && !layer.config().has("mean")) {
      return node.fixed("mean", "variance", "count");
    }
    boolean adapted = layer.keras2() && layer.className().equals("Discretization");
    return adapted && !layer.config().has("bin_boundaries")
        ? node.fixed(AdaptedBuckets.SUMMARY)
        : node;
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    KerasTensor result =
        switch (call.layer().className()) {
          case "AutoContrast" -> autoContrast(call);
          case "CenterCrop" -> centerCrop(call);
          case "Discretization" -> discretize(call);
          case "Normalization" -> normalize(call);
          case "RandomCrop" -> randomCrop(call);
          case "Rescaling" -> rescale(call);
          default -> resize(call);
        };
    // Keras 2 takes the mask off what these layers are given.
    return List.of(result.withMask(call.keras2() ? Optional.empty() : call.mask()));
  }

  private static KerasTensor number(LayerCall call) {
    return call.ops().cast(call.input(), call.dtype());
  }

  private static KerasTensor rescale(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor scaled = ops.times(number(call), constant(call, "scale", call.dtype()));
    return call.config().has("offset")
        ? ops.plus(scaled, constant(call, "offset", call.dtype()))
        : scaled;
  }

  /** A setting that is a number or nested lists of numbers. */
  private static KerasTensor constant(LayerCall call, String setting, DType dtype) {
    JsonElement json =
        call.config()
            .find(setting)
            .orElseThrow(() -> call.config().malformed("it lacks '" + setting + "'"));
    return call.ops().graph().constant(tensor(json, dtype));
  }

  /** Numbers in nested lists of equal lengths, as a tensor. */
  static Tensor tensor(JsonElement json, DType dtype) {
    List<Integer> dims = new ArrayList<>();
    for (JsonElement at = json; at instanceof JsonArray array; ) {
      dims.add(array.size());
      if (array.isEmpty()) {
        break;
      }
      at = array.get(0);
    }
    List<JsonElement> values = new ArrayList<>();
    flatten(json, values);
    int[] shape = dims.stream().mapToInt(Integer::intValue).toArray();
    if (Shape.elements(shape) != values.size()) {
      throw new IllegalArgumentException("the lists of " + json + " differ in length");
    }
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < values.size(); i++) {
      if (dtype == DType.BOOL) {
        tensor.setLong(i, values.get(i).getAsBoolean() ? 1 : 0);
      } else if (dtype.isInteger()) {
        tensor.setLong(i, values.get(i).getAsLong());
      } else {
        tensor.setDouble(i, values.get(i).getAsDouble());
      }
    }
    return tensor;
  }

  private static void flatten(JsonElement json, List<JsonElement> values) {
    if (json instanceof JsonArray array) {
      array.forEach(item -> flatten(item, values));
    } else {
      values.add(json);
    }
  }

  /** (x − mean) / max(√variance, ε), or back. */
  private static KerasTensor normalize(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = number(call);
    KerasTensor mean = statistic(call, x, "mean");
    KerasTensor deviation =
        ops.binary("Maximum", ops.unary("Sqrt", statistic(call, x, "variance")), EPSILON);
    return call.config().getBoolean("invert", false)
        ? ops.plus(mean, ops.times(x, deviation))
        : ops.binary("RealDiv", ops.minus(x, mean), deviation);
  }

  private static KerasTensor statistic(LayerCall call, KerasTensor x, String name) {
    int[] axes =
        call.config().has("axis")
            ? Arrays.stream(call.config().getInts("axis")).map(x::axis).sorted().toArray()
            : new int[0];
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    Arrays.stream(axes).forEach(axis -> dims[axis] = x.dim(axis));
    int[] sizes = Arrays.stream(axes).map(axis -> dims[axis]).toArray();
    KerasTensor value =
        call.config().has(name)
            ? constant(call, name, x.dtype())
            : call.ops().cast(call.weight(name, sizes), x.dtype());
    return Shape.elements(value.shape().dims()) == Shape.elements(dims)
        ? call.ops().reshape(value, dims)
        : value;
  }

  /** The number of bounds that are not above x. */
  private static KerasTensor discretize(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = ops.cast(call.input(), DType.FLOAT32);
    KerasTensor bounds =
        call.layer().weights().own().isEmpty()
            ? constant(call, "bin_boundaries", DType.FLOAT32)
            : ops.graph().constant(AdaptedBuckets.bounds(call));
    KerasTensor reached = ops.binary("GreaterEqual", ops.expandDims(x, x.rank()), bounds);
    KerasTensor count = ops.reduce("Sum", ops.cast(reached, DType.INT32), false, x.rank());
    DType policy = call.dtype();
    String mode = CategoryEncodingLayer.mode(call);
    boolean index = mode.equals("int");
    DType dtype = index && !call.keras2() ? DType.INT32 : policy;
    if (index && call.keras2() && !policy.isInteger()) {
      dtype = DType.INT64;
    }
    return CategoryEncodingLayer.encode(
        call, mode, count, bounds.dim(0) + 1, Optional.empty(), dtype);
  }

  /** A crop around the centre; of smaller images, the largest part of its proportions, enlarged. */
  private static KerasTensor centerCrop(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = number(call);
    int[] sizes = {call.config().getInt("height"), call.config().getInt("width")};
    int first = call.config().channelsFirst() ? x.rank() - 2 : x.rank() - 3;
    boolean known = x.dim(first) != Shape.UNKNOWN && x.dim(first + 1) != Shape.UNKNOWN;
    boolean smaller =
        (x.dim(first) != Shape.UNKNOWN && x.dim(first) < sizes[0])
            || (x.dim(first + 1) != Shape.UNKNOWN && x.dim(first + 1) < sizes[1]);
    if (smaller) {
      return ops.cast(ImageResizing.of(call).croppedToProportions().apply(x), x.dtype());
    }
    if (!known) {
      return onBatch(call, x, batch -> unknownCrop(call, batch, sizes));
    }
    for (int i = 0; i < 2; i++) {
      int size = x.dim(first + i);
      int begin = (size - sizes[i]) / 2;
      if (size > sizes[i]) {
        x = ops.slice(x, first + i, begin, begin + sizes[i]);
      }
    }
    return x;
  }

  /**
   * Keras 3 crops images of unknown size without looking whether they are smaller. Keras 2 looks;
   * to resize what has the size of the result changes nothing.
   */
  private static KerasTensor unknownCrop(LayerCall call, KerasTensor x, int[] sizes) {
    GraphOps ops = call.ops();
    ImageFitting fitting = new ImageFitting(ops, x, sizes[0], sizes[1]);
    if (!call.keras2()) {
      return fitting.middle();
    }
    ImageResizing resizing = ImageResizing.to(call, sizes[0], sizes[1], "bilinear");
    return ops.cast(resizing.resize(fitting.middleOrProportions()), x.dtype());
  }

  /** Applies a function of [batch, height, width, channels]. */
  private static KerasTensor onBatch(
      LayerCall call, KerasTensor images, UnaryOperator<KerasTensor> function) {
    GraphOps ops = call.ops();
    boolean channelsFirst = call.config().channelsFirst();
    boolean single = images.rank() == 3;
    KerasTensor batch = single ? ops.expandDims(images, 0) : images;
    KerasTensor y = function.apply(ops.toChannelsLast(batch, channelsFirst));
    KerasTensor result = ops.fromChannelsLast(y, channelsFirst);
    return single ? ops.squeeze(result, 0) : result;
  }

  /** Keras 2 resizes in inference what it crops at random in training; Keras 3 does nothing. */
  private static KerasTensor randomCrop(LayerCall call) {
    if (!call.keras2()) {
      return call.input();
    }
    KerasTensor x = number(call);
    return call.ops().cast(ImageResizing.of(call).croppedToProportions().apply(x), x.dtype());
  }

  /** Stretches each channel over the whole range of values; channels of one value stay. */
  private static KerasTensor autoContrast(LayerCall call) {
    GraphOps ops = call.ops();
    if (!call.dtype().isFloating()) {
      throw call.unsupported("it computes with " + call.dtype());
    }
    Tensor range =
        call.config()
            .find("value_range")
            .map(json -> tensor(json, DType.FLOAT64))
            .orElse(Tensor.of(new double[] {0, 255}, 2));
    double from = range.getDouble(0);
    double to = range.getDouble(1);
    KerasTensor x = inRange(ops, number(call), from, to, 0, 255);
    KerasTensor low = ops.reduce("Min", x, true, 1, 2);
    KerasTensor span = ops.minus(ops.reduce("Max", x, true, 1, 2), low);
    KerasTensor scale = ops.binary("RealDiv", ops.scalar(x.dtype(), 255), span);
    KerasTensor offset = ops.times(ops.unary("Neg", low), scale);
    KerasTensor stretched = ops.clip(ops.plus(ops.times(x, scale), offset), 0, 255);
    KerasTensor result = inRange(ops, stretched, 0, 255, from, to);
    return ops.select(ops.unary("IsNan", result), number(call), result);
  }

  private static KerasTensor inRange(
      GraphOps ops, KerasTensor x, double from, double to, double low, double high) {
    if (from == low && to == high) {
      return x;
    }
    KerasTensor unit = ops.binary("RealDiv", ops.binary("Sub", x, from), to - from);
    return ops.binary("AddV2", ops.binary("Mul", unit, high - low), low);
  }

  private static KerasTensor resize(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor input = call.input();
    ImageResizing resizing = ImageResizing.of(call);
    if (!call.keras2() && input.dtype().isInteger()) {
      KerasTensor result = resizing.apply(input);
      return result.dtype() == input.dtype() ? result : saturated(ops, result, input.dtype());
    }
    KerasTensor x =
        call.keras2() && !resizing.method().equals("nearest")
            ? ops.cast(input, DType.FLOAT32)
            : number(call);
    return ops.cast(resizing.apply(x), call.dtype());
  }

  /** The nearest whole numbers that a type has. */
  private static KerasTensor saturated(GraphOps ops, KerasTensor x, DType dtype) {
    int bits = 8 * dtype.bytes() - (dtype.name().startsWith("U") ? 0 : 1);
    double high = Math.pow(2, bits) - 1;
    double low = dtype.name().startsWith("U") ? 0 : -Math.pow(2, bits);
    // The largest float that is not above the largest int.
    double largest = bits > 24 ? Math.nextDown((float) high) : high;
    return ops.cast(ops.clip(ops.unary("Round", x), low, largest), dtype);
  }
}
