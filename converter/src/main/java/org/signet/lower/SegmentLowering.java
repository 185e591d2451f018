package org.signet.lower;

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

  /** The highest rank that SELECT_V2 broadcasts without fail. */
  private static final int HIGHEST_RANK = 4;

  /** The types that are summed up by SCATTER_ND. */
  private static final Set<DType> SCATTERED = Set.of(DType.INT64);

  /** Types whose extremes are found as another. */
  private static final Map<DType, Range> RANGES =
      Map.of(
          DType.INT8, new Range(DType.INT32, Byte.MIN_VALUE, Byte.MAX_VALUE),
          DType.UINT8, new Range(DType.INT32, 0, 255),
          DType.INT16, new Range(DType.INT32, Short.MIN_VALUE, Short.MAX_VALUE),
          DType.UINT16, new Range(DType.INT32, 0, 65535),
          DType.FLOAT16, new Range(DType.FLOAT32, -65504, 65504),
          DType.BFLOAT16, new Range(DType.FLOAT32, -0x1.FEp127, 0x1.FEp127));

  /**
   * What an empty segment has.
   *
   * @param as the type that the kernel takes
   * @param least finite number of the type itself
   * @param greatest likewise
   */
  private record Range(DType as, double least, double greatest) {}

  @Override
  public Set<String> ops() {
    return Set.of(
        "SegmentMax",
        "SegmentMean",
        "SegmentMin",
        "SegmentProd",
        "SegmentSum",
        "SparseSegmentMean",
        "SparseSegmentMeanWithNumSegments",
        "SparseSegmentSqrtN",
        "SparseSegmentSqrtNWithNumSegments",
        "SparseSegmentSum",
        "SparseSegmentSumWithNumSegments",
        "UnsortedSegmentMax",
        "UnsortedSegmentMin",
        "UnsortedSegmentProd",
        "UnsortedSegmentSum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean scattered =
        op.name().matches(".*SegmentSum(WithNumSegments)?") && SCATTERED.contains(op.dtype(0));
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
    String name = op.name().replaceAll("^Sparse|WithNumSegments$", "");
    Value count =
        op.operands().size() > 3
            ? emit.builtin("ADD", emit.cast(op.operand(3), DType.INT32), rising(0, numbers, emit))
            : segments(numbers, emit);
    if (name.equals("SegmentSum")) {
      return Lowered.to(sum(data, numbers, count, emit));
    }
    if (name.equals("SegmentSqrtN") && data.type().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = data.type().shape();
    if (shape.hasRank() && shape.rank() <= HIGHEST_RANK) {
      return Lowered.to(sorted(name, data, numbers, count, emit));
    }
    Value result = sorted(name, rows(data, emit.scalar(1), emit), numbers, count, emit);
    IntMath m = new IntMath(emit);
    Value segments = m.at(emit.shapeOf(result), 0);
    Value sizes = m.joined(segments, m.behind(emit.shapeOf(data), emit.scalar(1)));
    return Lowered.to(emit.reshape(result, sizes, op.result().shape()));
  }

  /** The elements for each index of the first {@code count} dimensions as a row. */
  private static Value rows(Value data, Value count, Emitter emit) {
    IntMath m = new IntMath(emit);
    Value shape = emit.shapeOf(data);
    return emit.builtin(
        "RESHAPE",
        data,
        m.joined(m.product(m.first(shape, count)), m.product(m.behind(shape, count))));
  }

  /**
   * The sums of {@code count} segments; what has a negative number is in none. SEGMENT_SUM's kernel
   * refuses numbers that leave one out.
   */
  static Value sum(Value data, Value numbers, Value count, Emitter emit) {
    return reduced("UNSORTED_SEGMENT_SUM", data, numbers, count, emit);
  }

  /** By the builtin, or one that does the same on the type of {@code data}. */
  private static Value reduced(
      String builtin, Value data, Value numbers, Value count, Emitter emit) {
    DType dtype = data.type().dtype();
    if (SCATTERED.contains(dtype)) {
      return scattered(data, numbers, count, emit);
    }
    Range range = RANGES.get(dtype);
    if (range == null) {
      return emit.builtin(builtin, data, numbers, count);
    }
    Value result = emit.builtin(builtin, emit.cast(data, range.as()), numbers, count);
    // Empty segments have the limits of the wider type so far.
    boolean least = builtin.endsWith("MAX");
    Value bound = emit.scalar(range.as(), least ? range.least() : range.greatest());
    return emit.cast(emit.builtin(least ? "MAXIMUM" : "MINIMUM", bound, result), dtype);
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
    Value count = emit.builtin("ADD", last, rising(1, numbers, emit));
    return emit.builtin("MAXIMUM", count, emit.scalar(0));
  }

  /** {@code value}, unless one of the numbers is below the one before it. */
  private static Value rising(int value, Value numbers, Emitter emit) {
    Value steps = emit.builtin("SUB", numbers, before(numbers, emit));
    return RefusedIndices.unlessNegative(value, steps, "ids_increasing", emit);
  }

  /** The number before each one, 0 before the first. */
  private static Value before(Value numbers, Emitter emit) {
    Value shifted = emit.concat(0, emit.ints(0), numbers);
    return emit.builtins(
            "STRIDED_SLICE",
            Attributes.of("begin_mask", 1),
            List.of(shifted, emit.ints(0), emit.ints(-1), emit.ints(1)),
            List.of(numbers.type()))
        .getFirst();
  }

  /** Sums divided by the counts, or their roots; a quotient of integers has no fraction. */
  private static Value mean(Value data, Value numbers, Value count, boolean byRoot, Emitter emit) {
    DType dtype = data.type().dtype();
    Value counts = emit.cast(counts(data, numbers, count, emit), dtype);
    Value divisor = emit.builtin("MAXIMUM", emit.scalar(dtype, 1), counts);
    return emit.builtin(
        "DIV", sum(data, numbers, count, emit), byRoot ? emit.builtin("SQRT", divisor) : divisor);
  }

  /** How many rows each segment has, int32, of the shape [segments, 1, …]. */
  private static Value counts(Value data, Value numbers, Value count, Emitter emit) {
    Value ones = emit.builtin("FILL", emit.shapeOf(numbers), emit.scalar(1));
    int[] dims = new int[data.type().shape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = Shape.UNKNOWN;
    return emit.reshape(sum(ones, numbers, count, emit), Shape.of(dims));
  }

  private static Value sorted(String name, Value data, Value numbers, Value count, Emitter emit) {
    if (name.equals("SegmentMean") || name.equals("SegmentSqrtN")) {
      return mean(data, numbers, count, name.equals("SegmentSqrtN"), emit);
    }
    Value result = emit.builtin(builtin(name), data, numbers, count);
    if (name.equals("SegmentProd")) {
      return result;
    }
    Value filled = emit.builtin("GREATER", counts(data, numbers, count, emit), emit.scalar(0));
    return emit.builtin("SELECT_V2", filled, result, emit.scalar(data.type().dtype(), 0));
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
    Value count = emit.cast(op.operand(2), DType.INT32);
    String builtin = builtin(op.name().substring("Unsorted".length()));
    Shape shape = numbers.type().shape();
    if (shape.hasRank() && shape.rank() == 1) {
      return Lowered.to(reduced(builtin, data, numbers, count, emit));
    }
    IntMath m = new IntMath(emit);
    Value rank = emit.builtin("RANK", numbers);
    Value result = reduced(builtin, rows(data, rank, emit), m.vector(numbers), count, emit);
    Value sizes = m.joined(count, m.behind(emit.shapeOf(data), rank));
    return Lowered.to(emit.reshape(result, sizes, op.result().shape()));
  }
}
