package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloAttribute;
import org.signet.source.stablehlo.HloFunction;
import org.signet.source.stablehlo.HloOp;
import org.signet.type.DType;

/** Calls of functions of the module, and of what exporters know by name. */
final class CallOps {
  /** Deeper calls are taken for endless recursion. */
  static final int DEEPEST = 100;

  /** Calls that give what they are given: they say where something is to run. */
  private static final Set<String> PLACES =
      Set.of(
          "Sharding",
          "SPMDFullToShardShape",
          "SPMDShardToFullShape",
          "annotate_device_placement",
          "LayoutConstraint");

  /** Functions of one element that have a name of their own. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("erf", "Erf"),
          Map.entry("erfc", "Erfc"),
          Map.entry("erf_inv", "Erfinv"),
          Map.entry("lgamma", "Lgamma"),
          Map.entry("digamma", "Digamma"),
          Map.entry("tan", "Tan"),
          Map.entry("sinh", "Sinh"),
          Map.entry("cosh", "Cosh"),
          Map.entry("asin", "Asin"),
          Map.entry("acos", "Acos"),
          Map.entry("atan", "Atan"),
          Map.entry("asinh", "Asinh"),
          Map.entry("acosh", "Acosh"),
          Map.entry("atanh", "Atanh"));

  private CallOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("call", call -> called(call, call.op().text("callee")));
    table.put("composite", CallOps::composite);
    table.put("custom_call", CallOps::customCall);
    table.put("optimization_barrier", CallOps::same);
    table.put("create_token", call -> token(call));
    table.put("after_all", call -> token(call));
  }

  /** The function of the module that an op calls. */
  static Optional<String> callee(HloOp op) {
    return switch (op.name()) {
      case "call" -> Optional.of(op.text("callee"));
      case "composite" -> Optional.of(op.text("decomposition"));
      default -> Optional.empty();
    };
  }

  /** Whether an op is a function of one element that has a name of its own. */
  static boolean isNamedFunction(HloOp op) {
    String name =
        switch (op.name()) {
          case "composite" -> op.text("name");
          case "custom_call" -> op.text("call_target_name");
          default -> "";
        };
    boolean known = name.startsWith("mhlo.") || name.startsWith("chlo.");
    return known && FUNCTIONS.containsKey(name.substring(5));
  }

  private static List<Spread> same(HloCall call) {
    List<Spread> values = new ArrayList<>();
    for (int i = 0; i < call.op().results().size(); i++) {
      values.add(call.spread(i));
    }
    return values;
  }

  /** What stands for a token, which nobody computes with. */
  private static List<Spread> token(HloCall call) {
    return HloCall.one(call.emit().scalar(0));
  }

  private static List<Spread> called(HloCall call, String name) {
    HloFunction function =
        call.frame()
            .module()
            .functions()
            .find(name)
            .orElseThrow(() ->
                SignetException.of(
                    Code.MALFORMED_STABLEHLO, "the module has no function '" + name + "'"));
    if (call.frame().depth() >= DEEPEST) {
      throw SignetException.of(
          Code.MALFORMED_STABLEHLO,
          "function '" + name + "' is called more than " + DEEPEST + " levels deep");
    }
    List<Spread> arguments = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      arguments.add(call.spread(i));
    }
    return RegionImporter.results(
        function.body(),
        arguments,
        call.frame().called(),
        call.emit().builder(),
        call.emit().origin());
  }

  private static List<Spread> composite(HloCall call) {
    String name = call.op().text("name");
    if (name.equals("chlo.top_k")
        && attributes(call).get("k") instanceof HloAttribute.Whole(long k)) {
      return top(call, (int) k);
    }
    String function = FUNCTIONS.get(name.startsWith("chlo.") ? name.substring(5) : name);
    return function != null
        ? UnaryOps.of((c, x) -> c.emit().plain(function, x)).results(call)
        : called(call, call.op().text("decomposition"));
  }

  private static Map<String, HloAttribute> attributes(HloCall call) {
    boolean composite = call.op().has("composite_attributes");
    return dictionary(call, composite ? "composite_attributes" : "mhlo.attributes");
  }

  static Map<String, HloAttribute> dictionary(HloCall call, String name) {
    return call.op().has(name)
            && call.op().attribute(name) instanceof HloAttribute.Dictionary(var entries)
        ? entries
        : Map.of();
  }

  private static List<Spread> customCall(HloCall call) {
    String target = call.op().text("call_target_name");
    if (target.equals("shape_assertion")) {
      return List.of();
    }
    if (PLACES.contains(target)) {
      return same(call);
    }
    String plain = target.substring(target.lastIndexOf('.') + 1);
    boolean known = target.startsWith("mhlo.") || target.startsWith("chlo.");
    if (known
        && (plain.equals("topk") || plain.equals("top_k"))
        && attributes(call).get("k") instanceof HloAttribute.Whole(long k)) {
      return top(call, (int) k);
    }
    if (target.equals("stablehlo.dynamic_reduce_window")) {
      return DynamicReduceWindow.results(call);
    }
    if (target.equals("tf.call_tf_function")) {
      return tensorFlow(call);
    }
    if (target.equals("ApproxTopK")) {
      return ApproximateTop.results(call);
    }
    if (target.equals("stablehlo.dynamic_top_k")) {
      return top(call, call.emit().cast(call.operand(1), DType.INT32));
    }
    if (known && FUNCTIONS.containsKey(plain)) {
      return UnaryOps.of((c, x) -> c.emit().plain(FUNCTIONS.get(plain), x)).results(call);
    }
    throw call.refused("a call of '" + target + "'");
  }

  /** A function of TensorFlow, which the model holds besides the module. */
  private static List<Spread> tensorFlow(HloCall call) {
    Map<String, HloAttribute> config = dictionary(call, "tf.backend_config");
    if (!(config.get("called_index") instanceof HloAttribute.Whole(long number))
        || call.emit().builder() != call.frame().module().builder()) {
      throw call.refused("a function of TensorFlow in a loop or branch of JAX");
    }
    boolean token =
        config.get("has_token_input_output") instanceof HloAttribute.Whole(long has) && has != 0;
    List<Value> operands = call.operands(token ? 1 : 0, call.operandCount());
    List<Spread> results = new ArrayList<>(token ? token(call) : List.of());
    call.frame().module().called().call(Math.toIntExact(number), operands).stream()
        .map(Spread::of)
        .forEach(results::add);
    return results;
  }

  private static List<Spread> top(HloCall call, int count) {
    return top(call, call.emit().scalar(count));
  }

  private static List<Spread> top(HloCall call, Value count) {
    List<Value> top = call.emit().top(call.operand(0), count);
    Value places = call.emit().cast(top.get(1), call.type(1).dtype());
    return List.of(Spread.of(top.get(0)), Spread.of(places));
  }
}
