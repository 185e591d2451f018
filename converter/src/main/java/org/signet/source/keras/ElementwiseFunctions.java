package org.signet.source.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.signet.type.DType;

/** Functions of each element by itself. */
final class ElementwiseFunctions {
  /** One op of one operand, which must be floats: {@code keras.ops} makes floats of whole ones. */
  private static final Map<String, String> OF_FLOATS =
      pairs(
          "arccos=Acos arccosh=Acosh arcsin=Asin arcsinh=Asinh arctan=Atan arctanh=Atanh ceil=Ceil"
              + " cos=Cos cosh=Cosh digamma=Digamma erf=Erf erfc=Erfc exp=Exp"
              + " expm1=Expm1 floor=Floor lgamma=Lgamma log=Log log1p=Log1p"
              + " reciprocal=Reciprocal rint=Rint rsqrt=Rsqrt sin=Sin sinh=Sinh sqrt=Sqrt tan=Tan"
              + " isfinite=IsFinite isinf=IsInf isnan=IsNan");

  /** One op of one operand of any numbers. */
  private static final Map<String, String> OF_NUMBERS =
      pairs("absolute=Abs abs=Abs negative=Neg sign=Sign square=Square");

  private static final Map<String, String> ARITHMETIC =
      pairs(
          "add=AddV2 divide=RealDiv divide_no_nan=DivNoNan floor_divide=FloorDiv maximum=Maximum"
              + " minimum=Minimum mod=FloorMod multiply=Mul power=Pow subtract=Sub"
              + " squared_difference=SquaredDifference true_divide=RealDiv xdivy=Xdivy xlogy=Xlogy"
              + " multiply_no_nan=MulNoNan arctan2=Atan2");

  private static final Map<String, String> COMPARISONS =
      pairs(
          "equal=Equal greater=Greater greater_equal=GreaterEqual less=Less"
              + " less_equal=LessEqual not_equal=NotEqual");

  private static final Map<String, String> LOGIC =
      pairs("logical_and=LogicalAnd logical_or=LogicalOr logical_xor=NotEqual");

  /** Those that give floats of whole numbers. */
  private static final Set<String> DIVISIONS =
      Set.of("RealDiv", "DivNoNan", "Atan2", "Xdivy", "Xlogy", "MulNoNan");

  /** Those that give whole numbers for whole numbers, other than the rest. */
  private static final Set<String> KEEP_WHOLE_NUMBERS = Set.of("reciprocal", "relu", "relu6");

  private final FunctionCall call;
  private final GraphOps ops;

  private ElementwiseFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> map = new TreeMap<>();
    for (String pair : text.split(" ", -1)) {
      int equals = pair.indexOf('=');
      map.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return map;
  }

  /** The result of a function; empty if it is none of these. */
  static Optional<KerasTensor> apply(FunctionCall call) {
    return new ElementwiseFunctions(call).apply();
  }

  private Optional<KerasTensor> apply() {
    String name = call.name();
    if (KEEP_WHOLE_NUMBERS.contains(name) && !call.x().dtype().isFloating()) {
      throw call.refused();
    }
    if (OF_FLOATS.containsKey(name)) {
      return Optional.of(ops.unary(OF_FLOATS.get(name), floats(call.x())));
    }
    if (OF_NUMBERS.containsKey(name)) {
      return Optional.of(ops.unary(OF_NUMBERS.get(name), numbers(call.x())));
    }
    if (ARITHMETIC.containsKey(name)) {
      return Optional.of(arithmetic(ARITHMETIC.get(name)));
    }
    if (COMPARISONS.containsKey(name)) {
      return Optional.of(comparison(COMPARISONS.get(name)));
    }
    if (LOGIC.containsKey(name)) {
      return Optional.of(
          ops.binary(LOGIC.get(name), truth(call.value(left())), truth(call.value(right()))));
    }
    return Optional.ofNullable(
        switch (name) {
          case "logical_not" -> ops.unary("LogicalNot", truth(call.x()));
          case "zeros_like" -> like("ZerosLike");
          case "ones_like" -> like("OnesLike");
          case "full_like" -> filled();
          case "cast" -> cast(call.x());
          case "convert_to_tensor" ->
              call.parameter("dtype").isPresent() ? cast(call.x()) : call.x();
          case "identity", "stop_gradient", "copy", "ensure_shape", "positive" -> call.x();
          case "clip" -> clip();
          case "round" -> round();
          case "where" -> where();
          case "exp2" ->
              ops.binary("Pow", ops.scalar(floats(call.x()).dtype(), 2), floats(call.x()));
          case "log2" -> logarithm(2);
          case "log10" -> logarithm(10);
          case "deg2rad" -> ops.binary("Mul", floats(call.x()), Math.PI / 180);
          case "rad2deg" -> ops.binary("Mul", floats(call.x()), 180 / Math.PI);
          case "scalar_mul" -> arithmetic("Mul");
          case "add_n" -> call.tensors().stream().reduce(ops::plus).orElseThrow(call::refused);
          case "bias_add" -> biasAdd();
          default -> activation();
        });
  }

  private @org.jspecify.annotations.Nullable KerasTensor activation() {
    if (!Activations.NAMES.contains(call.name())) {
      return null;
    }
    KerasConfig settings =
        call.keras2()
            ? new KerasConfig(call.call().layer().name(), call.keywords())
            : call.call().config();
    if (settings.json().has("axis") && !settings.has("axis")) {
      throw call.refused(); // over all elements
    }
    if (call.name().equals("gelu") && !settings.has("approximate")) {
      com.google.gson.JsonObject json = settings.json().deepCopy();
      json.addProperty("approximate", !call.keras2());
      settings = new KerasConfig(settings.owner(), json);
    }
    return new Activations(call.name(), settings, call.keras2()).apply(ops, floats(call.x()));
  }

  private KerasTensor floats(KerasTensor x) {
    if (x.dtype() == DType.BOOL || (call.keras2() && x.dtype().isInteger())) {
      throw call.refused();
    }
    return x.dtype().isInteger() ? ops.cast(x, DType.FLOAT32) : x;
  }

  private KerasTensor numbers(KerasTensor x) {
    if (x.dtype() == DType.BOOL) {
      throw call.refused();
    }
    return x;
  }

  private KerasTensor truth(KerasTensor x) {
    return x.dtype().isFloating() ? ops.binary("NotEqual", x, 0) : ops.cast(x, DType.BOOL);
  }

  private Argument left() {
    return call.operand(0, "x1", "x", "a", "scalar", "y");
  }

  private Argument right() {
    return call.name().equals("arctan2")
        ? call.operand(1, "x2", "x")
        : call.operand(1, "x2", "y", "b", "x");
  }

  private KerasTensor arithmetic(String op) {
    DType dtype = promoted(left(), right());
    if (dtype == DType.BOOL) {
      throw call.refused();
    }
    if (DIVISIONS.contains(op) && dtype.isInteger()) {
      if (call.keras2() && dtype.bytes() < 4) {
        throw call.refused();
      }
      dtype = call.keras2() ? DType.FLOAT64 : DType.FLOAT32;
    }
    return ops.binary(op, call.value(left(), dtype), call.value(right(), dtype));
  }

  private KerasTensor comparison(String op) {
    DType dtype = promoted(left(), right());
    if (dtype == DType.BOOL && !op.equals("Equal") && !op.equals("NotEqual")) {
      throw call.refused();
    }
    return ops.binary(op, call.value(left(), dtype), call.value(right(), dtype));
  }

  /** The type that two operands meet in: a tensor's, or float32 for a fraction and whole ones. */
  private DType promoted(Argument left, Argument right) {
    List<DType> types =
        Stream.of(left, right)
            .flatMap(argument ->
                argument instanceof Argument.Array
                    ? Stream.of(call.value(argument).dtype())
                    : argument.tensors().map(KerasTensor::dtype))
            .distinct()
            .toList();
    boolean fraction =
        Stream.of(left, right)
            .filter(argument -> argument.tensors().findAny().isEmpty())
            .anyMatch(call::isFraction);
    if (types.size() == 1) {
      DType only = types.getFirst();
      if (only == DType.BOOL
          && !left.tensors().findAny().equals(right.tensors().findAny())
          && (left.tensors().findAny().isEmpty() || right.tensors().findAny().isEmpty())) {
        throw call.refused();
      }
      return fraction && only.isInteger() ? DType.FLOAT32 : only;
    }
    List<DType> floating = types.stream().filter(DType::isFloating).toList();
    if (types.size() == 2 && floating.size() == 1 && !types.contains(DType.BOOL)) {
      return floating.getFirst();
    }
    if (types.size() == 2 && floating.size() == 2) {
      boolean wide = types.contains(DType.FLOAT64);
      return wide ? DType.FLOAT64 : DType.FLOAT32; // halves of both kinds meet in float32
    }
    if (Set.copyOf(types).equals(Set.of(DType.INT32, DType.INT64))) {
      return DType.INT64;
    }
    throw call.refused();
  }

  private KerasTensor like(String op) {
    KerasTensor result = ops.unary(op, call.x());
    return call.parameter("dtype").isPresent() ? cast(result) : result;
  }

  private KerasTensor filled() {
    KerasTensor x = call.x();
    KerasTensor zeros = ops.unary("ZerosLike", ops.cast(x, call.dtype("dtype").orElse(x.dtype())));
    double value = call.number(call.operand(1, "fill_value"));
    return ops.binary("AddV2", numbers(zeros), value);
  }

  private KerasTensor cast(KerasTensor x) {
    return ops.cast(x, call.dtype("dtype").orElseThrow(call::refused));
  }

  private KerasTensor clip() {
    KerasTensor x = numbers(call.x());
    double low = call.number(call.parameter("x_min", "clip_value_min").orElseThrow(call::refused));
    double high = call.number(call.parameter("x_max", "clip_value_max").orElseThrow(call::refused));
    if (x.dtype().isInteger() && (low != Math.rint(low) || high != Math.rint(high))) {
      throw call.refused();
    }
    return ops.clip(x, low, high);
  }

  private KerasTensor round() {
    if (call.number(0, "decimals") != 0) {
      throw call.refused();
    }
    KerasTensor x = numbers(call.x());
    return x.dtype().isInteger() ? x : ops.unary("Round", x);
  }

  private KerasTensor logarithm(double base) {
    return ops.binary("RealDiv", ops.unary("Log", floats(call.x())), Math.log(base));
  }

  private KerasTensor where() {
    KerasTensor condition = truth(call.value(call.operand(0, "condition")));
    Argument x = call.operand(1, "x1", "x");
    Argument y = call.operand(2, "x2", "y");
    boolean plain = x.tensors().findAny().isEmpty() && y.tensors().findAny().isEmpty();
    DType dtype =
        !plain
            ? promoted(x, y)
            : call.isFraction(x) || call.isFraction(y) ? DType.FLOAT32 : DType.INT32;
    return ops.select(condition, call.value(x, dtype), call.value(y, dtype));
  }

  private KerasTensor biasAdd() {
    KerasTensor x = call.x();
    return ops.binary("AddV2", x, call.value(call.operand(1, "bias"), x.dtype()));
  }
}
