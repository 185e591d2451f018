package org.signet.source.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;

/**
 * A function while its nodes are made. What they take from outside becomes arguments behind those
 * that it has anyway.
 */
final class FunctionFrame {
  private final List<KerasTensor> arguments;
  private final Captures captures;
  private final List<SourceNode> nodes = new ArrayList<>();
  private final Set<String> own = new HashSet<>();

  /**
   * @param arguments the function's own, under names that no other node has
   * @param captures shared by functions that must take the same
   */
  FunctionFrame(List<KerasTensor> arguments, Captures captures) {
    this.arguments = arguments;
    this.captures = captures;
    arguments.forEach(argument -> own.add(argument.name()));
  }

  /** What functions take from outside, in the order in which they first do. */
  static final class Captures {
    private final String prefix;
    private final Map<String, KerasTensor> byName = new LinkedHashMap<>();
    private final Map<String, KerasTensor> outside = new LinkedHashMap<>();

    /**
     * @param prefix begins the names of the arguments; nothing else's name begins so
     */
    Captures(String prefix) {
      this.prefix = prefix;
    }

    /** The tensors outside. */
    List<KerasTensor> outside() {
      return List.copyOf(outside.values());
    }

    /** The arguments that stand for them. */
    List<KerasTensor> inside() {
      return List.copyOf(byName.values());
    }

    private KerasTensor inside(KerasTensor tensor) {
      outside.putIfAbsent(tensor.name(), tensor);
      return byName.computeIfAbsent(
          tensor.name(), name -> KerasTensor.of(prefix + "/" + byName.size(), tensor.type()));
    }
  }

  void add(SourceNode node) {
    nodes.add(node);
    own.add(node.name());
  }

  /** The name of a tensor in this function. */
  String local(KerasTensor tensor) {
    int colon = tensor.name().indexOf(':');
    String node = colon < 0 ? tensor.name() : tensor.name().substring(0, colon);
    return own.contains(node) ? tensor.name() : captures.inside(tensor).name();
  }

  SourceFunction define(String name, List<KerasTensor> results) {
    OpDef.Builder signature = OpDef.newBuilder().setName(name);
    arguments.forEach(argument -> signature.addInputArg(argument(argument.name(), argument)));
    captures
        .inside()
        .forEach(argument -> signature.addInputArg(argument(argument.name(), argument)));
    FunctionDef.Builder function = FunctionDef.newBuilder();
    for (int i = 0; i < results.size(); i++) {
      String output = "output" + i;
      signature.addOutputArg(argument(output, results.get(i)));
      function.putRet(output, results.get(i).name());
    }
    return new SourceFunction(function.setSignature(signature).build(), nodes);
  }

  private static OpDef.ArgDef argument(String name, KerasTensor tensor) {
    DataType type = DataType.forNumber(tensor.dtype().tfNumber());
    return OpDef.ArgDef.newBuilder().setName(name).setType(type).build();
  }
}
