package org.signet.pass.tf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.SourceFunction;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.tensorflow.proto.OpDef.ArgDef;

/** The functions and ops of a source, and what can be said of them without importing them. */
final class FunctionLibrary {
  private static final Set<String> CALLS =
      Set.of("PartitionedCall", "StatefulPartitionedCall", "TPUPartitionedCall");

  private final Map<String, SourceFunction> functions;
  private final Map<String, TfOpDef> ops;
  private final Map<String, Map<String, SourceNode>> bodies = new HashMap<>();

  FunctionLibrary(SourceModel source) {
    this.functions = source.functions();
    this.ops = source.ops();
  }

  /**
   * What an op takes and gives: one of TensorFlow's, or of another library if the model states it
   * and an extension knows what it means.
   */
  Optional<TfOpDef> op(String name) {
    Optional<TfOpDef> listed = TfOpCatalog.standard().find(name);
    return listed.isPresent() || hasMeaning(name)
        ? Optional.ofNullable(ops.get(name)).or(() -> listed)
        : Optional.empty();
  }

  private static boolean hasMeaning(String op) {
    return OpDefinitions.standard().find(OpKey.tf(op)).isPresent();
  }

  /** Why there is no {@link #op} of this name. */
  Diagnostic unknownOp(String name) {
    return Diagnostic.error(
        Code.UNKNOWN_OP,
        "TensorFlow has no op '" + name + "'",
        hasMeaning(name)
            ? "the model does not state what it takes and gives: save it as a SavedModel while the"
                + " library with the op is loaded"
            : "it comes from a library of its own; an extension can say what it means and what it"
                + " becomes, see docs/extending.md");
  }

  Optional<SourceFunction> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  boolean has(String name) {
    return functions.containsKey(name);
  }

  /** The nodes of a function that there is, by name. */
  Map<String, SourceNode> body(String function) {
    return bodies.computeIfAbsent(
        function, name -> find(name).map(SourceFunction::nodesByName).orElse(Map.of()));
  }

  /** A node's attributes without the private ones, on types that a model file has. */
  Attributes attributes(SourceNode node) {
    return CarriedTypes.of(node.op(), op(node.op()), node.attributes().own());
  }

  /** The same with the defaults of those that the node leaves out. */
  Attributes completeAttributes(SourceNode node) {
    Attributes attributes = attributes(node);
    return op(node.op())
        .map(definition -> TfNodes.withDefaults(definition, attributes))
        .orElse(attributes);
  }

  /**
   * The place of a node's first result of this name; beyond all results if there is none, 0 for a
   * node that calls a function by an attribute.
   */
  int firstResult(SourceNode node, String result) {
    if (has(node.op())) {
      return outputIndex(node.op(), result);
    }
    return op(node.op())
        .filter(definition -> !CALLS.contains(node.op()))
        .filter(definition -> !isFirst(definition, result))
        .map(definition -> TfNodes.firstResult(definition, completeAttributes(node), result))
        .orElse(0);
  }

  /** Told without the node's attributes, which it takes time to read. */
  private static boolean isFirst(TfOpDef definition, String result) {
    return !definition.outputs().isEmpty() && definition.outputs().getFirst().name().equals(result);
  }

  /** The function that a node calls as a whole, if it is no more than a call. */
  Optional<String> called(SourceNode node) {
    if (CALLS.contains(node.op())) {
      return Optional.of(attributes(node).getFunction("f").name());
    }
    return has(node.op()) ? Optional.of(node.op()) : Optional.empty();
  }

  /** The place of a result; beyond all results if there is none of this name. */
  private int outputIndex(String function, String result) {
    List<ArgDef> outputs = find(function).orElseThrow().signature().getOutputArgList();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).getName().equals(result)) {
        return i;
      }
    }
    return Integer.MAX_VALUE / 2;
  }

  /** Whether a function of the library returns an argument, unchanged, as this result. */
  boolean returnsArgument(String name, int argumentIndex, int resultIndex) {
    SourceFunction function = functions.get(name);
    if (function == null
        || argumentIndex >= function.signature().getInputArgCount()
        || resultIndex >= function.signature().getOutputArgCount()) {
      return false;
    }
    String argument = function.signature().getInputArg(argumentIndex).getName();
    String returned = nodeOf(function.returned(function.signature().getOutputArg(resultIndex)));
    Map<String, SourceNode> nodes = body(name);
    for (int steps = 0; steps <= nodes.size() && !returned.equals(argument); steps++) {
      SourceNode node = nodes.get(returned);
      if (node == null || !node.op().equals("Identity") || node.inputs().isEmpty()) {
        return false;
      }
      returned = nodeOf(node.inputs().getFirst());
    }
    return returned.equals(argument);
  }

  private static String nodeOf(String tensor) {
    int colon = tensor.indexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }
}
