package org.signet.source.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.op.Attributes;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;

/** The function library, to which conditionals and loops add theirs. */
final class Functions {
  private final Map<String, SourceFunction> library;

  Functions(Map<String, SourceFunction> library) {
    this.library = new LinkedHashMap<>(library);
  }

  Map<String, SourceFunction> library() {
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
  void replaceBody(SourceFunction function, FlowGraph graph) {
    FunctionDef.Builder builder = function.declaration().toBuilder().clearRet().clearControlRet();
    for (int i = 0; i < function.signature().getOutputArgCount(); i++) {
      String output = function.signature().getOutputArg(i).getName();
      builder.putRet(output, FlowNode.text(graph.outputs().get(i)));
    }
    library.put(function.name(), filled(builder, graph));
  }

  private static SourceFunction definition(String name, FlowGraph graph) {
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
    return filled(function.setSignature(signature), graph);
  }

  private static SourceFunction filled(FunctionDef.Builder function, FlowGraph graph) {
    graph.effects().forEach(effect -> function.putControlRet(effect, effect));
    List<SourceNode> nodes =
        graph.nodes().values().stream()
            .filter(node -> !node.op().equals(FlowNode.ARGUMENT))
            .map(FlowNode::toSource)
            .toList();
    return new SourceFunction(function.build(), nodes);
  }
}
