package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Segment and UnsortedSegment ops. Sorted ones become unsorted ones with as many segments as the
 * last number says; TensorFlow makes their empty segments 0, or 1 for a product.
 */
final class SegmentLowering implements Lowering {
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.INT32);

  /** The types that are summed up by SCATTER_ND. */
  private static final Set<DType> SCATTERED = Set.of(DType.INT64);

  /** The least and greatest numbers of types whose extremes are found as int32. */
  private static final Map<DType, int[]> RANGES =
      Map.of(
          DType.INT8, new int[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
          DType.UINT8, new int[] {0, 255},
          DType.INT16, new int[] {Short.MIN_VALUE, Short.MAX_VALUE},
          DType.UINT16, new int[] {0, 65535});

  @Override
  public Set<String> ops() {
    return Set.of(
        "SegmentMax",
        "SegmentMean",
        "SegmentMin",
        "SegmentProd",
        "SegmentSum",
        "SparseSegmentMean",
        "SparseSegmentSum",
        "UnsortedSegmentMax",
        "UnsortedSegmentMin",
        "UnsortedSegmentProd",
        "UnsortedSegmentSum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean scattered = op.name().endsWith("SegmentSum") && SCATTERED.contains(op.dtype(0));
    boolean ranged =
        op.name().matches("UnsortedSegment(Max|Min)") && RANGES.containsKey(op.dtype(0));
    if (!TYPES.contains(op.dtype(0)) && !scattered && !ranged) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (op.name().startsWith("Unsorted")) {
      return unsorted(op, emit);
    }
    boolean sparse = op.name().startsWith("Sparse");
    Value data = op.operand(0);
    if (sparse) {
      data = emit.builtin("GATHER", Attributes.of("axis", 0, "batch_dims", 0), data, op.operand(1));
    }
    Value numbers = emit.cast(op.operand(sparse ? 2 : 1), DType.INT32);
    String name = sparse ? op.name().substring("Sparse".length()) : op.name();
    if (name.equals("SegmentSum")) {
      return Lowered.to(sum(data, numbers, emit));
    }
    if (!data.type().shape().hasRank() || data.type().shape().rank() > 4) {
      return Lowered.declined("the kernel broadcasts ranks to 4");
    }
    return name.equals("SegmentMean")
        ? mean(data, numbers, emit)
        : sorted(name, data, numbers, emit);
  }

  /** The sum of each segment: SEGMENT_SUM's kernel refuses numbers that leave one out. */
  private static Value sum(Value data, Value numbers, Emitter emit) {
    return reduced("UNSORTED_SEGMENT_SUM", data, numbers, segments(numbers, emit), emit);
  }

  /** By the builtin, or one that does the same on the type of {@code data}. */
  private static Value reduced(
      String builtin, Value data, Value numbers, Value count, Emitter emit) {
    DType dtype = data.type().dtype();
    if (SCATTERED.contains(dtype)) {
      return scattered(data, numbers, count, emit);
    }
    int[] range = RANGES.get(dtype);
    if (range == null) {
      return emit.builtin(builtin, data, numbers, count);
    }
    Value result = emit.builtin(builtin, emit.cast(data, DType.INT32), numbers, count);
    // Empty segments have the limits of int32 so far.
    boolean least = builtin.endsWith("MAX");
    Value bounded =
        emit.builtin(least ? "MAXIMUM" : "MINIMUM", result, emit.scalar(range[least ? 0 : 1]));
    return emit.cast(bounded, dtype);
  }

  /** Sums by SCATTER_ND; rows of negative numbers, which don't count, go into one more segment. */
  private static Value scattered(Value data, Value numbers, Value count, Emitter emit) {
    Value targets = emit.select(emit.builtin("LESS", numbers, emit.scalar(0)), count, numbers);
    Value segments = emit.reshape(count, Shape.of(1));
    Value row = emit.builtin("SLICE", emit.shapeOf(data), emit.ints(1), emit.ints(-1));
    Value sums =
        emit.builtin(
            "SCATTER_ND",
            emit.reshape(targets, Shape.of(Shape.UNKNOWN, 1)),
            data,
            emit.concat(0, emit.builtin("ADD", segments, emit.ints(1)), row));
    Value start = emit.builtin("ZEROS_LIKE", emit.shapeOf(sums));
    return emit.builtin("SLICE", sums, start, emit.concat(0, segments, row));
  }

  /**
   * How many segments the sorted numbers make: one more than the largest, none if there is none.
   */
  private static Value segments(Value numbers, Emitter emit) {
    Value last =
        emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", false), numbers, emit.ints(0));
    Value count = emit.builtin("ADD", last, emit.scalar(1));
    return emit.builtin("MAXIMUM", count, emit.scalar(0));
  }

  private static Lowered mean(Value data, Value numbers, Emitter emit) {
    if (data.type().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(data.type().dtype());
    }
    Value counts = emit.cast(counts(data, numbers, emit), DType.FLOAT32);
    Value divisor = emit.builtin("MAXIMUM", emit.scalar(1f), counts);
    return Lowered.to(emit.builtin("DIV", sum(data, numbers, emit), divisor));
  }

  /** How many rows each segment has, int32, of the shape [segments, 1, …]. */
  private static Value counts(Value data, Value numbers, Emitter emit) {
    Value ones = emit.builtin("FILL", emit.shapeOf(numbers), emit.scalar(1));
    int[] dims = new int[data.type().shape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = Shape.UNKNOWN;
    return emit.reshape(sum(ones, numbers, emit), Shape.of(dims));
  }

  private static Lowered sorted(String name, Value data, Value numbers, Emitter emit) {
    Value count = segments(numbers, emit);
    Value result = emit.builtin(builtin(name), data, numbers, count);
    if (name.equals("SegmentProd")) {
      return Lowered.to(result);
    }
    Value filled = emit.builtin("GREATER", counts(data, numbers, emit), emit.scalar(0));
    return Lowered.to(
        emit.builtin("SELECT_V2", filled, result, emit.scalar(data.type().dtype(), 0)));
  }

  private static String builtin(String segmentOp) {
    return switch (segmentOp) {
      case "SegmentMax" -> "UNSORTED_SEGMENT_MAX";
      case "SegmentMin" -> "UNSORTED_SEGMENT_MIN";
      case "SegmentProd" -> "UNSORTED_SEGMENT_PROD";
      default -> "UNSORTED_SEGMENT_SUM";
    };
  }

  /** The kernel takes a vector of numbers; more dimensions of them are merged. */
  private static Lowered unsorted(TfOp op, Emitter emit) {
    Value data = op.operand(0);
    Value numbers = emit.cast(op.operand(1), DType.INT32);
    Shape shape = numbers.type().shape();
    if (!shape.hasRank()) {
      return Lowered.declined("a rank is unknown");
    }
    if (shape.rank() != 1) {
      if (!data.type().shape().hasRank()) {
        return Lowered.declined("a rank is unknown");
      }
      List<DimSource> dims = DimSource.all(data);
      DimSource count = DimSource.product(dims.subList(0, shape.rank()));
      var merged = new ArrayList<>(dims.subList(shape.rank(), dims.size()));
      merged.addFirst(count);
      data = DimSource.reshape(data, merged, emit);
      numbers = emit.reshape(numbers, Shape.of(Shape.UNKNOWN));
    }
    String builtin = builtin(op.name().substring("Unsorted".length()));
    return Lowered.to(reduced(builtin, data, numbers, emit.cast(op.operand(2), DType.INT32), emit));
  }
}
