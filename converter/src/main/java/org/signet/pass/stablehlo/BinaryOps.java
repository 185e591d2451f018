package org.signet.pass.stablehlo;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloOp;
import org.signet.type.DType;

/** Functions of two or three elements. */
final class BinaryOps {
  /** Directions of comparisons by their number. */
  private static final List<String> COMPARISONS =
      List.of("Equal", "NotEqual", "GreaterEqual", "Greater", "LessEqual", "Less");

  private static final int TOTAL_ORDER = 2;

  /** A function of two values. */
  private interface Pair {
    Value of(TfEmitter emit, Value a, Value b);
  }

  private BinaryOps() {}

  static void addTo(Map<String, HloImport> table) {
    put(table, "add", logical("LogicalOr", "AddV2"));
    put(table, "multiply", logical("LogicalAnd", "Mul"));
    put(table, "maximum", extreme("LogicalOr", "Maximum", "Max"));
    put(table, "minimum", extreme("LogicalAnd", "Minimum", "Min"));
    put(table, "and", logical("LogicalAnd", "BitwiseAnd"));
    put(table, "or", logical("LogicalOr", "BitwiseOr"));
    put(table, "xor", (emit, a, b) -> isBool(a) ? notEqual(emit, a, b) : xor(emit, a, b));
    put(table, "subtract", (emit, a, b) -> emit.plain("Sub", a, b));
    put(table, "atan2", (emit, a, b) -> emit.plain("Atan2", a, b));
    put(table, "power", (emit, a, b) -> emit.plain("Pow", a, b));
    put(table, "divide", BinaryOps::divide);
    put(table, "remainder", BinaryOps::remainder);
    put(table, "shift_left", (emit, a, b) -> shift(emit, "LeftShift", a, b));
    put(table, "shift_right_arithmetic", BinaryOps::shiftSigned);
    put(table, "shift_right_logical", BinaryOps::shiftUnsigned);
    put(table, "complex", ComplexParts::joined);
    table.put("compare", new Elementwise(BinaryOps::compare));
    table.put(
        "select",
        new Elementwise(
            (call, values) -> call.emit().select(values.get(0), values.get(1), values.get(2))));
    table.put("clamp", new Elementwise(BinaryOps::clamp));
  }

  private static void put(Map<String, HloImport> table, String name, Pair pair) {
    table.put(
        name,
        new Elementwise((call, values) -> pair.of(call.emit(), values.get(0), values.get(1))));
  }

  private static Pair logical(String onBooleans, String onNumbers) {
    return (emit, a, b) ->
        isBool(a) ? emit.one(onBooleans, Attributes.NONE, a, b) : emit.plain(onNumbers, a, b);
  }

  /** The other value where one is a bound that every number keeps, as behind JAX's reductions. */
  private static Pair extreme(String onBooleans, String onNumbers, String reduction) {
    Pair pair = logical(onBooleans, onNumbers);
    return (emit, a, b) ->
        isBound(emit, a, reduction) ? b : isBound(emit, b, reduction) ? a : pair.of(emit, a, b);
  }

  private static boolean isBound(TfEmitter emit, Value value, String reduction) {
    return value.type().shape().hasRank()
        && value.type().shape().rank() == 0
        && ReductionOps.isNeutral(
            emit.builder().constantValue(value), reduction, value.type().dtype());
  }

  private static boolean isBool(Value value) {
    return value.type().dtype() == DType.BOOL;
  }

  private static Value xor(TfEmitter emit, Value a, Value b) {
    return emit.plain("BitwiseXor", a, b);
  }

  private static Value notEqual(TfEmitter emit, Value a, Value b) {
    return compared(emit, "NotEqual", a, b);
  }

  private static Value compared(TfEmitter emit, String op, Value a, Value b) {
    Attributes attributes = TfEmitter.types("T", a);
    boolean equality = op.equals("Equal") || op.equals("NotEqual");
    return emit.one(
        op, equality ? attributes.with("incompatible_shape_error", true) : attributes, a, b);
  }

  /** An integer divided by zero is −1, of all bits. */
  private static Value divide(TfEmitter emit, Value a, Value b) {
    DType dtype = a.type().dtype();
    if (!dtype.isInteger()) {
      return emit.plain("RealDiv", a, b);
    }
    if (isNeverZero(emit, b)) {
      return emit.plain("TruncateDiv", a, b);
    }
    Value zero = isZero(emit, b);
    Value quotient = emit.plain("TruncateDiv", a, oneFor(emit, zero, b));
    return emit.select(zero, emit.number(dtype, -1), quotient);
  }

  /** An integer divided by zero leaves itself. */
  private static Value remainder(TfEmitter emit, Value a, Value b) {
    if (!a.type().dtype().isInteger() || isNeverZero(emit, b)) {
      return emit.plain("TruncateMod", a, b);
    }
    Value zero = isZero(emit, b);
    return emit.select(zero, a, emit.plain("TruncateMod", a, oneFor(emit, zero, b)));
  }

  private static Value isZero(TfEmitter emit, Value value) {
    return compared(emit, "Equal", value, emit.number(value.type().dtype(), 0));
  }

  /** The divisor, or 1 where that is zero. */
  private static Value oneFor(TfEmitter emit, Value zero, Value divisor) {
    return emit.select(zero, emit.number(divisor.type().dtype(), 1), divisor);
  }

  private static boolean isNeverZero(TfEmitter emit, Value divisor) {
    return emit.builder()
        .constantValue(divisor)
        .filter(all -> IntStream.range(0, all.size()).allMatch(i -> all.getLong(i) != 0))
        .isPresent();
  }

  /** A shift by all bits or more leaves none, where TensorFlow's is undefined. */
  private static Value shift(TfEmitter emit, String op, Value a, Value b) {
    DType dtype = a.type().dtype();
    int bits = 8 * dtype.bytes();
    boolean within =
        emit.builder()
            .constantValue(b)
            .filter(by ->
                IntStream.range(0, by.size())
                    .allMatch(i -> by.getLong(i) >= 0 && by.getLong(i) < bits))
            .isPresent();
    Value shifted = emit.plain(op, a, b);
    if (within) {
      return shifted;
    }
    DType unsigned = Bits.unsigned(dtype);
    Value by = Bits.cast(emit, b, unsigned);
    Value inside = emit.plain("Less", by, emit.number(unsigned, bits));
    return emit.select(inside, shifted, emit.number(dtype, 0));
  }

  /** A shift by all bits or more leaves the sign. */
  private static Value shiftSigned(TfEmitter emit, Value a, Value b) {
    DType signed = Bits.signed(a.type().dtype());
    DType unsigned = Bits.unsigned(signed);
    Value most = emit.number(unsigned, 8.0 * signed.bytes() - 1);
    Value by = emit.plain("Minimum", Bits.cast(emit, b, unsigned), most);
    Value shifted =
        emit.plain("RightShift", Bits.cast(emit, a, signed), Bits.cast(emit, by, signed));
    return Bits.cast(emit, shifted, a.type().dtype());
  }

  private static Value shiftUnsigned(TfEmitter emit, Value a, Value b) {
    DType unsigned = Bits.unsigned(a.type().dtype());
    Value shifted =
        shift(emit, "RightShift", Bits.cast(emit, a, unsigned), Bits.cast(emit, b, unsigned));
    return Bits.cast(emit, shifted, a.type().dtype());
  }

  /** TensorFlow's op for the direction of a comparison. */
  static String direction(HloOp compare) {
    return COMPARISONS.get(compare.number("comparison_direction"));
  }

  private static Value compare(HloCall call, List<Value> values) {
    String direction = direction(call.op());
    boolean total = call.op().number("compare_type", 0) == TOTAL_ORDER;
    DType dtype = values.getFirst().type().dtype();
    if (!total || !dtype.isFloating() || call.frame().module().trial()) {
      return compared(call.emit(), direction, values.get(0), values.get(1));
    }
    if (dtype != DType.FLOAT32) {
      throw call.refused("a total order of " + dtype + " outside a sort");
    }
    Value first = place(call.emit(), values.get(0));
    return compared(call.emit(), direction, first, place(call.emit(), values.get(1)));
  }

  /**
   * An integer that is greater for greater floats, −0 being less than 0 and NaN the greatest: their
   * bits, those of negative ones turned over.
   */
  private static Value place(TfEmitter emit, Value x) {
    Value bits = emit.one("Bitcast", TfEmitter.types("T", x).with("type", DType.INT32), x);
    Value turned = xor(emit, bits, emit.number(DType.INT32, Integer.MAX_VALUE));
    return emit.select(compared(emit, "Less", bits, emit.number(DType.INT32, 0)), turned, bits);
  }

  private static Value clamp(HloCall call, List<Value> values) {
    Value raised = call.emit().plain("Maximum", values.get(1), values.get(0));
    return call.emit().plain("Minimum", raised, values.get(2));
  }
}
