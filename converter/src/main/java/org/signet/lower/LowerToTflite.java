package org.signet.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Malformed;
import org.signet.diag.RefusedOp;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.type.DType;

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
        report.add(Refusals.notInTflite("input '" + input.name() + "' is " + input.type().dtype()));
      }
    }
    for (Value output : outputs) {
      if (output instanceof Value.Constant constant && !constant.type().dtype().isInTflite()) {
        report.add(Refusals.notInTflite("'" + constant.name() + "' is " + constant.type().dtype()));
      }
    }
    return builder.build(outputs);
  }

  private List<Value> lower(Node node, List<Value> operands, GraphBuilder builder) {
    List<RefusedOp.Decline> declines = new ArrayList<>();
    if (flex == FlexMode.ONLY) {
      return keepFlex(node, operands, builder, "every op is to be Flex", declines);
    }
    Emitter emitter = new Emitter(builder, node.name(), node.origin());
    TfOp op =
        OperandRanks.told(
            new TfOp(
                node.op().name(),
                node.attributes(),
                operands,
                node.resultTypes(),
                node.name(),
                node.origin()),
            emitter);
    Optional<List<Value>> results = attempt(op, emitter, declines, "");
    if (results.isPresent()) {
      return results.get();
    }
    String reason = reason(declines);
    for (Retyping retyping : Retypings.of(op.name())) {
      Optional<TfOp> retyped = retyping.apply(op, emitter);
      if (retyped.isPresent()) {
        results = attempt(retyped.get(), emitter, declines, retyping + ": ");
        if (results.isPresent()) {
          return retyping.undo(results.get(), op, emitter);
        }
      }
    }
    return keepFlex(node, operands, builder, reason, declines);
  }

  /** The last that says more than that a type is missing, if there is one. */
  private static String reason(List<RefusedOp.Decline> declines) {
    String last = declines.isEmpty() ? "no builtin" : declines.getLast().reason();
    return declines.reversed().stream()
        .map(RefusedOp.Decline::reason)
        .filter(reason -> !reason.startsWith(KernelTypes.MISSING))
        .findFirst()
        .orElse(last);
  }

  /**
   * What the first lowering makes of it that does not decline.
   *
   * @param declines where the others' reasons go, behind {@code prefix}
   */
  private Optional<List<Value>> attempt(
      TfOp op, Emitter emitter, List<RefusedOp.Decline> declines, String prefix) {
    for (Lowering lowering : lowerings.of(op.name())) {
      Lowered lowered = attempt(lowering, op, emitter);
      if (lowered instanceof Lowered.To(List<Value> results)) {
        return Optional.of(results);
      }
      if (lowered instanceof Lowered.Declined(String because)) {
        String name = lowering.getClass().getSimpleName();
        declines.add(new RefusedOp.Decline(name, prefix + because));
      }
    }
    return Optional.empty();
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
      Node node,
      List<Value> operands,
      GraphBuilder builder,
      String reason,
      List<RefusedOp.Decline> declines) {
    String op = node.op().name();
    Refusals.of(node, operands, declines, flex).ifPresent(report::add);
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
}
