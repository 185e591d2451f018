package org.signet.lower;

import static org.signet.type.DType.BOOL;
import static org.signet.type.DType.COMPLEX128;
import static org.signet.type.DType.COMPLEX64;
import static org.signet.type.DType.FLOAT32;
import static org.signet.type.DType.INT16;
import static org.signet.type.DType.INT32;
import static org.signet.type.DType.INT64;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * The TensorFlow ops that a builtin says in the same words: same operands, same results, at most an
 * attribute of another name.
 */
final class DirectLowerings implements Lowering {
  private static final List<Row> ROWS =
      List.of(
          row("Abs", "ABS", FLOAT32, INT32, INT16),
          row("AccumulateNV2", "ADD_N", FLOAT32, INT32),
          row("AddN", "ADD_N", FLOAT32, INT32),
          row("BroadcastArgs", "BROADCAST_ARGS", INT32, INT64),
          row("Ceil", "CEIL", FLOAT32),
          row("ComplexAbs", "COMPLEX_ABS", COMPLEX64, COMPLEX128),
          row("Cos", "COS", FLOAT32),
          row("Elu", "ELU", FLOAT32),
          row("Exp", "EXP", FLOAT32),
          row("Floor", "FLOOR", FLOAT32),
          row("Imag", "IMAG", COMPLEX64, COMPLEX128),
          row("Log", "LOG", FLOAT32),
          row("LogicalNot", "LOGICAL_NOT", BOOL),
          row("Neg", "NEG", FLOAT32, INT32, INT64, INT16),
          row("Real", "REAL", COMPLEX64, COMPLEX128),
          row("Relu", "RELU", FLOAT32),
          row("Relu6", "RELU6", FLOAT32),
          row("Round", "ROUND", FLOAT32),
          row("Sigmoid", "LOGISTIC", FLOAT32),
          row("Sign", "SIGN", INT32),
          row("Sin", "SIN", FLOAT32),
          row("Sqrt", "SQRT", FLOAT32),
          row("Square", "SQUARE", FLOAT32),
          row("Tanh", "TANH", FLOAT32),
          row("ZerosLike", "ZEROS_LIKE", FLOAT32, INT32, INT64));

  private final Map<String, Row> rows = new TreeMap<>();

  DirectLowerings() {
    ROWS.forEach(row -> rows.put(row.tf(), row));
  }

  /**
   * A renaming.
   *
   * @param tf the TensorFlow op
   * @param builtin the builtin that says the same
   * @param dtypes what operand 0 may be: the types that the builtin's kernels take
   */
  private record Row(String tf, String builtin, List<DType> dtypes) {}

  private static Row row(String tf, String builtin, DType... dtypes) {
    return new Row(tf, builtin, List.of(dtypes));
  }

  @Override
  public Set<String> ops() {
    return rows.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Row row = rows.get(op.name());
    if (row == null || !row.dtypes().contains(op.dtype(0))) {
      return Lowered.declined("no kernel for " + op.dtype(0));
    }
    return Lowered.to(
        emit.builtins(row.builtin(), Attributes.NONE, op.operands(), op.resultTypes()));
  }
}
