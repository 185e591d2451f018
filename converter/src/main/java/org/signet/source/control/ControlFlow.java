package org.signet.source.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.signet.op.Attributes;
import org.signet.source.SourceFunction;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.signet.source.SourceSignature;
import org.signet.source.TensorName;

/** Rewrites the control flow and tensor arrays of TensorFlow 1, in what signatures need. */
public final class ControlFlow {
  private static final Set<String> OPS =
      Set.of("Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond");

  private final SourceModel source;
  private final Functions functions;

  private ControlFlow(SourceModel source) {
    this.source = source;
    this.functions = new Functions(source.functions());
  }

  /**
   * The model with functional control flow in place of TensorFlow 1's.
   *
   * @param signatures the signatures that are wanted; what they don't need stays as it is
   * @throws org.signet.diag.SignetException MALFORMED_GRAPH or UNSUPPORTED_SOURCE if loops and
   *     conditionals are not nested in each other, or a tensor array can't be a tensor
   */
  public static SourceModel rewrite(SourceModel model, List<SourceSignature> signatures) {
    SourceModel source = ReferenceReads.rewrite(model, signatures);
    Stream<SourceNode> inFunctions =
        source.functions().values().stream().flatMap(f -> f.nodes().stream());
    if (Stream.concat(source.nodes().values().stream(), inFunctions)
        .noneMatch(ControlFlow::isOld)) {
      return source;
    }
    return new ControlFlow(source).rewrite(new MainGraph(source, signatures));
  }

  private static boolean isOld(SourceNode node) {
    return OPS.contains(node.op())
        || node.op().startsWith("Ref")
        || node.op().startsWith("TensorArray")
        || StateAccess.isAboutStacks(node.op());
  }

  private SourceModel rewrite(MainGraph main) {
    for (String name : Calls.reachable(source.functions(), main.nodes())) {
      SourceFunction function = source.functions().get(name);
      if (function != null && function.nodes().stream().anyMatch(ControlFlow::isOld)) {
        functions.replaceBody(
            function, rewrite(new FunctionBody(function, source.functions()).graph()));
      }
    }
    Map<String, SourceNode> nodes = new LinkedHashMap<>(source.nodes());
    if (main.nodes().stream().anyMatch(ControlFlow::isOld)) {
      FlowGraph wanted = main.graph();
      FlowGraph functional = rewrite(wanted);
      main.requireFeeds(functional);
      functional
          .nodes()
          .forEach((name, node) -> {
            if (!main.isGiven(name)) {
              nodes.put(name, node.toSource());
            }
          });
      aliases(wanted, functional).forEach(node -> nodes.put(node.name(), node.toSource()));
    }
    return new SourceModel(
        source.path(),
        nodes,
        functions.library(),
        source.ops(),
        source.signatures(),
        source.variables(),
        source.initOp(),
        source.resources(),
        source.sourceBytes());
  }

  private FlowGraph rewrite(FlowGraph graph) {
    FlowGraph wanted = graph.demanded();
    Stacks.dropUnread(wanted);
    FlowGraph plain = TensorArrays.rewrite(wanted);
    return Conditionals.rewrite(Loops.rewrite(plain, functions), functions);
  }

  /** Nodes that give outputs their old names back. */
  private static List<FlowNode> aliases(FlowGraph before, FlowGraph after) {
    Map<String, List<TensorName>> results = new LinkedHashMap<>();
    for (int i = 0; i < before.outputs().size(); i++) {
      TensorName name = before.outputs().get(i);
      TensorName value = after.outputs().get(i);
      if (!name.equals(value)) {
        List<TensorName> values = results.computeIfAbsent(name.node(), n -> new ArrayList<>());
        while (values.size() <= name.index()) {
          values.add(value);
        }
        values.set(name.index(), value);
      }
    }
    List<FlowNode> nodes = new ArrayList<>();
    results.forEach(
        (name, values) -> nodes.add(FlowNode.of(name, "IdentityN", values, Attributes.NONE)));
    return nodes;
  }
}
