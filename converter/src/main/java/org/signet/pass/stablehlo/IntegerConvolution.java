package org.signet.pass.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.type.Shape;

/**
 * A convolution of int32, of any spatial dimensions: for each place in the window, the elements
 * there times the kernel's matrix, summed up.
 */
final class IntegerConvolution {
  private static final String SPATIAL = "hwd";

  private IntegerConvolution() {}

  /** Of [batch, spatial…, features] by [spatial…, features of a group, results]. */
  static Value of(TfEmitter emit, Value input, Value kernel, ConvolutionSizes sizes) {
    int count = sizes.count();
    Value padded = Convolution.around(emit, input, sizes.low(), sizes.high(), new int[count]);
    Shape filter = kernel.type().shape();
    int places = Arrays.stream(filter.dims()).limit(count).reduce(1, (a, b) -> a * b);
    Optional<Value> sum = Optional.empty();
    for (int place = 0; place < places; place++) {
      Value product = product(emit, padded, kernel, at(place, filter, count), sizes);
      sum = Optional.of(sum.map(all -> emit.plain("AddV2", all, product)).orElse(product));
    }
    return sum.orElseThrow();
  }

  private static int[] at(int place, Shape filter, int count) {
    int[] at = new int[count];
    int rest = place;
    for (int d = count - 1; d >= 0; d--) {
      at[d] = rest % filter.dim(d);
      rest /= filter.dim(d);
    }
    return at;
  }

  private static Value product(
      TfEmitter emit, Value input, Value kernel, int[] at, ConvolutionSizes sizes) {
    int count = at.length;
    int rank = count + 2;
    int[] from = new int[rank];
    int[] to = new int[rank];
    int[] step = Dimensions.filled(rank, 1);
    int[] begin = new int[rank];
    int[] end = Dimensions.filled(rank, Integer.MAX_VALUE);
    Shape filter = kernel.type().shape();
    for (int d = 0; d < count; d++) {
      from[d + 1] = at[d] * sizes.dilations()[d];
      to[d + 1] = -(filter.dim(d) - 1 - at[d]) * sizes.dilations()[d];
      step[d + 1] = sizes.strides()[d];
      begin[d] = at[d];
      end[d] = at[d] + 1;
    }
    Value elements = SliceOps.cut(emit, input, from, to);
    if (Arrays.stream(step).anyMatch(by -> by != 1)) {
      int[] all = Dimensions.filled(rank, Integer.MAX_VALUE);
      elements = emit.slice(elements, new int[rank], all, step);
    }
    int groups = sizes.groups();
    int features = filter.dim(count);
    int results = filter.dim(count + 1);
    Value matrix = emit.slice(kernel, begin, end, Dimensions.filled(rank, 1));
    matrix = emit.reshape(matrix, features, groups, results / groups);
    elements = grouped(emit, elements, features, groups);
    String places = SPATIAL.substring(0, count);
    Value product =
        emit.one(
            "Einsum",
            TfEmitter.types("T", elements)
                .with("N", 2)
                .with("equation", "n" + places + "gc,cgo->n" + places + "go"),
            elements,
            matrix);
    return joined(emit, product, results);
  }

  private static Value grouped(TfEmitter emit, Value value, int features, int groups) {
    return groups == 1
        ? Dimensions.inserted(emit, value, new int[] {value.type().shape().rank() - 1})
        : lastAs(emit, value, 1, groups, features);
  }

  private static Value joined(TfEmitter emit, Value value, int results) {
    return lastAs(emit, value, 2, results);
  }

  /** A tensor whose last {@code count} dimensions have other sizes. */
  private static Value lastAs(TfEmitter emit, Value value, int count, int... sizes) {
    int kept = value.type().shape().rank() - count;
    Value before = emit.part(emit.sizes(value), emit.ints(0), emit.ints(kept));
    return emit.reshape(value, emit.concat(0, List.of(before, emit.ints(sizes))));
  }
}
