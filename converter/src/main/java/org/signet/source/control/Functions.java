package org.signet.source.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.signet.op.Attributes;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;

/** The function library, to which conditionals and loops add theirs. */
final class Functions {
  private final Map<String, FunctionDef> library;

  Functions(Map<String, FunctionDef> library) {
    this.library = new LinkedHashMap<>(library);
  }

  Map<String, FunctionDef> library() {
    return library;
  }

  /** Adds a function that does what {@code graph} says, under a name like {@code wanted}. */
  Attributes.FunctionRef add(String wanted, FlowGraph graph) {
    String name = wanted;
    for (int i = 1; library.containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    library.put(name, definition(name, graph));
    return new Attributes.FunctionRef(name, Attributes.NONE);
  }

  /** Puts {@code graph} in place of the body of a function that the library has. */
  void replaceBody(FunctionDef function, FlowGraph graph) {
    FunctionDef.Builder builder = function.toBuilder().clearNodeDef().clearRet().clearControlRet();
    for (int i = 0; i < function.getSignature().getOutputArgCount(); i++) {
      String output = function.getSignature().getOutputArg(i).getName();
      builder.putRet(output, FlowNode.text(graph.outputs().get(i)));
    }
    fill(builder, graph);
    library.put(function.getSignature().getName(), builder.build());
  }

  private static FunctionDef definition(String name, FlowGraph graph) {
    OpDef.Builder signature = OpDef.newBuilder().setName(name);
    for (String argument : graph.arguments()) {
      signature.addInputArg(OpDef.ArgDef.newBuilder().setName(argument));
    }
    FunctionDef.Builder function = FunctionDef.newBuilder();
    for (int i = 0; i < graph.outputs().size(); i++) {
      String output = "output_" + i;
      signature.addOutputArg(OpDef.ArgDef.newBuilder().setName(output));
      function.putRet(output, FlowNode.text(graph.outputs().get(i)));
    }
    fill(function.setSignature(signature), graph);
    return function.build();
  }

  private static void fill(FunctionDef.Builder function, FlowGraph graph) {
    for (FlowNode node : graph.nodes().values()) {
      if (!node.op().equals(FlowNode.ARGUMENT)) {
        function.addNodeDef(node.toNodeDef());
      }
    }
    graph.effects().forEach(effect -> function.putControlRet(effect, effect));
  }
}
