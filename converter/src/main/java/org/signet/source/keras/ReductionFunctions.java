package org.signet.source.keras;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Functions that take dimensions together. */
final class ReductionFunctions {
  /** Reductions that are one op, {@code axis} and {@code keepdims} their parameters. */
  private static final Map<String, String> OPS =
      new TreeMap<>(
          Map.of(
              "all", "All", "any", "Any", "max", "Max", "mean", "Mean", "min", "Min", "prod",
              "Prod", "sum", "Sum", "amax", "Max", "amin", "Min"));

  private static final Set<String> OF_FLOATS = Set.of("var", "std", "logsumexp", "norm");
  private static final double EPSILON = 1e-12;

  private final FunctionCall call;
  private final GraphOps ops;

  private ReductionFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The result of a function; empty if it is none of these. */
  static Optional<KerasTensor> apply(FunctionCall call) {
    return new ReductionFunctions(call).apply();
  }

  private Optional<KerasTensor> apply() {
    String name = call.name();
    if (OPS.containsKey(name)) {
      return Optional.of(reduce(OPS.get(name), x()));
    }
    return switch (name) {
      case "var" -> Optional.of(variance(x()));
      case "std" -> Optional.of(ops.unary("Sqrt", variance(x())));
      case "logsumexp" -> Optional.of(logSumExp());
      case "euclidean_norm" -> Optional.of(euclidean(x()));
      case "norm" -> Optional.of(norm());
      case "l2_normalize" -> Optional.of(l2Normalize());
      case "normalize" -> Optional.of(normalize());
      case "average" -> Optional.of(average());
      case "count_nonzero" -> Optional.of(countNonzero());
      case "argmax" -> Optional.of(arg("ArgMax"));
      case "argmin" -> Optional.of(arg("ArgMin"));
      case "cumsum" -> Optional.of(cumulate("Cumsum"));
      case "cumprod" -> Optional.of(cumulate("Cumprod"));
      default -> Optional.empty();
    };
  }

  private KerasTensor x() {
    KerasTensor x = call.x();
    boolean logic = call.name().equals("all") || call.name().equals("any");
    boolean whole = !x.dtype().isFloating();
    if (logic) {
      if (x.dtype() != DType.BOOL) {
        return x.dtype().isFloating() ? ops.binary("NotEqual", x, 0) : ops.cast(x, DType.BOOL);
      }
      return x;
    }
    if (x.dtype() == DType.BOOL || (whole && x.dtype().bytes() < 4)) {
      throw call.refused();
    }
    boolean mean = call.name().equals("mean") || call.name().equals("average");
    if (whole && (mean || OF_FLOATS.contains(call.name()))) {
      if (call.keras2()) {
        throw call.refused();
      }
      return ops.cast(x, DType.FLOAT32);
    }
    return x;
  }

  private KerasTensor reduce(String op, KerasTensor x) {
    return ops.reduce(op, x, keep(), call.axes(x));
  }

  private boolean keep() {
    return call.flag("keepdims");
  }

  private KerasTensor variance(KerasTensor x) {
    KerasTensor mean = ops.reduce("Mean", x, true, call.axes(x));
    return reduce("Mean", ops.binary("SquaredDifference", x, mean));
  }

  private KerasTensor logSumExp() {
    KerasTensor x = x();
    int[] axes = call.axes(x);
    KerasTensor largest = ops.reduce("Max", x, true, axes);
    KerasTensor sum = ops.reduce("Sum", ops.unary("Exp", ops.minus(x, largest)), true, axes);
    KerasTensor result = ops.plus(ops.unary("Log", sum), largest);
    return keep() ? result : ops.squeeze(result, axes);
  }

  private KerasTensor euclidean(KerasTensor x) {
    return ops.unary("Sqrt", reduce("Sum", ops.unary("Square", x)));
  }

  private KerasTensor norm() {
    KerasTensor x = x();
    String order = call.text("ord").orElse("2");
    int count = call.integers("axis").map(axes -> axes.length).orElse(0);
    if (order.equals("euclidean")
        || order.equals("fro")
        || (order.equals("2") && count == 1)
        || call.parameter("ord").isEmpty()) {
      return euclidean(x);
    }
    if (count != 1) {
      throw call.refused();
    }
    return switch (order) {
      case "1" -> reduce("Sum", ops.unary("Abs", x));
      case "inf", "Infinity" -> reduce("Max", ops.unary("Abs", x));
      default -> throw call.refused();
    };
  }

  private KerasTensor l2Normalize() {
    KerasTensor x = call.x();
    KerasTensor sum = ops.reduce("Sum", ops.unary("Square", x), true, call.axes(x));
    double epsilon = call.number(EPSILON, "epsilon");
    return ops.times(x, ops.unary("Rsqrt", ops.binary("Maximum", sum, epsilon)));
  }

  private KerasTensor normalize() {
    KerasTensor x = call.x();
    int axes = call.integers("axis").map(values -> values.length).orElse(0);
    if (call.number(2, "order") != 2 || !x.dtype().isFloating() || axes != 1) {
      throw call.refused();
    }
    int axis = call.integer("axis", -1);
    double epsilon = call.number(EPSILON, "epsilon");
    KerasTensor sum = ops.reduce("Sum", ops.unary("Square", x), true, x.axis(axis));
    return ops.times(x, ops.binary("Minimum", ops.unary("Rsqrt", sum), 1 / epsilon));
  }

  private KerasTensor average() {
    if (call.call().arguments().find(1, "weights").isPresent()) {
      throw call.refused();
    }
    return reduce("Mean", x());
  }

  private KerasTensor countNonzero() {
    KerasTensor x = call.x();
    KerasTensor counted = x.dtype() == DType.BOOL ? x : ops.binary("NotEqual", x, 0);
    return reduce("Sum", ops.cast(counted, DType.INT32));
  }

  private KerasTensor arg(String op) {
    KerasTensor x = x();
    DType dtype = call.keras2() ? call.dtype("output_type").orElse(DType.INT64) : DType.INT32;
    Optional<int[]> axis = call.integers("axis");
    boolean flat = axis.isEmpty() && !call.keras2();
    if (flat && keep()) {
      throw call.refused();
    }
    KerasTensor from = flat ? ops.reshape(x, -1) : x;
    int at = from.axis(axis.map(axes -> axes[0]).orElse(0));
    KerasTensor result =
        ops.add(op, Attributes.of("output_type", dtype), from, ops.scalar(DType.INT32, at));
    return keep() ? ops.expandDims(result, at) : result;
  }

  private KerasTensor cumulate(String op) {
    KerasTensor x = x();
    Optional<int[]> axis = call.integers("axis");
    KerasTensor from = axis.isEmpty() && !call.keras2() ? ops.reshape(x, -1) : x;
    int at = from.axis(axis.map(axes -> axes[0]).orElse(0));
    if (call.parameter("dtype").isPresent()) {
      from = ops.cast(from, call.dtype("dtype").orElseThrow(call::refused));
    }
    return ops.add(
        op,
        Attributes.of("exclusive", call.flag("exclusive"), "reverse", call.flag("reverse")),
        from,
        ops.scalar(DType.INT32, at));
  }
}
