package org.signet.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.signet.model.ModelSignature;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.type.TensorType;

/**
 * The inputs and outputs of a signature.
 *
 * @param inputs declared types by name, in the file's order
 * @param outputs declared types by name, in the file's order
 */
public record SignatureInfo(
    SequencedMap<String, TensorType> inputs, SequencedMap<String, TensorType> outputs) {
  public SignatureInfo {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }

  static SignatureInfo of(TfliteModel model, ModelSignature signature) {
    ModelSubgraph subgraph = model.subgraphs().get(signature.subgraph());
    return new SignatureInfo(
        types(subgraph, signature.inputs()), types(subgraph, signature.outputs()));
  }

  private static SequencedMap<String, TensorType> types(
      ModelSubgraph subgraph, SequencedMap<String, Integer> tensors) {
    SequencedMap<String, TensorType> types = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> types.put(name, subgraph.tensors().get(tensor).type()));
    return types;
  }

  /** The names alone: {@code {inputs=[x], outputs=[encoded_result]}}. */
  @Override
  public String toString() {
    return "{inputs=" + inputs.keySet() + ", outputs=" + outputs.keySet() + "}";
  }
}
