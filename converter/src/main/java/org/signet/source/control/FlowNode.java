package org.signet.source.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.SourceAttributes;
import org.signet.source.SourceNode;
import org.signet.source.TensorName;

/**
 * A node of a graph.
 *
 * @param name its name
 * @param op its op
 * @param inputs the tensors that it reads, each by its position among all results of its producer
 * @param controls the nodes that come before it
 * @param attributes as in the source
 */
record FlowNode(
    String name,
    String op,
    List<TensorName> inputs,
    Set<String> controls,
    SourceAttributes attributes) {
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
    return of(name, ARGUMENT, List.of(), Attributes.NONE);
  }

  /** A node of {@code op} with these attributes, of the kinds that {@link Attributes} names. */
  static FlowNode of(String name, String op, List<TensorName> inputs, Attributes attributes) {
    return of(name, op, inputs, Set.of(), attributes);
  }

  /** The same, behind nodes that it waits for. */
  static FlowNode of(
      String name,
      String op,
      List<TensorName> inputs,
      Set<String> controls,
      Attributes attributes) {
    return new FlowNode(name, op, inputs, controls, SourceAttributes.of(attributes));
  }

  /**
   * @throws NumberFormatException if an input is no tensor name
   */
  static FlowNode of(SourceNode node) {
    List<TensorName> inputs = new ArrayList<>();
    Set<String> controls = new LinkedHashSet<>();
    for (String input : node.inputs()) {
      TensorName tensor = TensorName.parse(input);
      if (tensor.control()) {
        controls.add(tensor.node());
      } else {
        inputs.add(tensor);
      }
    }
    return new FlowNode(node.name(), node.op(), inputs, controls, node.attributes());
  }

  SourceNode toSource() {
    List<String> tensors = new ArrayList<>();
    inputs.forEach(input -> tensors.add(text(input)));
    controls.forEach(control -> tensors.add("^" + control));
    return new SourceNode(name, op, tensors, attributes);
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
    return attributes.all();
  }

  boolean isHandle() {
    return HANDLES.contains(op);
  }

  /** Whether running it does more than compute its results from its inputs, as far as known. */
  boolean isStateful() {
    return !isHandle()
        && !READS.contains(op)
        && !op.equals(ARGUMENT)
        && TfOpCatalog.standard().find(op).map(FlowNode::hasEffect).orElse(true);
  }

  /** Ops that change a reference variable are not marked as stateful. */
  private static boolean hasEffect(TfOpDef op) {
    return op.stateful() || changesReference(op);
  }

  /** Whether an op takes a reference, and does not only hand it on. */
  static boolean changesReference(TfOpDef op) {
    return !op.name().startsWith("Ref") && op.inputs().stream().anyMatch(TfOpDef.ArgDef::ref);
  }

  static TensorName tensor(String node, int index) {
    return new TensorName(node, "", index, false);
  }

  static String text(TensorName tensor) {
    return tensor.index() == 0 ? tensor.node() : tensor.node() + ":" + tensor.index();
  }
}
