package org.signet.source.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.TensorName;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * A node of a graph.
 *
 * @param name its name
 * @param op its op
 * @param inputs the tensors that it reads, each by its position among all results of its producer
 * @param controls the nodes that come before it
 * @param attributes as in its NodeDef
 */
record FlowNode(
    String name,
    String op,
    List<TensorName> inputs,
    Set<String> controls,
    Map<String, AttrValue> attributes) {
  /** The op of a function's argument. */
  static final String ARGUMENT = "_Arg";

  /** The kinds of nodes that hand on a handle. */
  static final Set<String> HANDING_ON = Set.of("Identity", "Enter", "Switch", "Merge", "Exit");

  private static final Set<String> HANDLES =
      Set.of("VarHandleOp", "VariableV2", "Variable", "TemporaryVariable");
  private static final Set<String> READS =
      Set.of("ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape");
  private static final Set<String> REFERENCES =
      Set.of("RefSwitch", "RefMerge", "RefEnter", "RefExit", "RefNextIteration");

  FlowNode {
    inputs = List.copyOf(inputs);
  }

  static FlowNode argument(String name) {
    return new FlowNode(name, ARGUMENT, List.of(), Set.of(), Map.of());
  }

  /** A node of {@code op} with these attributes, of the kinds that {@link Attributes} names. */
  static FlowNode of(String name, String op, List<TensorName> inputs, Attributes attributes) {
    Map<String, AttrValue> protos = new TreeMap<>();
    attributes.asMap().forEach((key, value) -> protos.put(key, NodeDefs.proto(value)));
    return new FlowNode(name, op, inputs, Set.of(), protos);
  }

  /**
   * @throws NumberFormatException if an input is no tensor name
   */
  static FlowNode of(NodeDef node) {
    List<TensorName> inputs = new ArrayList<>();
    Set<String> controls = new LinkedHashSet<>();
    for (String input : node.getInputList()) {
      TensorName tensor = TensorName.parse(input);
      if (tensor.control()) {
        controls.add(tensor.node());
      } else {
        inputs.add(tensor);
      }
    }
    return new FlowNode(node.getName(), node.getOp(), inputs, controls, node.getAttrMap());
  }

  NodeDef toNodeDef() {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(op).putAllAttr(attributes);
    inputs.forEach(input -> node.addInput(text(input)));
    controls.forEach(control -> node.addInput("^" + control));
    return node.build();
  }

  FlowNode with(List<TensorName> newInputs, Set<String> newControls) {
    return new FlowNode(name, op, newInputs, newControls, attributes);
  }

  /** The op, of those that hand on references the one that hands on tensors. */
  String kind() {
    return REFERENCES.contains(op) ? op.substring("Ref".length()) : op;
  }

  boolean is(String kind) {
    return kind().equals(kind);
  }

  /** Whether it runs even if those that it waits for don't. */
  boolean isTrigger() {
    return op.equals("ControlTrigger");
  }

  /** A result of this node. */
  TensorName result(int index) {
    return tensor(name, index);
  }

  Attributes decoded() {
    return NodeDefs.attributes(attributes);
  }

  boolean isHandle() {
    return HANDLES.contains(op);
  }

  /** Whether running it does more than compute its results from its inputs, as far as known. */
  boolean isStateful() {
    return !isHandle()
        && !READS.contains(op)
        && !op.equals(ARGUMENT)
        && TfOpCatalog.standard().find(op).map(TfOpDef::stateful).orElse(true);
  }

  static TensorName tensor(String node, int index) {
    return new TensorName(node, "", index, false);
  }

  static String text(TensorName tensor) {
    return tensor.index() == 0 ? tensor.node() : tensor.node() + ":" + tensor.index();
  }
}
