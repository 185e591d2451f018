package org.signet.lower;

import static org.signet.type.DType.BOOL;
import static org.signet.type.DType.FLOAT32;
import static org.signet.type.DType.INT16;
import static org.signet.type.DType.INT32;
import static org.signet.type.DType.INT64;
import static org.signet.type.DType.INT8;
import static org.signet.type.DType.STRING;
import static org.signet.type.DType.UINT8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Binary ops that broadcast. A builtin's kernel broadcasts up to some rank only; above it, both
 * operands are spread to the common shape first, where that shape is known.
 */
final class BroadcastLowering implements Lowering {
  private static final Set<DType> NARROW = Set.of(INT8, UINT8, INT16);

  private final Map<String, Row> rows = new TreeMap<>();

  BroadcastLowering() {
    List.of(
            row("Atan2", "ATAN2", 0, FLOAT32), // its kernel does not broadcast
            row("Add", "ADD", 6, FLOAT32, INT32, INT64, INT16),
            row("AddV2", "ADD", 6, FLOAT32, INT32, INT64, INT16),
            row("Sub", "SUB", 6, FLOAT32, INT32, INT64),
            row("Mul", "MUL", 6, FLOAT32, INT32, INT64, INT16),
            row("RealDiv", "DIV", 5, FLOAT32),
            row("Div", "DIV", 5, FLOAT32),
            row("FloorDiv", "FLOOR_DIV", 4, FLOAT32, INT32),
            row("FloorMod", "FLOOR_MOD", 4, FLOAT32, INT32, INT64),
            row("Pow", "POW", 4, FLOAT32),
            row("Maximum", "MAXIMUM", 5, FLOAT32, INT32, INT64),
            row("Minimum", "MINIMUM", 5, FLOAT32, INT32, INT64),
            row("SquaredDifference", "SQUARED_DIFFERENCE", 4, FLOAT32, INT32),
            row("Equal", "EQUAL", 4, FLOAT32, INT32, INT64, BOOL, STRING),
            row("NotEqual", "NOT_EQUAL", 4, FLOAT32, INT32, INT64, BOOL, STRING),
            row("Less", "LESS", 4, FLOAT32, INT32, INT64),
            row("LessEqual", "LESS_EQUAL", 4, FLOAT32, INT32, INT64),
            row("Greater", "GREATER", 4, FLOAT32, INT32, INT64),
            row("GreaterEqual", "GREATER_EQUAL", 4, FLOAT32, INT32, INT64),
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
    if (NARROW.contains(op.dtype(0)) && op.result().dtype() == BOOL) {
      a = emit.cast(a, INT32); // which compares as the narrow type does
      b = emit.cast(b, INT32);
    }
    if (row == null || !row.dtypes().contains(a.type().dtype())) {
      return Lowered.declined("no kernel for " + op.dtype(0));
    }
    Optional<Shape> common = common(a.type().shape(), b.type().shape());
    if (common.isEmpty()) {
      return Lowered.declined("the shapes do not broadcast");
    }
    Shape shape = common.get();
    boolean broadcasts = !a.type().shape().equals(b.type().shape()) || !a.type().shape().isStatic();
    if (broadcasts && op.name().equals("SquaredDifference") && isAbove(shape, row.rank())) {
      return Lowered.to(emit.builtin("SQUARE", emit.builtin("SUB", a, b)));
    }
    if (broadcasts && isAbove(shape, row.rank())) {
      if (!shape.isStatic() || shape.rank() > 8 || op.dtype(0) == STRING) {
        return Lowered.declined("broadcasts at rank " + shape.rank() + " with free sizes");
      }
      a = spread(a, shape, emit);
      b = spread(b, shape, emit);
    }
    return Lowered.to(emit.builtin(row.builtin(), a, b));
  }

  /**
   * The shape that both broadcast to; empty if there is none, which Equal may be told to answer
   * with one bool.
   */
  private static Optional<Shape> common(Shape a, Shape b) {
    try {
      return Optional.of(Shapes.broadcast(a, b));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isAbove(Shape shape, int rank) {
    return shape.hasRank() && shape.rank() > rank;
  }

  private static Value spread(Value value, Shape shape, Emitter emit) {
    return value.type().shape().equals(shape)
        ? value
        : emit.builtin("BROADCAST_TO", value, emit.ints(shape.dims()));
  }
}
