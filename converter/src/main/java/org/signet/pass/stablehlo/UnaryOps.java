package org.signet.pass.stablehlo;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Functions of one element. */
final class UnaryOps {
  /** Those that TensorFlow has under another name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ceil", "Ceil"),
          Map.entry("cosine", "Cos"),
          Map.entry("exponential", "Exp"),
          Map.entry("exponential_minus_one", "Expm1"),
          Map.entry("floor", "Floor"),
          Map.entry("is_finite", "IsFinite"),
          Map.entry("log", "Log"),
          Map.entry("log_plus_one", "Log1p"),
          Map.entry("logistic", "Sigmoid"),
          Map.entry("negate", "Neg"),
          Map.entry("round_nearest_even", "Round"),
          Map.entry("rsqrt", "Rsqrt"),
          Map.entry("sign", "Sign"),
          Map.entry("sine", "Sin"),
          Map.entry("sqrt", "Sqrt"),
          Map.entry("tan", "Tan"),
          Map.entry("tanh", "Tanh"));

  private UnaryOps() {}

  static void addTo(Map<String, HloImport> table) {
    NAMES.forEach((name, op) -> table.put(name, of((call, x) -> call.emit().plain(op, x))));
    table.put("abs", of(UnaryOps::abs));
    table.put("not", of((call, x) -> not(call.emit(), x)));
    table.put("cbrt", of((call, x) -> cubeRoot(call.emit(), x)));
    table.put("round_nearest_afz", of((call, x) -> roundAway(call.emit(), x)));
    table.put("popcnt", of((call, x) -> ones(call.emit(), x)));
    table.put("count_leading_zeros", of((call, x) -> leadingZeros(call.emit(), x)));
    table.put("real", of((call, x) -> part("Real", call, x)));
    table.put("imag", of((call, x) -> part("Imag", call, x)));
    table.put("convert", of((call, x) -> call.emit().cast(x, call.dtype())));
    table.put("reduce_precision", of(UnaryOps::reducePrecision));
    table.put("bitcast_convert", UnaryOps::bitcast);
  }

  /** An import of a function of one operand. */
  static HloImport of(BiFunction<HloCall, Value, Value> function) {
    return new Elementwise((call, values) -> function.apply(call, values.getFirst()));
  }

  private static Value abs(HloCall call, Value x) {
    return x.type().dtype().isComplex()
        ? call.emit().one("ComplexAbs", TfEmitter.types("T", x).with("Tout", call.dtype()), x)
        : call.emit().plain("Abs", x);
  }

  static Value not(TfEmitter emit, Value x) {
    return x.type().dtype() == DType.BOOL
        ? emit.one("LogicalNot", Attributes.NONE, x)
        : emit.plain("Invert", x);
  }

  private static Value part(String op, HloCall call, Value x) {
    return x.type().dtype().isComplex()
        ? call.emit().one(op, TfEmitter.types("T", x).with("Tout", call.dtype()), x)
        : op.equals("Real") ? x : call.emit().plain("ZerosLike", x);
  }

  private static Value cubeRoot(TfEmitter emit, Value x) {
    Value third = emit.number(x.type().dtype(), 1.0 / 3);
    return emit.plain("Mul", emit.plain("Sign", x), emit.plain("Pow", emit.plain("Abs", x), third));
  }

  /** Halves go away from zero. */
  private static Value roundAway(TfEmitter emit, Value x) {
    DType dtype = x.type().dtype();
    Value size = emit.plain("Abs", x);
    Value whole = emit.plain("Floor", size);
    Value rest = emit.plain("Sub", size, whole);
    Value up = emit.cast(emit.plain("GreaterEqual", rest, emit.number(dtype, 0.5)), dtype);
    return emit.plain("Mul", emit.plain("Sign", x), emit.plain("AddV2", whole, up));
  }

  private static Value ones(TfEmitter emit, Value x) {
    DType dtype = x.type().dtype();
    return dtype.bytes() > 4
        ? emit.cast(emit.plain("PopulationCount", x), dtype)
        : emit.cast(Bits.ones(emit, x), dtype);
  }

  /** All bits below the highest one are set, then those left are counted. */
  private static Value leadingZeros(TfEmitter emit, Value x) {
    DType dtype = x.type().dtype();
    DType unsigned = Bits.unsigned(dtype);
    Value filled = Bits.cast(emit, x, unsigned);
    int bits = 8 * dtype.bytes();
    for (int shift = 1; shift < bits; shift *= 2) {
      Value shifted = emit.plain("RightShift", filled, emit.number(unsigned, shift));
      filled = emit.plain("BitwiseOr", filled, shifted);
    }
    Value set = Bits.cast(emit, ones(emit, filled), dtype);
    return emit.plain("Sub", emit.number(dtype, bits), set);
  }

  private static Value reducePrecision(HloCall call, Value x) {
    TfEmitter emit = call.emit();
    int exponent = call.op().number("exponent_bits");
    int mantissa = call.op().number("mantissa_bits");
    DType dtype = x.type().dtype();
    if (dtype == DType.FLOAT32 && exponent == 8 && mantissa == 23) {
      return x;
    }
    if (exponent == 8 && mantissa == 7) {
      return emit.cast(emit.cast(x, DType.BFLOAT16), dtype);
    }
    if (dtype != DType.FLOAT32) {
      throw call.refused(dtype + " as a float of " + exponent + " and " + mantissa + " bits");
    }
    return ReducedPrecision.of(emit, x, Math.min(exponent, 8), Math.min(mantissa, 23));
  }

  private static List<Spread> bitcast(HloCall call) {
    DType from = call.op().operandType(0).dtype();
    if (from.bytes() == call.dtype().bytes()) {
      return of((c, x) -> Bits.cast(c.emit(), x, c.dtype())).results(call);
    }
    return HloCall.one(Bits.cast(call.emit(), call.operand(0), call.dtype()));
  }
}
