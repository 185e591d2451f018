package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** {@code Hashing}: spreads strings, or numbers as text, over bins. */
final class HashingLayer implements KerasLayer {
  private static final String MASK = "mask_value";

  @Override
  public Set<String> classNames() {
    return Set.of("Hashing");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    String mode = CategoryEncodingLayer.mode(call);
    KerasTensor x = call.givenInput();
    if (!call.keras2() && mode.equals("one_hot") && x.rank() > 0 && x.dim(-1) == 1) {
      x = ops.squeeze(x, x.rank() - 1);
    }
    int bins = call.config().getInt("num_bins");
    boolean masked = call.config().has(MASK) && bins > 1;
    KerasTensor bin = hash(call, x, masked ? bins - 1 : bins);
    if (masked) {
      KerasTensor mask = ops.binary("Equal", x, ops.graph().constant(mask(call, x.dtype())));
      bin = ops.binary("AddV2", bin, 1);
      bin = ops.select(mask, ops.unary("ZerosLike", bin), bin);
    }
    boolean float2 = call.keras2() && mode.equals("int") && call.dtype().isFloating();
    DType dtype = float2 ? DType.INT64 : call.dtype();
    return List.of(CategoryEncodingLayer.encode(call, mode, bin, bins, Optional.empty(), dtype));
  }

  private static Tensor mask(LayerCall call, DType dtype) {
    return dtype == DType.STRING
        ? Tensor.scalar(call.config().getString(MASK))
        : PreprocessingLayers.tensor(call.config().find(MASK).orElseThrow(), dtype);
  }

  /**
   * The bins of what a layer is called with, by SipHash if it has a {@code salt}.
   *
   * @return int64
   */
  static KerasTensor hash(LayerCall call, KerasTensor values, int bins) {
    GraphOps ops = call.ops();
    KerasTensor texts = texts(call, values);
    if (!call.config().has("salt")) {
      return ops.add("StringToHashBucketFast", Attributes.of("num_buckets", bins), texts);
    }
    int[] salt = call.config().getInts("salt", 2, 0);
    return ops.add(
        "StringToHashBucketStrong",
        Attributes.of("num_buckets", bins)
            .with("key", Arrays.stream(salt).mapToObj(Long::valueOf).toList()),
        texts);
  }

  private static KerasTensor texts(LayerCall call, KerasTensor values) {
    if (values.dtype() == DType.STRING) {
      return values;
    }
    if (values.dtype().isFloating() && call.keras2()) {
      throw call.unsupported("Keras 2 does not hash numbers that are not whole");
    }
    boolean real = values.dtype().isFloating();
    return call.ops().unary("AsString", real ? call.ops().cast(values, DType.INT64) : values);
  }
}
