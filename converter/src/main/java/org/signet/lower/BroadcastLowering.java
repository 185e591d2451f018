package org.signet.lower;

import static org.signet.type.DType.BOOL;
import static org.signet.type.DType.COMPLEX64;
import static org.signet.type.DType.FLOAT32;
import static org.signet.type.DType.FLOAT64;
import static org.signet.type.DType.INT16;
import static org.signet.type.DType.INT32;
import static org.signet.type.DType.INT64;
import static org.signet.type.DType.INT8;
import static org.signet.type.DType.STRING;
import static org.signet.type.DType.UINT32;
import static org.signet.type.DType.UINT8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Binary ops that broadcast. A builtin's kernel broadcasts up to some rank only; above it, both
 * operands are spread to the common shape first.
 */
final class BroadcastLowering implements Lowering {
  private final Map<String, Row> rows = new TreeMap<>();

  BroadcastLowering() {
    List.of(
            row("Atan2", "ATAN2", 0, FLOAT32, FLOAT64), // its kernel does not broadcast
            row("Add", "ADD", 6, FLOAT32, INT32, INT64, INT16),
            row("AddV2", "ADD", 6, FLOAT32, INT32, INT64, INT16),
            row("Sub", "SUB", 6, FLOAT32, INT32, INT64),
            row("Mul", "MUL", 6, FLOAT32, INT32, INT64, INT16, UINT32, COMPLEX64),
            row("RealDiv", "DIV", 5, FLOAT32),
            row("Div", "DIV", 5, FLOAT32, INT32),
            row("TruncateDiv", "DIV", 5, INT32),
            row("FloorDiv", "FLOOR_DIV", 4, FLOAT32, INT32, INT16, INT8),
            row("FloorMod", "FLOOR_MOD", 4, FLOAT32, INT32, INT64, INT16, INT8),
            row("Pow", "POW", 4, FLOAT32, INT32),
            row("Maximum", "MAXIMUM", 5, FLOAT32, INT32, INT64, INT8, UINT8, INT16),
            row("Minimum", "MINIMUM", 5, FLOAT32, INT32, INT64, INT8, UINT8, INT16),
            row("SquaredDifference", "SQUARED_DIFFERENCE", 4, FLOAT32, INT32),
            row("Equal", "EQUAL", 4, FLOAT32, INT32, INT64, INT16, BOOL, STRING),
            row("NotEqual", "NOT_EQUAL", 4, FLOAT32, INT32, INT64, BOOL, STRING),
            row("Less", "LESS", 4, FLOAT32, INT32, INT64, INT16),
            row("LessEqual", "LESS_EQUAL", 4, FLOAT32, INT32, INT64, INT16),
            row("Greater", "GREATER", 4, FLOAT32, INT32, INT64, INT16),
            row("GreaterEqual", "GREATER_EQUAL", 4, FLOAT32, INT32, INT64, INT16),
            row("LogicalAnd", "LOGICAL_AND", 4, BOOL),
            row("LogicalOr", "LOGICAL_OR", 4, BOOL))
        .forEach(row -> rows.put(row.tf(), row));
  }

  /**
   * @param rank the highest rank that the kernel broadcasts
   */
  private record Row(String tf, String builtin, int rank, List<DType> dtypes) {}

  private static Row row(String tf, String builtin, int rank, DType... dtypes) {
    return new Row(tf, builtin, rank, List.of(dtypes));
  }

  @Override
  public Set<String> ops() {
    return rows.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Row row = rows.get(op.name());
    Value a = op.operand(0);
    Value b = op.operand(1);
    if (op.name().equals("SquaredDifference") && op.dtype(0) == INT64) {
      Value difference = emit.builtin("SUB", a, b);
      return Lowered.to(emit.builtin("MUL", difference, difference));
    }
    if (row == null || !row.dtypes().contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<Shape> common = Broadcasts.common(a, b);
    if (common.isEmpty()) {
      return Lowered.declined("the shapes do not broadcast");
    }
    Shape shape = common.get();
    boolean broadcasts = !a.type().shape().equals(b.type().shape()) || !a.type().shape().isStatic();
    if (broadcasts && op.name().equals("SquaredDifference") && isAbove(shape, row.rank())) {
      Value difference = emit.builtin("SUB", a, b);
      return Lowered.to(emit.builtin("MUL", difference, difference));
    }
    if (broadcasts && isAbove(shape, row.rank())) {
      if (Broadcasts.isAbove(shape, Broadcasts.HIGHEST_RANK) || op.dtype(0) == STRING) {
        return Lowered.declined("the kernel broadcasts ranks to " + row.rank());
      }
      Value first = a;
      a = Broadcasts.spread(a, b, shape, emit);
      b = Broadcasts.spread(b, first, shape, emit);
    }
    return Lowered.to(
        switch (op.dtype(0)) {
          case FLOAT32 -> ofFloats(row.builtin(), a, b, emit);
          case INT32, INT64 -> ofIntegers(row.builtin(), a, b, emit);
          default -> emit.builtin(row.builtin(), a, b);
        });
  }

  /** Whether the kernel may be asked for more; one that takes rank 0 never broadcasts. */
  private static boolean isAbove(Shape shape, int rank) {
    return (rank == 0 && !shape.hasRank()) || Broadcasts.isAbove(shape, rank);
  }

  private static Value ofIntegers(String builtin, Value a, Value b, Emitter emit) {
    return switch (builtin) {
      case "DIV" -> SafeDivision.quotient(a, b, emit);
      case "FLOOR_MOD" -> SafeDivision.remainder(a, b, emit);
      default -> emit.builtin(builtin, a, b);
    };
  }

  private static Value ofFloats(String builtin, Value a, Value b, Emitter emit) {
    return switch (builtin) {
      case "MAXIMUM", "MINIMUM" -> extremeOrNan(builtin, a, b, emit);
      // The kernel of FLOOR_DIV refuses zeros.
      case "FLOOR_DIV" ->
          isDivisor(b, emit)
              ? emit.builtin(builtin, a, b)
              : emit.builtin("FLOOR", emit.builtin("DIV", a, b));
      default -> emit.builtin(builtin, a, b);
    };
  }

  /**
   * MAXIMUM or MINIMUM that is NaN where either is. The kernel takes its second operand where the
   * two do not compare, so a NaN there is kept, and a constant goes first.
   */
  static Value extremeOrNan(String builtin, Value a, Value b, Emitter emit) {
    if (isNumber(a, emit)) {
      return emit.builtin(builtin, a, b);
    }
    if (isNumber(b, emit)) {
      return emit.builtin(builtin, b, a);
    }
    return emit.select(emit.builtin("NOT_EQUAL", a, a), a, emit.builtin(builtin, a, b));
  }

  /** Whether this is a small constant without a NaN. */
  static boolean isNumber(Value value, Emitter emit) {
    return isConstant(value, x -> Float.isNaN(x), emit);
  }

  private static boolean isDivisor(Value value, Emitter emit) {
    return isConstant(value, x -> x == 0, emit);
  }

  /** Whether a small constant holds no such element. */
  private static boolean isConstant(Value value, Predicate<Float> without, Emitter emit) {
    if (!(value instanceof Value.Constant) || value.type().shape().elements() > 1 << 16) {
      return false;
    }
    float[] floats = emit.valueOf(value).orElseThrow().floats();
    for (int i = 0; i < value.type().shape().elements(); i++) {
      if (without.test(floats[i])) {
        return false;
      }
    }
    return true;
  }
}
