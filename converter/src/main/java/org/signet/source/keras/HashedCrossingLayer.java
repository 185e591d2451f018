package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** {@code HashedCrossing}: spreads what several features are at once over bins. */
final class HashedCrossingLayer implements KerasLayer {
  /** What TensorFlow's {@code cross_hashed} hashes with. */
  private static final long KEY = 0xDECAFCAFFEL;

  @Override
  public Set<String> classNames() {
    return Set.of("HashedCrossing");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    int rank = call.input().rank();
    int bins = call.config().getInt("num_bins");
    List<KerasTensor> features = new ArrayList<>();
    for (KerasTensor input : call.inputs()) {
      KerasTensor feature = input.dtype() == DType.STRING ? input : ops.cast(input, DType.INT64);
      features.add(rank == 2 ? feature : ops.reshape(feature, -1, 1));
    }
    List<DType> types = features.stream().map(KerasTensor::dtype).toList();
    Attributes attributes =
        Attributes.of("N", 0, "sparse_types", List.of())
            .with("dense_types", types)
            .with("hashed_output", true)
            .with("num_buckets", bins)
            .with("hash_key", KEY)
            .with("out_type", DType.INT64)
            .with("internal_type", types.contains(DType.INT64) ? DType.INT64 : DType.STRING);
    KerasTensor numbers = ops.graph().add("SparseCross", attributes, features).get(1);
    int[] shape = rank == 2 ? new int[] {-1, 1} : rank == 1 ? new int[] {-1} : new int[0];
    return List.of(
        CategoryEncodingLayer.encode(
            call,
            CategoryEncodingLayer.mode(call),
            ops.reshape(numbers, shape),
            bins,
            Optional.empty(),
            call.dtype()));
  }
}
