package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Convolutions as TensorFlow's: batch first, features last, of two or three dimensions. Gaps in the
 * input are a transposed convolution where that is the same, else they are filled with zeros.
 * Groups of batches are groups of features: each batch of a group takes its features along.
 */
final class Convolution implements HloImport {
  @Override
  public List<Spread> results(HloCall call) {
    TfEmitter emit = call.emit();
    DType result = call.dtype();
    int[] spatial = call.op().numbers("input_spatial_dimensions");
    int[] kernelSpatial = call.op().numbers("kernel_spatial_dimensions");
    if (spatial.length > 3) {
      throw call.refused("a convolution of " + spatial.length + " dimensions");
    }
    DType dtype = result.isInteger() ? DType.INT32 : DType.FLOAT32;
    if (result.isInteger() && result.bytes() > 4) {
      throw call.refused("a convolution of " + result);
    }
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
    int groups = call.op().number("feature_group_count", 1);
    int batches = call.op().number("batch_group_count", 1);
    if (batches != 1) {
      input = batchesAsFeatures(emit, input, batches);
      groups = batches;
    }
    Value product =
        spatial.length == 0
            ? point(emit, input, kernel, groups)
            : convolved(call, input, kernel, spatial.length, groups);
    int[] back =
        Dimensions.inverse(
            order(
                call,
                "output_batch_dimension",
                call.op().numbers("output_spatial_dimensions"),
                "output_feature_dimension"));
    return HloCall.one(emit.cast(emit.transpose(product, back), result));
  }

  /** [groups · batch, spatial…, features] as [batch, spatial…, groups · features]. */
  private static Value batchesAsFeatures(TfEmitter emit, Value input, int groups) {
    Shape shape = input.type().shape();
    int rank = shape.rank();
    int[] sizes = Dimensions.sizes(shape);
    int each = sizes[0] < 0 ? -1 : sizes[0] / groups;
    int[] split = Dimensions.concat(new int[] {groups, each}, Arrays.copyOfRange(sizes, 1, rank));
    int[] order = Dimensions.concat(IntStream.range(1, rank).toArray(), new int[] {0, rank});
    int[] joined = Dimensions.concat(new int[] {each}, Arrays.copyOfRange(sizes, 1, rank));
    joined[rank - 1] *= groups;
    return emit.reshape(emit.transpose(emit.reshape(input, split), order), joined);
  }

  /** A convolution of no dimension, as one of a line with one element. */
  private static Value point(TfEmitter emit, Value input, Value kernel, int groups) {
    Value line = Dimensions.inserted(emit, input, new int[] {1});
    Value filter = Dimensions.inserted(emit, kernel, new int[] {0});
    int[] one = {1};
    int[] none = {0};
    Value product = solid(emit, line, filter, new ConvolutionSizes(one, one, none, none, groups));
    return emit.squeeze(product, 1);
  }

  private static int[] order(HloCall call, String batch, int[] spatial, String feature) {
    return Dimensions.concat(
        new int[] {call.op().number(batch)}, spatial, new int[] {call.op().number(feature)});
  }

  /** The convolution of [batch, spatial…, features] by [spatial…, features, results]. */
  private static Value convolved(HloCall call, Value input, Value kernel, int count, int groups) {
    TfEmitter emit = call.emit();
    int[] strides = call.orOnes("window_strides", count);
    int[] gaps = call.orOnes("lhs_dilation", count);
    int[] dilations = call.orOnes("rhs_dilation", count);
    int[] padding = padding(call, count);
    int[] low = IntStream.range(0, count).map(i -> padding[2 * i]).toArray();
    int[] high = IntStream.range(0, count).map(i -> padding[2 * i + 1]).toArray();
    Value spaced = input;
    if (Arrays.stream(gaps).anyMatch(gap -> gap != 1)) {
      boolean floating = input.type().dtype() == DType.FLOAT32 && call.operandCount() == 2;
      if (floating && TransposedConvolution.fits(input, kernel, strides, gaps, dilations, groups)) {
        return TransposedConvolution.of(emit, input, kernel, gaps, low, high);
      }
      int[] interior = Arrays.stream(gaps).map(gap -> gap - 1).toArray();
      spaced = around(emit, input, new int[count], new int[count], interior);
    }
    if (call.operandCount() > 2 && call.known(2).isEmpty()) {
      spaced = aroundBy(call, spaced);
    }
    int[] cutLow = Arrays.stream(low).map(size -> Math.min(size, 0)).toArray();
    int[] cutHigh = Arrays.stream(high).map(size -> Math.min(size, 0)).toArray();
    if (Arrays.stream(Dimensions.concat(cutLow, cutHigh)).anyMatch(size -> size < 0)) {
      spaced = around(emit, spaced, cutLow, cutHigh, new int[count]);
      low = Arrays.stream(low).map(size -> Math.max(size, 0)).toArray();
      high = Arrays.stream(high).map(size -> Math.max(size, 0)).toArray();
    }
    ConvolutionSizes sizes = new ConvolutionSizes(strides, dilations, low, high, groups);
    return solid(emit, spaced, kernel, sizes);
  }

  /** Padding as an attribute, or as an operand that is known; none if it is computed. */
  private static int[] padding(HloCall call, int count) {
    if (call.operandCount() > 2) {
      return call.known(2).map(Tensor::toInts).orElseGet(() -> new int[2 * count]);
    }
    int[] padding = call.op().numbersOrNone("padding");
    return padding.length == 0 ? new int[2 * count] : padding;
  }

  /** Zeros around the spatial dimensions, as many as operand 2 tells, which are never negative. */
  private static Value aroundBy(HloCall call, Value value) {
    TfEmitter emit = call.emit();
    Value none = emit.constant(Tensor.of(new int[2], 1, 2));
    Value spatial = emit.cast(call.operand(2), DType.INT32);
    Value paddings = emit.concat(0, List.of(none, spatial, none));
    Attributes attributes = TfEmitter.types("T", value).with("Tpaddings", DType.INT32);
    Shape shape = value.type().shape();
    int[] sizes = Dimensions.filled(shape.rank(), Shape.UNKNOWN);
    sizes[0] = shape.dim(0);
    sizes[shape.rank() - 1] = shape.dim(shape.rank() - 1);
    Value zero = emit.number(value.type().dtype(), 0);
    return emit.declared(
        value.type().withShape(Shape.of(sizes)), "PadV2", attributes, value, paddings, zero);
  }

  /** A convolution of an input without gaps. */
  private static Value solid(TfEmitter emit, Value input, Value kernel, ConvolutionSizes sizes) {
    if (input.type().dtype() != DType.FLOAT32) {
      return IntegerConvolution.of(emit, input, kernel, sizes);
    }
    return sizes.count() == 3
        ? volumes(emit, input, kernel, sizes)
        : plane(emit, input, kernel, sizes);
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

  /** Volumes in groups are convolved one by one. */
  private static Value volumes(TfEmitter emit, Value input, Value kernel, ConvolutionSizes sizes) {
    if (sizes.groups() == 1) {
      return volume(emit, input, kernel, sizes);
    }
    List<Value> inputs = split(emit, input, sizes.groups());
    List<Value> kernels = split(emit, kernel, sizes.groups());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      results.add(volume(emit, inputs.get(i), kernels.get(i), sizes));
    }
    return emit.concat(4, results);
  }

  /** Equal parts of the last of five dimensions. */
  private static List<Value> split(TfEmitter emit, Value value, int count) {
    int each = value.type().shape().dim(4) / count;
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] to = Dimensions.filled(5, Integer.MAX_VALUE);
      to[4] = (i + 1) * each;
      parts.add(emit.slice(value, new int[] {0, 0, 0, 0, i * each}, to, Dimensions.filled(5, 1)));
    }
    return parts;
  }

  private static Value volume(TfEmitter emit, Value input, Value kernel, ConvolutionSizes sizes) {
    boolean same = sizes.isSame(input.type().shape(), kernel.type().shape());
    Value padded = same ? input : around(emit, input, sizes.low(), sizes.high(), new int[3]);
    Attributes attributes =
        TfEmitter.types("T", input)
            .with("strides", list(sizes.strides()))
            .with("dilations", list(sizes.dilations()))
            .with("padding", same ? "SAME" : "VALID")
            .with("data_format", "NDHWC");
    return emit.one("Conv3D", attributes, padded, kernel);
  }

  private static Value plane(TfEmitter emit, Value input, Value kernel, ConvolutionSizes sizes) {
    if (sizes.count() == 1) {
      Value lines = Dimensions.inserted(emit, input, new int[] {1});
      Value filters = Dimensions.inserted(emit, kernel, new int[] {0});
      return emit.squeeze(plane(emit, lines, filters, sizes.ofPlane()), 1);
    }
    int features = input.type().shape().dim(3);
    Shape filter = kernel.type().shape();
    int groups = sizes.groups();
    boolean depthwise = groups == features && groups > 1 && filter.dim(2) == 1;
    boolean same = sizes.isSame(input.type().shape(), filter);
    boolean square = sizes.strides()[0] == sizes.strides()[1];
    Value padded =
        same || sizes.isValid()
            ? input
            : around(emit, input, sizes.low(), sizes.high(), new int[2]);
    Attributes attributes =
        TfEmitter.types("T", input)
            .with("strides", list(sizes.strides()))
            .with("dilations", list(sizes.dilations()))
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

  static List<Long> list(int[] spatial) {
    List<Long> all = new ArrayList<>(List.of(1L));
    Arrays.stream(spatial).forEach(size -> all.add((long) size));
    all.add(1L);
    return all;
  }
}
