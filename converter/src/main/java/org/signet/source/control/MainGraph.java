package org.signet.source.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.source.Endpoint;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.signet.source.SourceSignature;
import org.signet.source.TensorName;

/** The part of the main graph between the inputs and the outputs of signatures. */
final class MainGraph {
  private final SourceModel source;
  private final List<TensorName> outputs = new ArrayList<>();
  private final Set<TensorName> fed = new HashSet<>();
  private final Set<String> computed = new HashSet<>();

  MainGraph(SourceModel source, List<SourceSignature> signatures) {
    this.source = source;
    signatures.forEach(this::visit);
  }

  private void visit(SourceSignature signature) {
    Set<TensorName> inputs = new HashSet<>();
    signature.inputs().stream().map(Endpoint::tensor).map(TensorName::parse).forEach(inputs::add);
    fed.addAll(inputs);
    Deque<TensorName> queue = new ArrayDeque<>();
    for (Endpoint output : signature.outputs()) {
      TensorName tensor = TensorName.parse(output.tensor());
      outputs.add(tensor);
      queue.add(tensor);
    }
    Set<String> seen = new HashSet<>();
    while (!queue.isEmpty()) {
      TensorName tensor = queue.remove();
      boolean given = !tensor.control() && inputs.contains(tensor);
      if (!given && seen.add(tensor.node())) {
        queue.addAll(inputs(tensor.node()));
      }
    }
    computed.addAll(seen);
  }

  private List<TensorName> inputs(String name) {
    SourceNode node = source.nodes().get(name);
    if (node == null) {
      throw failure(name, "there is no node '" + name + "'");
    }
    try {
      return node.inputs().stream().map(TensorName::parse).toList();
    } catch (NumberFormatException e) {
      throw failure(name, "an input of '" + name + "' is no tensor name");
    }
  }

  /** The nodes that are computed for some signature. */
  List<SourceNode> nodes() {
    return source.nodes().values().stream().filter(node -> computed.contains(node.name())).toList();
  }

  /** The nodes that are computed for some signature; what is given has no inputs. */
  FlowGraph graph() {
    Map<String, FlowNode> nodes = new LinkedHashMap<>();
    for (SourceNode node : nodes()) {
      nodes.put(node.name(), FlowNode.of(node));
    }
    for (TensorName tensor : fed) {
      if (isGiven(tensor.node())) {
        nodes.put(tensor.node(), FlowNode.argument(tensor.node()));
      }
    }
    return new FlowGraph("", List.of(), nodes, outputs, Set.of());
  }

  /**
   * Whether a node is given for some signature, and computed for none. A constant default is not
   * computed: what it decides, such as whether this is training, is open as long as it can be fed.
   */
  boolean isGiven(String node) {
    return fed.stream().anyMatch(tensor -> tensor.node().equals(node))
        && (!computed.contains(node) || isConstantDefault(node));
  }

  private boolean isConstantDefault(String name) {
    SourceNode node = source.nodes().get(name);
    if (node == null || !node.op().equals("PlaceholderWithDefault") || node.inputs().size() != 1) {
      return false;
    }
    SourceNode value = source.nodes().get(inputs(name).getFirst().node());
    return value != null && value.op().equals("Const") && value.inputs().isEmpty();
  }

  /**
   * @throws SignetException if what is given for one signature is computed for another inside a
   *     loop or a conditional
   */
  void requireFeeds(FlowGraph rewritten) {
    for (TensorName tensor : fed) {
      if (!isGiven(tensor.node()) && !rewritten.nodes().containsKey(tensor.node())) {
        throw new SignetException(
            Diagnostic.error(
                    Code.UNSUPPORTED_SOURCE,
                    "the input '"
                        + FlowNode.text(tensor)
                        + "' stands inside a loop or conditional that another signature computes",
                    "convert the signatures one by one")
                .at(Origin.ofNode(tensor.node())));
      }
    }
  }

  private static SignetException failure(String node, String why) {
    return new SignetException(Diagnostic.error(Code.MALFORMED_GRAPH, why).at(Origin.ofNode(node)));
  }
}
