package org.signet.lower;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Reductions over axes. */
final class ReduceLowering implements Lowering {
  private static final Set<DType> NUMBERS = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);
  private static final Set<DType> ORDERED = KernelTypes.MOVED;
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
    return Lowered.to(
        emit.builtin(row.builtin(), options, op.operand(0), emit.cast(op.operand(1), DType.INT32)));
  }
}
