package org.signet.source.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.signet.source.TensorName;
import org.tensorflow.proto.OpDef;

/**
 * A function of the library as a graph: {@code node:argument:1} becomes a position among all
 * results of the node.
 */
final class FunctionBody {
  private final SourceFunction function;
  private final Map<String, SourceFunction> library;
  private final Map<String, FlowNode> nodes = new LinkedHashMap<>();

  FunctionBody(SourceFunction function, Map<String, SourceFunction> library) {
    this.function = function;
    this.library = library;
  }

  /**
   * @throws SignetException if an input is no tensor name
   */
  FlowGraph graph() {
    List<String> arguments = new ArrayList<>();
    for (OpDef.ArgDef argument : function.signature().getInputArgList()) {
      arguments.add(argument.getName());
      nodes.put(argument.getName(), FlowNode.argument(argument.getName()));
    }
    for (SourceNode node : function.nodes()) {
      nodes.put(node.name(), read(node));
    }
    nodes.replaceAll((name, node) ->
        node.with(node.inputs().stream().map(this::flat).toList(), node.controls()));
    List<TensorName> outputs = new ArrayList<>();
    for (OpDef.ArgDef output : function.signature().getOutputArgList()) {
      String tensor = function.returned(output);
      outputs.add(flat(parse(tensor)));
    }
    Set<String> effects = new LinkedHashSet<>(new TreeMap<>(function.effects()).values());
    return new FlowGraph(function.name(), arguments, nodes, outputs, effects);
  }

  private FlowNode read(SourceNode node) {
    try {
      return FlowNode.of(node);
    } catch (NumberFormatException e) {
      throw malformed(node.name(), "an input of '" + node.name() + "' is no tensor name");
    }
  }

  private TensorName parse(String tensor) {
    try {
      return TensorName.parse(tensor);
    } catch (NumberFormatException e) {
      throw malformed("", "'" + tensor + "' is no tensor name");
    }
  }

  private TensorName flat(TensorName tensor) {
    if (tensor.argument().isEmpty()) {
      return tensor;
    }
    FlowNode node = nodes.get(tensor.node());
    if (node == null) {
      throw malformed(tensor.node(), "there is no node '" + tensor.node() + "'");
    }
    return node.result(first(node, tensor.argument()) + tensor.index());
  }

  /** The position of an output argument's first tensor. */
  private int first(FlowNode node, String argument) {
    SourceFunction called = library.get(node.op());
    if (called != null) {
      List<String> names =
          called.signature().getOutputArgList().stream().map(OpDef.ArgDef::getName).toList();
      return Math.max(0, names.indexOf(argument));
    }
    Optional<TfOpDef> definition = TfOpCatalog.standard().find(node.op());
    if (definition.isEmpty()) {
      return 0;
    }
    try {
      return TfNodes.firstResult(
          definition.get(), TfNodes.withDefaults(definition.get(), node.decoded()), argument);
    } catch (IllegalArgumentException e) {
      throw malformed(node.name(), "'" + node.name() + "' has no output '" + argument + "'");
    }
  }

  private SignetException malformed(String node, String why) {
    String name = function.name();
    return new SignetException(
        Diagnostic.error(Code.MALFORMED_GRAPH, why).at(new Origin("", name, node)));
  }
}
