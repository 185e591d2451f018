package org.signet.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Malformed;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.TableHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Lowers a graph of TensorFlow ops to builtins where a lowering takes them, to Flex ops otherwise,
 * and reports what can be neither. After it the graph holds nothing that a model file can't.
 */
public final class LowerToTflite {
  private final Lowerings lowerings;
  private final FlexMode flex;
  private final Supplier<GraphBuilder> builders;
  private final Report report;
  private final List<FlexUse> flexUses = new ArrayList<>();

  public LowerToTflite(
      Lowerings lowerings, FlexMode flex, Supplier<GraphBuilder> builders, Report report) {
    this.lowerings = lowerings;
    this.flex = flex;
    this.builders = builders;
    this.report = report;
  }

  /** The Flex ops kept so far, in order. */
  public List<FlexUse> flexUses() {
    return List.copyOf(flexUses);
  }

  /** The lowered graph; blockers go to the report. */
  public Graph lower(Graph graph) {
    GraphBuilder builder = builders.get();
    IdentityHashMap<Value, Value> lowered = new IdentityHashMap<>();
    for (Value.Input input : graph.inputs()) {
      lowered.put(input, builder.input(input.name(), input.type()));
    }
    for (Node node : graph.nodes()) {
      List<Value> operands =
          node.operands().stream().map(value -> lowered.getOrDefault(value, value)).toList();
      List<Value> results =
          node.op().isTf() ? lower(node, operands, builder) : builder.copy(node, operands);
      for (int i = 0; i < node.results().size(); i++) {
        lowered.put(node.results().get(i), results.get(i));
      }
    }
    List<Value> outputs =
        graph.outputs().stream().map(value -> lowered.getOrDefault(value, value)).toList();
    for (Value.Input input : graph.inputs()) {
      if (!input.type().dtype().isInTflite()) {
        report.add(notInTflite("input '" + input.name() + "' is " + input.type().dtype()));
      }
    }
    for (Value output : outputs) {
      if (output instanceof Value.Constant constant && !constant.type().dtype().isInTflite()) {
        report.add(notInTflite("'" + constant.name() + "' is " + constant.type().dtype()));
      }
    }
    return builder.build(outputs);
  }

  private List<Value> lower(Node node, List<Value> operands, GraphBuilder builder) {
    String reason = "no builtin";
    if (flex == FlexMode.ONLY) {
      reason = "every op is to be Flex";
    } else {
      TfOp op =
          new TfOp(
              node.op().name(),
              node.attributes(),
              operands,
              node.resultTypes(),
              node.name(),
              node.origin());
      Emitter emitter = new Emitter(builder, node.name(), node.origin());
      switch (attempt(op, emitter)) {
        case Lowered.To(List<Value> results) -> {
          return results;
        }
        case Lowered.Declined(String because) -> reason = because;
      }
      for (Retyping retyping : Retypings.of(op.name())) {
        Optional<TfOp> retyped = retyping.apply(op, emitter);
        if (retyped.isPresent()
            && attempt(retyped.get(), emitter) instanceof Lowered.To(var results)) {
          return retyping.undo(results, op, emitter);
        }
      }
    }
    return keepFlex(node, operands, builder, reason);
  }

  /** What the first lowering makes of it that does not decline; or the last reason. */
  private Lowered attempt(TfOp op, Emitter emitter) {
    Lowered last = Lowered.declined("no builtin");
    for (Lowering lowering : lowerings.of(op.name())) {
      last = attempt(lowering, op, emitter);
      if (last instanceof Lowered.To) {
        return last;
      }
    }
    return last;
  }

  private static Lowered attempt(Lowering lowering, TfOp op, Emitter emitter) {
    try {
      return Malformed.guard(
          Code.INVALID_GRAPH, op.name(), op.origin(), () -> lowering.lower(op, emitter));
    } catch (SignetException e) {
      throw e.at(op.origin());
    }
  }

  private List<Value> keepFlex(
      Node node, List<Value> operands, GraphBuilder builder, String reason) {
    String op = node.op().name();
    blocker(node, operands, reason).ifPresent(report::add);
    boolean listed = TfOpCatalog.standard().find(op).map(TfOpDef::flexListed).orElse(false);
    List<DType> dtypes =
        operands.stream().filter(Value::isPresent).map(value -> value.type().dtype()).toList();
    FlexUse use = new FlexUse(op, dtypes, node.attributes(), reason, listed, node.origin());
    flexUses.add(use);
    if (flex == FlexMode.WARN) {
      report.add(
          Diagnostic.warning(
                  Code.FLEX_OP_KEPT, "Flex" + op + " on " + dtypes + " stays a Flex op: " + reason)
              .at(node.origin()));
    }
    return builder.copy(node, operands);
  }

  /** Why this node can't even be a Flex op, if so. */
  private Optional<Diagnostic> blocker(Node node, List<Value> operands, String reason) {
    String op = node.op().name();
    Optional<TfOpDef> definition = TfOpCatalog.standard().find(op);
    if (definition.isEmpty()) {
      // Without a meaning it was reported when it was imported.
      boolean imported = OpDefinitions.standard().find(node.op()).isPresent();
      return imported && flex != FlexMode.ONLY
          ? Optional.of(
              Diagnostic.error(
                      Code.UNKNOWN_OP,
                      "TensorFlow has no op '" + op + "', so it can't stay a Flex op: " + reason,
                      "give it a lowering, see docs/extending.md")
                  .at(node.origin()))
          : Optional.empty();
    }
    Diagnostic found = null;
    if (flex == FlexMode.FORBID) {
      found =
          Diagnostic.error(
              Code.FLEX_FORBIDDEN,
              op + " would have to be a Flex op: " + reason,
              "allow it with --flex allow");
    } else if (flex == FlexMode.LISTED && !definition.get().flexListed()) {
      found =
          Diagnostic.error(
              Code.FLEX_NOT_LISTED,
              op + " is not on the list of Flex ops: " + reason,
              "allow it with --flex allow");
    }
    Optional<Value> resource =
        operands.stream().filter(Value.Resource.class::isInstance).findFirst();
    if (resource.isPresent()) {
      found =
          Diagnostic.error(
              Code.OP_NOT_CONVERTIBLE,
              op
                  + " works on the state of '"
                  + resource.get().name()
                  + "', which has no place in a model file yet");
    } else if (makesResource(node) && !TableHandles.isHandle(op)) {
      // What fills it, the model file would not run: it would be empty.
      found =
          Diagnostic.error(
              Code.OP_NOT_CONVERTIBLE, op + " makes state that has no place in a model file yet");
    } else if (hasFunction(node.attributes())) {
      found =
          Diagnostic.error(
              Code.OP_NOT_CONVERTIBLE, op + " calls functions, which a Flex op can't: " + reason);
    } else {
      for (TensorType type : node.resultTypes()) {
        if (!type.dtype().isInTflite()) {
          found = notInTflite(op + " gives " + type.dtype());
        }
      }
      for (Value operand : operands) {
        if (operand.isPresent() && !operand.type().dtype().isInTflite()) {
          found = notInTflite(op + " takes " + operand.type().dtype());
        }
      }
    }
    return Optional.ofNullable(found).map(diagnostic -> diagnostic.at(node.origin()));
  }

  private static Diagnostic notInTflite(String what) {
    return Diagnostic.error(Code.TYPE_NOT_IN_TFLITE, what + ", which a model file can't hold");
  }

  private static boolean makesResource(Node node) {
    return node.resultTypes().stream().anyMatch(type -> type.dtype() == DType.RESOURCE);
  }

  private static boolean hasFunction(Attributes attributes) {
    return attributes.asMap().values().stream()
        .anyMatch(value ->
            value instanceof Attributes.FunctionRef
                || (value instanceof List<?> list
                    && list.stream().anyMatch(Attributes.FunctionRef.class::isInstance)));
  }
}
