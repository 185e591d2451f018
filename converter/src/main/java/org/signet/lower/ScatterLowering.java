package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * ScatterNd, TensorScatter… and SparseToDense. SCATTER_ND adds up what goes to one place, which is
 * what sums want. A replaced element is found, not computed, so that infinities and later updates
 * of one place come out right: elements and updates are put one after the other, and each place
 * takes the last that is for it.
 */
final class ScatterLowering implements Lowering {
  private static final Set<DType> SCATTERED =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.INT64);

  private static final Set<DType> SUMMED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);
  private static final Set<DType> COMPARED = Set.of(DType.FLOAT32, DType.INT32);

  @Override
  public Set<String> ops() {
    return Set.of(
        "InvertPermutation",
        "ScatterNd",
        "SparseToDense",
        "TensorScatterAdd",
        "TensorScatterMax",
        "TensorScatterMin",
        "TensorScatterSub",
        "TensorScatterUpdate");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.attributes().getString("bad_indices_policy", "").equals("IGNORE")) {
      return Lowered.declined("the kernel refuses bad indices");
    }
    return switch (op.name()) {
      case "InvertPermutation" -> invert(op, emit);
      case "ScatterNd" ->
          SCATTERED.contains(op.dtype(1)) || op.dtype(1) == DType.BOOL
              ? Lowered.to(scattered(op, emit))
              : declineSum(op.dtype(1));
      case "SparseToDense" ->
          SCATTERED.contains(op.dtype(2))
              ? Lowered.to(
                  emit.builtin(
                      "SPARSE_TO_DENSE",
                      op.operand(0),
                      op.operand(1),
                      op.operand(2),
                      op.operand(3)))
              : KernelTypes.decline(op.dtype(2));
      case "TensorScatterAdd" -> change("ADD", op, emit);
      case "TensorScatterSub" -> change("SUB", op, emit);
      default -> replace(op, emit);
    };
  }

  /**
   * SCATTER_ND, whose kernel divides by zero where nothing is to be scattered to: of a size that
   * may be 0 at least one is made, and cut off.
   */
  private static Value scattered(TfOp op, Emitter emit) {
    Value indices = emit.cast(op.operand(0), DType.INT32);
    Value shape = emit.cast(op.operand(2), DType.INT32);
    Shape size = op.result().shape();
    int depth = indices.type().shape().hasRank() ? indices.type().shape().dim(-1) : Shape.UNKNOWN;
    if (!size.hasRank() || depth == 0 || isNeverNothing(size, depth)) {
      return emit.builtin("SCATTER_ND", indices, op.operand(1), shape);
    }
    IntMath m = new IntMath(emit);
    Value axes = emit.ints(IntStream.range(0, size.rank()).toArray());
    Value indexed = m.less(axes, m.at(emit.shapeOf(indices), -1));
    Value least = emit.cast(indexed, DType.INT32);
    Value made = emit.builtin("SCATTER_ND", indices, op.operand(1), m.larger(shape, least));
    return emit.builtins(
            "SLICE",
            Attributes.NONE,
            List.of(made, emit.ints(new int[size.rank()]), shape),
            List.of(op.result()))
        .getFirst();
  }

  /** Of the sizes that are indexed; all of them where the depth of indices is not known. */
  private static boolean isNeverNothing(Shape shape, int depth) {
    return Arrays.stream(shape.dims())
        .limit(depth == Shape.UNKNOWN ? shape.rank() : depth)
        .allMatch(size -> size != Shape.UNKNOWN);
  }

  /** In the same way for nothing, of which one place is made and cut off. */
  private static Lowered invert(TfOp op, Emitter emit) {
    Value order = new IntMath(emit).vector(emit.cast(op.operand(0), DType.INT32));
    DimSource count = DimSource.of(order, 0);
    Value size = count.vector(emit);
    Value line = emit.builtin("RANGE", emit.scalar(0), count.scalar(emit), emit.scalar(1));
    Value inverse =
        emit.builtin(
            "SCATTER_ND",
            emit.reshape(order, Shape.of(Shape.UNKNOWN, 1)),
            line,
            count.isKnown() ? size : new IntMath(emit).larger(size, 1));
    Value all = count.isKnown() ? inverse : emit.builtin("SLICE", inverse, emit.ints(0), size);
    // Places that two numbers lead to add up, and so lie behind one of them.
    Value found = emit.builtin("GATHER", Attributes.of("axis", 0, "batch_dims", 0), inverse, order);
    Value once =
        RefusedIndices.unlessNegative(0, emit.builtin("SUB", line, found), "no_duplicates", emit);
    return Lowered.to(emit.cast(emit.builtin("ADD", all, once), op.dtype(0)));
  }

  private static Lowered change(String builtin, TfOp op, Emitter emit) {
    if (!SUMMED.contains(op.dtype(0))) {
      return declineSum(op.dtype(0));
    }
    Value changes =
        emit.builtin(
            "SCATTER_ND",
            emit.cast(op.operand(1), DType.INT32),
            op.operand(2),
            emit.shapeOf(op.operand(0)));
    return Lowered.to(emit.builtin(builtin, op.operand(0), changes));
  }

  private static Lowered declineSum(DType dtype) {
    return dtype == DType.FLOAT16 || dtype == DType.BFLOAT16
        ? Lowered.declined("TensorFlow rounds after each of several updates of a place")
        : KernelTypes.decline(dtype);
  }

  private static Lowered replace(TfOp op, Emitter emit) {
    boolean update = op.name().equals("TensorScatterUpdate");
    Set<DType> types = update ? KernelTypes.MOVED_OR_BOOL : COMPARED;
    if (!types.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    boolean extreme = !update && op.dtype(0) == DType.FLOAT32;
    Value updates = extreme ? numbersOnly(op, emit) : op.operand(2);
    Places places = Places.of(op.operand(0), op.operand(1), updates, emit);
    Value result;
    if (update) {
      Value last =
          emit.builtin(
              "UNSORTED_SEGMENT_MAX",
              new IntMath(emit).line(DimSource.of(places.targets(), 0).scalar(emit)),
              places.targets(),
              places.count());
      result =
          emit.builtin("GATHER", Attributes.of("axis", 0, "batch_dims", 0), places.rows(), last);
    } else {
      result =
          emit.builtin(
              op.name().equals("TensorScatterMax")
                  ? "UNSORTED_SEGMENT_MAX"
                  : "UNSORTED_SEGMENT_MIN",
              places.rows(),
              places.targets(),
              places.count());
      result = extreme ? orInfinite(result, places, op, emit) : result;
    }
    Value all = emit.reshapeLike(result, op.operand(0));
    return Lowered.to(
        extreme
            ? Elementwise.apply(
                op.operand(0), all, emit, (own, x) -> emit.select(isNan(own, emit), own, x))
            : all);
  }

  /** The updates of a largest or smallest one. TensorFlow passes over those that are NaN. */
  private static Value numbersOnly(TfOp op, Emitter emit) {
    Value neutral = emit.scalar(neutral(op));
    return Elementwise.apply(
        op.operand(2), emit, updates -> emit.select(isNan(updates, emit), neutral, updates));
  }

  private static float neutral(TfOp op) {
    boolean largest = op.name().equals("TensorScatterMax");
    return largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
  }

  /**
   * Extremes of which those of infinities alone are infinite, too: the kernels begin with the
   * outermost finite number.
   */
  private static Value orInfinite(Value result, Places places, TfOp op, Emitter emit) {
    float neutral = neutral(op);
    boolean finite =
        emit.valueOf(op.operand(0))
            .filter(
                own -> IntStream.range(0, own.size()).allMatch(i -> own.getDouble(i) != neutral))
            .isPresent();
    if (finite) {
      return result;
    }
    Value others = emit.builtin("NOT_EQUAL", places.rows(), emit.scalar(neutral));
    Value some =
        emit.builtin(
            "UNSORTED_SEGMENT_MAX",
            emit.cast(others, DType.INT32),
            places.targets(),
            places.count());
    Value met = emit.builtin("GREATER", some, emit.scalar(0));
    return emit.select(met, result, emit.scalar(neutral));
  }

  private static Value isNan(Value value, Emitter emit) {
    return emit.builtin("NOT_EQUAL", value, value);
  }

  /**
   * A tensor's elements, followed by updates.
   *
   * @param rows of shape [places + updates, elements of each]
   * @param targets the place of each row, int32
   * @param count how many places there are, an int32 scalar
   */
  private record Places(Value rows, Value targets, Value count) {
    static Places of(Value tensor, Value indices, Value updates, Emitter emit) {
      IntMath m = new IntMath(emit);
      Value at = emit.cast(indices, DType.INT32);
      Value shape = emit.shapeOf(tensor);
      Value depth = m.at(emit.shapeOf(at), -1);
      Value indexed = m.first(shape, depth);
      Value count = m.product(indexed);
      Value own = m.line(count);
      Value targets =
          m.vector(emit.builtin("GATHER_ND", emit.builtin("RESHAPE", own, indexed), at));
      Value changes = DimSource.of(targets, 0).scalar(emit);
      Value each = m.product(m.behind(shape, depth));
      Value rows =
          emit.concat(
              0,
              emit.builtin("RESHAPE", tensor, m.joined(count, each)),
              emit.builtin("RESHAPE", updates, m.joined(changes, each)));
      return new Places(rows, emit.concat(0, own, targets), count);
    }
  }
}
