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
 * A convolution of an input with gaps, as the gradient of one with strides: the kernel is turned
 * around and takes results for features. Without padding the gradient has {@code (n − 1) gap +
 * window} elements, which is what a padding of {@code window − 1} on each side gives.
 */
final class TransposedConvolution {
  private TransposedConvolution() {}

  static boolean fits(
      Value input, Value kernel, int[] strides, int[] gaps, int[] dilations, int groups) {
    return strides.length <= 2
        && groups == 1
        && Arrays.stream(strides).allMatch(stride -> stride == 1)
        && Arrays.stream(dilations).allMatch(dilation -> dilation == 1)
        && IntStream.range(0, gaps.length).allMatch(i -> input.type().shape().isKnown(i + 1))
        && kernel.type().shape().isStatic();
  }

  static Value of(TfEmitter emit, Value input, Value kernel, int[] gaps, int[] low, int[] high) {
    int[] one = {1};
    if (gaps.length == 1) {
      Value lines = Dimensions.inserted(emit, input, new int[] {1});
      Value filters = Dimensions.inserted(emit, kernel, new int[] {0});
      int[] none = {0};
      Value result =
          of(
              emit,
              lines,
              filters,
              Dimensions.concat(one, gaps),
              Dimensions.concat(none, low),
              Dimensions.concat(none, high));
      return emit.squeeze(result, 1);
    }
    Shape shape = input.type().shape();
    Shape filter = kernel.type().shape();
    Value turned = emit.transpose(MovementOps.reversed(emit, kernel, 0, 1), 0, 1, 3, 2);
    int[] full = new int[2];
    int[] before = new int[2];
    int[] behind = new int[2];
    boolean same = true;
    for (int i = 0; i < 2; i++) {
      int window = filter.dim(i);
      full[i] = (shape.dim(i + 1) - 1) * gaps[i] + window;
      before[i] = low[i] - (window - 1);
      behind[i] = high[i] - (window - 1);
      // What a strided convolution with SAME padding leaves out at its sides.
      int size = shape.dim(i + 1) * gaps[i];
      int cut = Math.max(window - gaps[i], 0);
      same &= before[i] == -(cut / 2) && full[i] + before[i] + behind[i] == size;
    }
    if (same) {
      int[] sizes = {shape.dim(1) * gaps[0], shape.dim(2) * gaps[1]};
      return gradient(emit, input, turned, sizes, gaps, "SAME");
    }
    Value all = gradient(emit, input, turned, full, gaps, "VALID");
    return Convolution.around(emit, all, before, behind, new int[2]);
  }

  private static Value gradient(
      TfEmitter emit, Value input, Value kernel, int[] sizes, int[] strides, String padding) {
    List<Value> shape = new ArrayList<>();
    shape.add(emit.reshape(emit.size(input, 0), 1));
    shape.add(emit.ints(sizes[0], sizes[1], kernel.type().shape().dim(2)));
    Attributes attributes =
        TfEmitter.types("T", input)
            .with("strides", Convolution.list(strides))
            .with("dilations", List.of(1L, 1L, 1L, 1L))
            .with("padding", padding)
            .with("explicit_paddings", List.of())
            .with("use_cudnn_on_gpu", true)
            .with("data_format", "NHWC");
    Value wanted = emit.cast(emit.concat(0, shape), DType.INT32);
    return emit.one("Conv2DBackpropInput", attributes, wanted, kernel, input);
  }
}
