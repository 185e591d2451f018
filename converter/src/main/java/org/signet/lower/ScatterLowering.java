package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
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
      case "InvertPermutation" ->
          op.shape(0).hasRank() ? invert(op, emit) : Lowered.declined("the rank is not known");
      case "ScatterNd" ->
          SCATTERED.contains(op.dtype(1)) || op.dtype(1) == DType.BOOL
              ? Lowered.to(
                  emit.builtin(
                      "SCATTER_ND",
                      emit.cast(op.operand(0), DType.INT32),
                      op.operand(1),
                      emit.cast(op.operand(2), DType.INT32)))
              : KernelTypes.decline(op.dtype(1));
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

  private static Lowered invert(TfOp op, Emitter emit) {
    Value order = emit.cast(op.operand(0), DType.INT32);
    Value count = DimSource.of(order, 0).scalar(emit);
    Value inverse =
        emit.builtin(
            "SCATTER_ND",
            emit.reshape(order, Shape.of(Shape.UNKNOWN, 1)),
            emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1)),
            emit.reshape(count, Shape.of(1)));
    return Lowered.to(emit.cast(inverse, op.dtype(0)));
  }

  private static Lowered change(String builtin, TfOp op, Emitter emit) {
    if (!SUMMED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value changes =
        emit.builtin(
            "SCATTER_ND",
            emit.cast(op.operand(1), DType.INT32),
            op.operand(2),
            emit.shapeOf(op.operand(0)));
    return Lowered.to(emit.builtin(builtin, op.operand(0), changes));
  }

  private static Lowered replace(TfOp op, Emitter emit) {
    boolean update = op.name().equals("TensorScatterUpdate");
    Set<DType> types = update ? KernelTypes.MOVED_OR_BOOL : COMPARED;
    if (!types.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    boolean extreme = !update && op.dtype(0) == DType.FLOAT32;
    Value updates = extreme ? numbersOnly(op, emit) : op.operand(2);
    Optional<Places> places = Places.of(op.operand(0), op.operand(1), updates, emit);
    if (places.isEmpty()) {
      return Lowered.declined("a rank is unknown");
    }
    Value result;
    if (update) {
      Value last =
          emit.builtin(
              "UNSORTED_SEGMENT_MAX",
              emit.builtin("RANGE", emit.scalar(0), places.get().all(), emit.scalar(1)),
              places.get().targets(),
              places.get().count());
      result =
          emit.builtin(
              "GATHER", Attributes.of("axis", 0, "batch_dims", 0), places.get().rows(), last);
    } else {
      result =
          emit.builtin(
              op.name().equals("TensorScatterMax")
                  ? "UNSORTED_SEGMENT_MAX"
                  : "UNSORTED_SEGMENT_MIN",
              places.get().rows(),
              places.get().targets(),
              places.get().count());
    }
    Value all = DimSource.reshape(result, DimSource.all(op.operand(0)), emit);
    return Lowered.to(extreme ? emit.select(isNan(op.operand(0), emit), op.operand(0), all) : all);
  }

  /** The updates of a largest or smallest one. TensorFlow passes over those that are NaN. */
  private static Value numbersOnly(TfOp op, Emitter emit) {
    boolean largest = op.name().equals("TensorScatterMax");
    float neutral = largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    Value updates = op.operand(2);
    return emit.select(isNan(updates, emit), emit.scalar(neutral), updates);
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
   * @param all how many rows there are, an int32 scalar
   */
  private record Places(Value rows, Value targets, Value count, Value all) {
    static Optional<Places> of(Value tensor, Value indices, Value updates, Emitter emit) {
      Shape shape = tensor.type().shape();
      Shape at = indices.type().shape();
      if (!shape.hasRank() || !at.hasRank() || at.rank() == 0 || at.dim(-1) == Shape.UNKNOWN) {
        return Optional.empty();
      }
      int depth = at.dim(-1);
      List<DimSource> dims = DimSource.all(tensor);
      List<DimSource> indexed = DimSource.all(indices);
      DimSource places = DimSource.product(dims.subList(0, depth));
      DimSource each = DimSource.product(dims.subList(depth, dims.size()));
      DimSource changes = DimSource.product(indexed.subList(0, indexed.size() - 1));
      Value rows =
          emit.concat(
              0,
              DimSource.reshape(tensor, List.of(places, each), emit),
              DimSource.reshape(updates, List.of(changes, each), emit));
      Value list =
          DimSource.reshape(
              emit.cast(indices, DType.INT32),
              List.of(changes, new DimSource(depth, List.of())),
              emit);
      Value strides = strides(dims.subList(0, depth), emit);
      Value flat =
          emit.builtin(
              "SUM",
              Attributes.of("keep_dims", false),
              emit.builtin("MUL", list, strides),
              emit.ints(1));
      Value count = places.scalar(emit);
      Value own = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
      Value all = emit.builtin("ADD", count, changes.scalar(emit));
      return Optional.of(new Places(rows, emit.concat(0, own, flat), count, all));
    }

    /** How many places one step along each of the dimensions is. */
    private static Value strides(List<DimSource> dims, Emitter emit) {
      List<DimSource> strides = new ArrayList<>();
      boolean known = true;
      for (int i = 0; i < dims.size(); i++) {
        DimSource stride = DimSource.product(dims.subList(i + 1, dims.size()));
        strides.add(stride);
        known &= stride.isKnown();
      }
      if (known) {
        return emit.constant(
            Tensor.of(strides.stream().mapToInt(DimSource::size).toArray(), strides.size()));
      }
      return emit.concat(
          0, strides.stream().map(stride -> stride.vector(emit)).toArray(Value[]::new));
    }
  }
}
