package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Functions that pick elements by index, place or size. */
final class PickingFunctions {
  private final FunctionCall call;
  private final GraphOps ops;

  private PickingFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The results of a function; empty if it is none of these. */
  static Optional<List<KerasTensor>> apply(FunctionCall call) {
    PickingFunctions functions = new PickingFunctions(call);
    return switch (call.name()) {
      case "top_k" -> Optional.of(functions.topK());
      default -> functions.single().map(List::of);
    };
  }

  private Optional<KerasTensor> single() {
    return switch (call.name()) {
      case "take", "gather" -> Optional.of(take());
      case "gather_nd" -> Optional.of(gatherNd());
      case "one_hot" -> Optional.of(oneHot());
      case "slice" -> Optional.of(slice());
      case "strided_slice" -> Optional.of(stridedSlice());
      case "tril" -> Optional.of(band(-1, call.integer("k", 0)));
      case "triu" -> Optional.of(band(-call.integer("k", 0), -1));
      case "band_part" ->
          Optional.of(band(call.integer("num_lower", 0), call.integer("num_upper", 0)));
      case "get_item" ->
          Optional.of(
              new Indexing(call.call()).apply(call.x(), call.operand(1, "key", "slice_spec")));
      default -> Optional.empty();
    };
  }

  private List<KerasTensor> topK() {
    KerasTensor x = call.x();
    return ops.graph()
        .add(
            "TopKV2",
            Attributes.of("sorted", true),
            List.of(x, ops.scalar(DType.INT32, call.integer("k", 1))));
  }

  private KerasTensor take() {
    KerasTensor x = call.value(call.first());
    KerasTensor indices =
        call.value(
            call.call()
                .arguments()
                .find(1, "indices")
                .or(() -> call.parameter("indices"))
                .orElseThrow(call::refused));
    if (indices.dtype() != DType.INT32 && indices.dtype() != DType.INT64) {
      throw call.refused();
    }
    Optional<int[]> axis = call.integers("axis");
    int batch = call.integer("batch_dims", 0);
    if (axis.isEmpty() && !call.keras2()) {
      x = ops.reshape(x, -1);
    }
    int at = x.axis(axis.map(axes -> axes[0]).orElse(batch));
    if (!call.keras2()) {
      if (x.dim(at) == Shape.UNKNOWN) {
        throw call.refused();
      }
      // Negative indices count from the end.
      KerasTensor size = ops.scalar(indices.dtype(), x.dim(at));
      indices = ops.select(ops.binary("Less", indices, 0), ops.plus(indices, size), indices);
    }
    return ops.add(
        "GatherV2", Attributes.of("batch_dims", batch), x, indices, ops.scalar(DType.INT32, at));
  }

  private KerasTensor gatherNd() {
    KerasTensor x = call.value(call.first());
    KerasTensor indices = call.value(call.operand(1, "indices"));
    if (call.integer("batch_dims", 0) != 0) {
      throw call.refused();
    }
    return ops.add("GatherNd", Attributes.NONE, x, indices);
  }

  private KerasTensor oneHot() {
    KerasTensor x = call.x();
    DType dtype = call.dtype("dtype").orElse(DType.FLOAT32);
    if (x.dtype() != DType.INT32 && x.dtype() != DType.INT64 && x.dtype() != DType.UINT8) {
      throw call.refused();
    }
    return ops.add(
        "OneHot",
        Attributes.of("axis", call.integer("axis", -1)),
        x,
        ops.scalar(
            DType.INT32, call.integers("num_classes", "depth").orElseThrow(call::refused)[0]),
        ops.scalar(dtype, call.number(1, "on_value")),
        ops.scalar(dtype, call.number(0, "off_value")));
  }

  private KerasTensor slice() {
    return ops.add(
        "Slice",
        Attributes.NONE,
        call.x(),
        ops.ints(call.integers("begin", "start_indices").orElseThrow(call::refused)),
        ops.ints(call.integers("size", "shape").orElseThrow(call::refused)));
  }

  private KerasTensor stridedSlice() {
    int[] begin = call.integers("begin").orElseThrow(call::refused);
    int[] ones = new int[begin.length];
    Arrays.fill(ones, 1);
    return ops.add(
        "StridedSlice",
        Attributes.of(
                "begin_mask",
                call.integer("begin_mask", 0),
                "end_mask",
                call.integer("end_mask", 0))
            .with("ellipsis_mask", call.integer("ellipsis_mask", 0))
            .with("new_axis_mask", call.integer("new_axis_mask", 0))
            .with("shrink_axis_mask", call.integer("shrink_axis_mask", 0)),
        call.x(),
        ops.ints(begin),
        ops.ints(call.integers("end").orElseThrow(call::refused)),
        ops.ints(call.integers("strides").orElse(ones)));
  }

  private KerasTensor band(int lower, int upper) {
    if (!call.name().equals("band_part")
        && call.integer("k", 0) != 0
        && (call.name().equals("tril") ? call.integer("k", 0) < 0 : call.integer("k", 0) > 0)) {
      throw call.refused(); // a band that leaves the diagonal out
    }
    return ops.add(
        "MatrixBandPart",
        Attributes.NONE,
        call.x(),
        ops.scalar(DType.INT64, lower),
        ops.scalar(DType.INT64, upper));
  }
}
