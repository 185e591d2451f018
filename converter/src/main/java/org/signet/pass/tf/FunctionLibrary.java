package org.signet.pass.tf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef.ArgDef;

/** The functions of a source, and what can be said of them without importing them. */
final class FunctionLibrary {
  private final Map<String, FunctionDef> functions;
  private final Map<String, Map<String, NodeDef>> bodies = new HashMap<>();

  FunctionLibrary(Map<String, FunctionDef> functions) {
    this.functions = functions;
  }

  Optional<FunctionDef> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  boolean has(String name) {
    return functions.containsKey(name);
  }

  /** The nodes of a function that there is, by name. */
  Map<String, NodeDef> body(String function) {
    return bodies.computeIfAbsent(
        function,
        name -> {
          Map<String, NodeDef> nodes = new HashMap<>();
          find(name)
              .ifPresent(
                  found -> found.getNodeDefList().forEach(node -> nodes.put(node.getName(), node)));
          return nodes;
        });
  }

  /** The place of a result; beyond all results if there is none of this name. */
  int outputIndex(String function, String result) {
    List<ArgDef> outputs = find(function).orElseThrow().getSignature().getOutputArgList();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).getName().equals(result)) {
        return i;
      }
    }
    return Integer.MAX_VALUE / 2;
  }

  /** Whether a function of the library returns its argument {@code index} in the same place. */
  boolean returnsArgument(String name, int index) {
    FunctionDef function = functions.get(name);
    if (function == null
        || index >= function.getSignature().getInputArgCount()
        || index >= function.getSignature().getOutputArgCount()) {
      return false;
    }
    String argument = function.getSignature().getInputArg(index).getName();
    String output = function.getSignature().getOutputArg(index).getName();
    String returned = nodeOf(function.getRetOrDefault(output, output));
    Map<String, NodeDef> nodes = body(name);
    for (int steps = 0; steps <= nodes.size() && !returned.equals(argument); steps++) {
      NodeDef node = nodes.getOrDefault(returned, NodeDef.getDefaultInstance());
      if (!node.getOp().equals("Identity") || node.getInputCount() == 0) {
        return false;
      }
      returned = nodeOf(node.getInput(0));
    }
    return returned.equals(argument);
  }

  private static String nodeOf(String tensor) {
    int colon = tensor.indexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }
}
