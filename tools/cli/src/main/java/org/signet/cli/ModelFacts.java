package org.signet.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSignature;
import org.signet.model.ModelSubgraph;
import org.signet.model.ModelTensor;
import org.signet.model.TfliteModel;
import org.signet.type.TensorType;

/**
 * What can be told of a model file without running it.
 *
 * @param signatures by key, in the file's order
 * @param bytes the size of the file
 * @param constantBytes the size of the constants in it, each counted once
 */
record ModelFacts(Map<String, SignatureFacts> signatures, long bytes, long constantBytes) {
  /**
   * One signature.
   *
   * @param inputs declared types by name, in the file's order
   * @param outputs declared types by name, in the file's order
   * @param builtins how often each builtin is used, subgraphs that are called included
   * @param flexOps how often each Flex op or other custom op is used
   */
  record SignatureFacts(
      Map<String, TensorType> inputs,
      Map<String, TensorType> outputs,
      Map<String, Integer> builtins,
      Map<String, Integer> flexOps) {}

  static ModelFacts of(TfliteModel model) {
    Map<String, SignatureFacts> signatures = new LinkedHashMap<>();
    for (Map.Entry<String, ModelSignature> signature : model.signatures().entrySet()) {
      signatures.put(signature.getKey(), facts(model, signature.getValue()));
    }
    return new ModelFacts(signatures, model.size(), constantBytes(model));
  }

  private static SignatureFacts facts(TfliteModel model, ModelSignature signature) {
    ModelSubgraph subgraph = model.subgraphs().get(signature.subgraph());
    Map<String, Integer> builtins = new TreeMap<>();
    Map<String, Integer> others = new TreeMap<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(signature.subgraph());
    while (!open.isEmpty()) {
      int index = open.remove();
      if (seen.add(index)) {
        for (ModelOperator operator : model.subgraphs().get(index).operators()) {
          (operator.key().isBuiltin() ? builtins : others)
              .merge(operator.key().toString(), 1, Integer::sum);
          called(operator, open);
        }
      }
    }
    return new SignatureFacts(
        types(subgraph, signature.inputs()),
        types(subgraph, signature.outputs()),
        builtins,
        others);
  }

  /** The options that name a subgraph all end alike in the schema. */
  private static void called(ModelOperator operator, Deque<Integer> open) {
    for (Map.Entry<String, Object> attribute : operator.attributes().asMap().entrySet()) {
      boolean names =
          attribute.getKey().endsWith("subgraph_index") || attribute.getKey().equals("subgraph");
      if (operator.key().isBuiltin() && names && attribute.getValue() instanceof Long index) {
        open.add(Math.toIntExact(index));
      }
    }
  }

  private static Map<String, TensorType> types(
      ModelSubgraph subgraph, Map<String, Integer> tensors) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> tensor : tensors.entrySet()) {
      types.put(tensor.getKey(), subgraph.tensors().get(tensor.getValue()).type());
    }
    return types;
  }

  private static long constantBytes(TfliteModel model) {
    Set<Integer> buffers = new HashSet<>();
    long bytes = 0;
    for (int i = 0; i < model.subgraphs().size(); i++) {
      ModelSubgraph subgraph = model.subgraphs().get(i);
      for (ModelTensor tensor : subgraph.tensors()) {
        if (tensor.buffer() != 0 && buffers.add(tensor.buffer())) {
          bytes += model.bufferSize(tensor.buffer());
        }
      }
    }
    return bytes;
  }
}
