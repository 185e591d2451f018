package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Convolutions as TensorFlow's: batch first, features last, of two or three dimensions. Gaps in the
 * input are a transposed convolution where that is the same, else they are filled with zeros.
 */
final class Convolution implements HloImport {
  @Override
  public List<Spread> results(HloCall call) {
    TfEmitter emit = call.emit();
    DType result = call.dtype();
    if (call.op().number("batch_group_count", 1) != 1) {
      throw call.refused("a convolution of groups of batches");
    }
    int[] spatial = call.op().numbers("input_spatial_dimensions");
    int[] kernelSpatial = call.op().numbers("kernel_spatial_dimensions");
    if (spatial.length == 0 || spatial.length > 3) {
      throw call.refused("a convolution of " + spatial.length + " dimensions");
    }
    DType dtype = DType.FLOAT32;
    Value input =
        emit.transpose(
            emit.cast(call.operand(0), dtype),
            order(call, "input_batch_dimension", spatial, "input_feature_dimension"));
    Value kernel =
        emit.transpose(
            emit.cast(call.operand(1), dtype),
            Dimensions.concat(
                kernelSpatial,
                new int[] {
                  call.op().number("kernel_input_feature_dimension"),
                  call.op().number("kernel_output_feature_dimension")
                }));
    int[] reversal = call.op().numbersOrNone("window_reversal");
    int[] reversed = IntStream.range(0, reversal.length).filter(i -> reversal[i] != 0).toArray();
    kernel = MovementOps.reversed(emit, kernel, reversed);
    Value product = convolved(call, input, kernel, spatial.length);
    int[] back =
        Dimensions.inverse(
            order(
                call,
                "output_batch_dimension",
                call.op().numbers("output_spatial_dimensions"),
                "output_feature_dimension"));
    if (result.isInteger()) {
      throw call.refused("a convolution of integers");
    }
    return HloCall.one(emit.cast(emit.transpose(product, back), result));
  }

  private static int[] order(HloCall call, String batch, int[] spatial, String feature) {
    return Dimensions.concat(
        new int[] {call.op().number(batch)}, spatial, new int[] {call.op().number(feature)});
  }

  /** The convolution of [batch, spatial…, features] by [spatial…, features, results]. */
  private static Value convolved(HloCall call, Value input, Value kernel, int count) {
    TfEmitter emit = call.emit();
    int[] strides = call.orOnes("window_strides", count);
    int[] gaps = call.orOnes("lhs_dilation", count);
    int[] dilations = call.orOnes("rhs_dilation", count);
    int[] padding = call.op().numbersOrNone("padding");
    int[] low =
        IntStream.range(0, count).map(i -> padding.length == 0 ? 0 : padding[2 * i]).toArray();
    int[] high =
        IntStream.range(0, count).map(i -> padding.length == 0 ? 0 : padding[2 * i + 1]).toArray();
    int groups = call.op().number("feature_group_count", 1);
    Value spaced = input;
    if (Arrays.stream(gaps).anyMatch(gap -> gap != 1)) {
      if (TransposedConvolution.fits(input, kernel, strides, gaps, dilations, groups)) {
        return TransposedConvolution.of(emit, input, kernel, gaps, low, high);
      }
      int[] interior = Arrays.stream(gaps).map(gap -> gap - 1).toArray();
      spaced = around(emit, input, new int[count], new int[count], interior);
    }
    int[] cutLow = Arrays.stream(low).map(size -> Math.min(size, 0)).toArray();
    int[] cutHigh = Arrays.stream(high).map(size -> Math.min(size, 0)).toArray();
    if (Arrays.stream(Dimensions.concat(cutLow, cutHigh)).anyMatch(size -> size < 0)) {
      spaced = around(emit, spaced, cutLow, cutHigh, new int[count]);
      low = Arrays.stream(low).map(size -> Math.max(size, 0)).toArray();
      high = Arrays.stream(high).map(size -> Math.max(size, 0)).toArray();
    }
    return count == 3
        ? volume(emit, spaced, kernel, strides, dilations, low, high, groups, call)
        : plane(emit, spaced, kernel, strides, dilations, low, high, groups);
  }

  /** Pads the spatial dimensions with zeros. */
  static Value around(TfEmitter emit, Value value, int[] low, int[] high, int[] interior) {
    int[] none = {0};
    return SliceOps.padded(
        emit,
        value,
        emit.number(value.type().dtype(), 0),
        Dimensions.concat(none, low, none),
        Dimensions.concat(none, high, none),
        Dimensions.concat(none, interior, none));
  }

  private static Value volume(
      TfEmitter emit,
      Value input,
      Value kernel,
      int[] strides,
      int[] dilations,
      int[] low,
      int[] high,
      int groups,
      HloCall call) {
    if (groups != 1) {
      throw call.refused("a convolution of volumes in groups");
    }
    boolean same =
        isSame(input.type().shape(), kernel.type().shape(), strides, dilations, low, high);
    Value padded = same ? input : around(emit, input, low, high, new int[3]);
    Attributes attributes =
        TfEmitter.types("T", input)
            .with("strides", list(strides))
            .with("dilations", list(dilations))
            .with("padding", same ? "SAME" : "VALID")
            .with("data_format", "NDHWC");
    return emit.one("Conv3D", attributes, padded, kernel);
  }

  private static Value plane(
      TfEmitter emit,
      Value input,
      Value kernel,
      int[] strides,
      int[] dilations,
      int[] low,
      int[] high,
      int groups) {
    if (strides.length == 1) {
      Value lines = Dimensions.inserted(emit, input, new int[] {1});
      Value filters = Dimensions.inserted(emit, kernel, new int[] {0});
      int[] one = {1};
      int[] none = {0};
      Value result =
          plane(
              emit,
              lines,
              filters,
              Dimensions.concat(one, strides),
              Dimensions.concat(one, dilations),
              Dimensions.concat(none, low),
              Dimensions.concat(none, high),
              groups);
      return emit.squeeze(result, 1);
    }
    int features = input.type().shape().dim(3);
    Shape filter = kernel.type().shape();
    boolean depthwise = groups == features && groups > 1 && filter.dim(2) == 1;
    boolean same = isSame(input.type().shape(), filter, strides, dilations, low, high);
    boolean valid = Arrays.stream(Dimensions.concat(low, high)).allMatch(size -> size == 0);
    boolean square = strides[0] == strides[1];
    Value padded = same || valid ? input : around(emit, input, low, high, new int[2]);
    Attributes attributes =
        TfEmitter.types("T", input)
            .with("strides", list(strides))
            .with("dilations", list(dilations))
            .with("padding", same ? "SAME" : "VALID")
            .with("explicit_paddings", List.of())
            .with("data_format", "NHWC");
    if (depthwise && square) {
      int multiplier = filter.dim(3) / groups;
      Value filters = emit.reshape(kernel, filter.dim(0), filter.dim(1), groups, multiplier);
      return emit.one("DepthwiseConv2dNative", attributes, padded, filters);
    }
    return emit.one("Conv2D", attributes.with("use_cudnn_on_gpu", true), padded, kernel);
  }

  private static boolean isSame(
      Shape input, Shape kernel, int[] strides, int[] dilations, int[] low, int[] high) {
    for (int i = 0; i < strides.length; i++) {
      int window = (kernel.dim(i) - 1) * dilations[i] + 1;
      int size = input.dim(i + 1);
      if (size < 0 && strides[i] != 1) {
        return false;
      }
      int count = size < 0 ? 0 : (size + strides[i] - 1) / strides[i];
      int needed = size < 0 ? window - 1 : Math.max((count - 1) * strides[i] + window - size, 0);
      if (low[i] != needed / 2 || high[i] != needed - needed / 2) {
        return false;
      }
    }
    return true;
  }

  static List<Long> list(int[] spatial) {
    List<Long> all = new ArrayList<>(List.of(1L));
    Arrays.stream(spatial).forEach(size -> all.add((long) size));
    all.add(1L);
    return all;
  }
}
