package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** {@code CategoryEncoding}: vectors for the numbers of categories. */
final class CategoryEncodingLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("CategoryEncoding");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    int categories = call.config().getInt("num_tokens");
    return List.of(
        encode(
            call,
            mode(call),
            call.input(),
            categories,
            call.tensor(1, "count_weights"),
            call.dtype()));
  }

  /** The layer's {@code output_mode}; {@code int} where numbers stay numbers. */
  static String mode(LayerCall call) {
    // CategoryEncoding's default is another, but Keras always writes it.
    return call.config().getString("output_mode", "int");
  }

  /**
   * Encodes numbers: each as a vector with a one in its place, or a row of them as a vector of ones
   * or counts. Numbers out of range are left out.
   *
   * @param mode {@code int}, {@code one_hot}, {@code multi_hot} or {@code count}
   * @param depth the number of categories
   * @param weights what each number counts
   */
  static KerasTensor encode(
      LayerCall call,
      String mode,
      KerasTensor indices,
      int depth,
      Optional<KerasTensor> weights,
      DType dtype) {
    GraphOps ops = call.ops();
    if (call.config().getBoolean("sparse", false)) {
      throw call.unsupported("its result is sparse");
    }
    if (mode.equals("int")) {
      return ops.cast(indices, dtype);
    }
    boolean index = indices.dtype() == DType.INT32 || indices.dtype() == DType.INT64;
    KerasTensor x = index ? indices : ops.cast(indices, DType.INT32);
    if (mode.equals("one_hot") && x.rank() > 1 && x.dim(-1) == 1) {
      x = ops.squeeze(x, x.rank() - 1);
    }
    DType counted = mode.equals("count") ? weights.map(KerasTensor::dtype).orElse(dtype) : dtype;
    KerasTensor vectors = oneHot(ops, x, depth, counted);
    int row = x.rank() > 1 ? 1 : 0;
    return switch (mode) {
      case "one_hot" -> vectors;
      case "multi_hot" -> ops.reduce("Max", vectors, false, row);
      case "count" -> {
        KerasTensor counts =
            weights.isPresent()
                ? ops.times(vectors, ops.expandDims(weights.get(), weights.get().rank()))
                : vectors;
        yield ops.cast(ops.reduce("Sum", counts, false, row), dtype);
      }
      default -> throw call.unsupported("its output_mode is '" + mode + "'");
    };
  }

  private static KerasTensor oneHot(GraphOps ops, KerasTensor x, int depth, DType dtype) {
    return ops.add(
        "OneHot",
        Attributes.of("axis", -1),
        x,
        ops.scalar(DType.INT32, depth),
        ops.scalar(dtype, 1),
        ops.scalar(dtype, 0));
  }
}
