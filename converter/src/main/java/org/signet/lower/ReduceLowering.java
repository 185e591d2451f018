package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;

/** Reductions over axes. */
final class ReduceLowering implements Lowering {
  private static final Set<DType> NUMBERS = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);
  private static final Set<DType> ORDERED = KernelTypes.MOVED;

  /** The highest rank that delegates' kernels take, too. */
  private static final int HIGHEST_RANK = 6;

  private static final Set<DType> BOOLS = Set.of(DType.BOOL);

  /**
   * @param builtin the builtin of the same meaning
   * @param dtypes what its kernel takes and reduces as TensorFlow does
   */
  private record Row(String builtin, Set<DType> dtypes) {}

  private final Map<String, Row> rows =
      new TreeMap<>(
          Map.of(
              "All", new Row("REDUCE_ALL", BOOLS),
              "Any", new Row("REDUCE_ANY", BOOLS),
              "Max", new Row("REDUCE_MAX", ORDERED),
              "Mean", new Row("MEAN", NUMBERS),
              "Min", new Row("REDUCE_MIN", ORDERED),
              "Prod", new Row("REDUCE_PROD", NUMBERS),
              "Sum", new Row("SUM", NUMBERS)));

  @Override
  public Set<String> ops() {
    return rows.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Row row = rows.get(op.name());
    if (row == null || !row.dtypes().contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Attributes options = Attributes.of("keep_dims", op.attributes().getBoolean("keep_dims"));
    Optional<int[]> axes = emit.intsOf(op.operand(1));
    if (Broadcasts.isAbove(op.shape(0), HIGHEST_RANK) && axes.isPresent()) {
      return Lowered.to(ofHighRank(op, row.builtin(), axes.get(), emit));
    }
    return Lowered.to(
        emit.builtin(row.builtin(), options, op.operand(0), emit.cast(op.operand(1), DType.INT32)));
  }

  /** The axes that are reduced, moved behind the others and merged. */
  private static Value ofHighRank(TfOp op, String builtin, int[] axes, Emitter emit) {
    int rank = op.shape(0).rank();
    boolean[] reduced = new boolean[rank];
    for (int axis : axes) {
      reduced[Shapes.axis(axis, rank)] = true;
    }
    List<DimSource> kept = new ArrayList<>();
    List<DimSource> gone = new ArrayList<>();
    List<DimSource> result = new ArrayList<>();
    int[] order = new int[rank];
    int at = 0;
    List<DimSource> dims = DimSource.all(op.operand(0));
    for (int i = 0; i < rank; i++) {
      if (!reduced[i]) {
        order[at++] = i;
        kept.add(dims.get(i));
        result.add(dims.get(i));
      } else if (op.attributes().getBoolean("keep_dims")) {
        result.add(new DimSource(1, List.of()));
      }
    }
    for (int i = 0; i < rank; i++) {
      if (reduced[i]) {
        order[at++] = i;
        gone.add(dims.get(i));
      }
    }
    Value moved = TransposeLowering.transpose(op.operand(0), order, emit);
    Value rows =
        DimSource.reshape(moved, List.of(DimSource.product(kept), DimSource.product(gone)), emit);
    Value reducedRows =
        emit.builtin(builtin, Attributes.of("keep_dims", false), rows, emit.ints(1));
    return DimSource.reshape(reducedRows, result, emit);
  }
}
