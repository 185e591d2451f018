package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Preprocessing that is plain arithmetic: scaling, statistics, buckets, cropping and resizing. */
final class PreprocessingLayers implements KerasLayer {
  /** Keras's {@code backend.epsilon()}. */
  private static final double EPSILON = 1e-7;

  @Override
  public Set<String> classNames() {
    return Set.of("CenterCrop", "Discretization", "Normalization", "Rescaling", "Resizing");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node = WeightNode.of(layer);
    return layer.className().equals("Normalization") && !layer.config().has("mean")
        ? node.fixed("mean", "variance", "count")
        : node;
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    return List.of(
        switch (call.layer().className()) {
          case "CenterCrop" -> centerCrop(call);
          case "Discretization" -> discretize(call);
          case "Normalization" -> normalize(call);
          case "Rescaling" -> rescale(call);
          default -> resize(call);
        });
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
    if (!call.config().getString("output_mode", "int").equals("int")) {
      throw call.unsupported("its output_mode is not 'int'");
    }
    GraphOps ops = call.ops();
    KerasTensor x = ops.cast(call.input(), DType.FLOAT32);
    KerasTensor bounds = constant(call, "bin_boundaries", DType.FLOAT32);
    KerasTensor reached = ops.binary("GreaterEqual", ops.expandDims(x, x.rank()), bounds);
    DType dtype = call.keras2() ? DType.INT64 : DType.INT32;
    KerasTensor count = ops.reduce("Sum", ops.cast(reached, DType.INT32), false, x.rank());
    return ops.cast(count, dtype);
  }

  private static KerasTensor centerCrop(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = number(call);
    int[] sizes = {call.config().getInt("height"), call.config().getInt("width")};
    int first = call.config().channelsFirst() ? x.rank() - 2 : x.rank() - 3;
    for (int i = 0; i < 2; i++) {
      int size = x.dim(first + i);
      if (size == Shape.UNKNOWN || size < sizes[i]) {
        throw call.unsupported("its images are smaller than the crop, or of unknown size");
      }
      int begin = (size - sizes[i]) / 2;
      if (size > sizes[i]) {
        x = ops.slice(x, first + i, begin, begin + sizes[i]);
      }
    }
    return x;
  }

  private static KerasTensor resize(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    for (String option : List.of("crop_to_aspect_ratio", "pad_to_aspect_ratio", "antialias")) {
      if (config.getBoolean(option, false)) {
        throw call.unsupported("it is set to " + option);
      }
    }
    if (!call.input().dtype().isFloating() && !call.keras2()) {
      throw call.unsupported("its images are not floats");
    }
    boolean single = call.input().rank() == 3;
    KerasTensor x = single ? ops.expandDims(number(call), 0) : number(call);
    boolean channelsFirst = config.channelsFirst();
    KerasTensor sizes = ops.ints(config.getInt("height"), config.getInt("width"));
    KerasTensor result =
        UpSamplingLayers.resize(
            call,
            ops.toChannelsLast(x, channelsFirst),
            sizes,
            config.getString("interpolation", "bilinear"));
    result = ops.cast(ops.fromChannelsLast(result, channelsFirst), x.dtype());
    return single ? ops.squeeze(result, 0) : result;
  }
}
