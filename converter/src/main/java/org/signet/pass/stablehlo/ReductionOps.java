package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Reductions by a function that TensorFlow knows, and places of extremes. */
final class ReductionOps {
  private static final Map<String, String> ON_NUMBERS =
      Map.of("add", "Sum", "multiply", "Prod", "maximum", "Max", "minimum", "Min");

  private static final Map<String, String> ON_BOOLEANS =
      Map.of(
          "add",
          "Any",
          "or",
          "Any",
          "maximum",
          "Any",
          "and",
          "All",
          "multiply",
          "All",
          "minimum",
          "All");

  private ReductionOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("reduce", ReductionOps::reduce);
  }

  private static List<Spread> reduce(HloCall call) {
    int count = call.operandCount() / 2;
    int[] axes = call.op().numbers("dimensions");
    HloRegion region = call.region(0);
    List<Spread> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<String> function = Computation.function(region, i, i, count + i);
      Optional<Value> reduced = function.flatMap(name -> reduced(call, name, axes, results.size()));
      if (reduced.isEmpty()) {
        Optional<List<Spread>> extreme =
            count == 2 && axes.length == 1 ? extreme(call, axes[0]) : Optional.empty();
        return extreme.orElseGet(() -> folded(call, axes));
      }
      results.add(Spread.of(reduced.get()));
    }
    return results;
  }

  /** One dimension after the other, the last first. */
  private static List<Spread> folded(HloCall call, int[] axes) {
    int count = call.operandCount() / 2;
    boolean known = IntStream.of(axes).allMatch(d -> call.spread(0).full().shape().dim(d) > 0);
    Fold fold =
        ElementFunction.of(call, call.region(0))
            .filter(function -> known)
            .map(function -> new Fold(call.emit(), function))
            .orElseThrow(() -> call.refused("a reduction by a function of its own"));
    List<Value> values = call.operands(0, count);
    int[] ascending = IntStream.of(axes).sorted().toArray();
    for (int i = ascending.length - 1; i >= 0; i--) {
      values = fold.all(values, ascending[i]);
    }
    return fold.after(call.operands(count, 2 * count), values).stream().map(Spread::of).toList();
  }

  private static Optional<Value> reduced(HloCall call, String function, int[] axes, int index) {
    Value operand = call.operand(index);
    DType dtype = operand.type().dtype();
    String op = (dtype == DType.BOOL ? ON_BOOLEANS : ON_NUMBERS).get(function);
    if (op == null) {
      return Optional.empty();
    }
    TfEmitter emit = call.emit();
    int count = call.operandCount() / 2;
    Value all = axes.length == 0 ? operand : emit.reduce(op, operand, axes);
    if (isNeutral(call.known(count + index), op, dtype)) {
      return Optional.of(all);
    }
    Value initial = call.operand(count + index);
    return Optional.of(
        switch (op) {
          case "Sum" -> emit.plain("AddV2", all, initial);
          case "Prod" -> emit.plain("Mul", all, initial);
          case "Max" -> emit.plain("Maximum", all, initial);
          case "Min" -> emit.plain("Minimum", all, initial);
          case "Any" -> emit.one("LogicalOr", Attributes.NONE, all, initial);
          default -> emit.one("LogicalAnd", Attributes.NONE, all, initial);
        });
  }

  /** Whether a reduction's first value changes nothing. */
  static boolean isNeutral(Optional<Tensor> initial, String op, DType dtype) {
    if (initial.isEmpty() || initial.get().size() != 1) {
      return false;
    }
    Tensor value = initial.get();
    if (dtype == DType.BOOL) {
      return value.getBoolean(0) == op.equals("All");
    }
    if (dtype.isComplex()) {
      return false;
    }
    return switch (op) {
      case "Sum" -> value.getDouble(0) == 0;
      case "Prod" -> value.getDouble(0) == 1;
      case "Max" -> isExtreme(value, dtype, true);
      default -> isExtreme(value, dtype, false);
    };
  }

  /** The value that changes nothing. */
  static Value neutral(TfEmitter emit, String op, Value like) {
    DType dtype = like.type().dtype();
    return switch (op) {
      case "Sum" -> emit.number(dtype, 0);
      case "Prod" -> emit.number(dtype, 1);
      default -> {
        boolean lowest = op.equals("Max");
        yield dtype.isFloating()
            ? emit.number(dtype, lowest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
            : emit.whole(dtype, extreme(dtype, lowest));
      }
    };
  }

  private static boolean isExtreme(Tensor value, DType dtype, boolean lowest) {
    if (dtype.isFloating()) {
      return value.getDouble(0) == (lowest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return value.getLong(0) == extreme(dtype, lowest);
  }

  private static long extreme(DType dtype, boolean lowest) {
    int bits = 8 * dtype.bytes();
    long least = dtype.isUnsigned() ? 0 : -1L << (bits - 1);
    long most = dtype.isUnsigned() ? (bits == 64 ? -1 : (1L << bits) - 1) : ~(-1L << (bits - 1));
    return lowest ? least : most;
  }

  /**
   * The largest or smallest element and its place: the second operand counts along the dimension.
   */
  private static Optional<List<Spread>> extreme(HloCall call, int axis) {
    Optional<HloOp> counter = call.maker(call.op().operands().get(1));
    boolean counts =
        counter
            .filter(op -> op.name().equals("iota") || op.name().equals("dynamic_iota"))
            .filter(op -> op.number("iota_dimension") == axis)
            .isPresent();
    HloRegion region = call.region(0);
    if (!counts || !Computation.chooses(region)) {
      return Optional.empty();
    }
    boolean largest = isExtreme(call, region, true);
    if (!largest && !isExtreme(call, region, false)) {
      return Optional.empty();
    }
    TfEmitter emit = call.emit();
    Value operand = call.operand(0);
    DType dtype = operand.type().dtype();
    Value compared = dtype == DType.BOOL ? emit.cast(operand, DType.INT32) : operand;
    Value best = emit.reduce(largest ? "Max" : "Min", compared, axis);
    Attributes attributes =
        TfEmitter.types("T", compared).with("Tidx", DType.INT32).with("output_type", DType.INT32);
    Value place = emit.one(largest ? "ArgMax" : "ArgMin", attributes, compared, emit.scalar(axis));
    return Optional.of(
        List.of(
            Spread.of(emit.cast(best, dtype)), Spread.of(emit.cast(place, call.type(1).dtype()))));
  }

  /** Whether of two elements the better one wins, and of equal ones the first. */
  private static boolean isExtreme(HloCall call, HloRegion region, boolean largest) {
    double[] samples = Computation.samples(call.op().operandType(0).dtype());
    for (double a : samples) {
      for (double b : samples) {
        for (int place = 0; place < 2; place++) {
          int other = 1 - place;
          Optional<List<Tensor>> tried = Computation.tried(call, region, a, place, b, other);
          boolean better = largest ? a > b : a < b;
          boolean first = better || (a == b && place < other);
          double best = first ? a : b;
          int at = first ? place : other;
          boolean right =
              tried
                  .filter(results -> results.get(0).getDouble(0) == best)
                  .filter(results -> results.get(1).getLong(0) == at)
                  .isPresent();
          if (!right && !(a == b && place > other)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
