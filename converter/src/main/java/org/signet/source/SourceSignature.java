package org.signet.source;

import java.util.List;

/**
 * A signature as a source declares it.
 *
 * @param key the signature key, to the letter
 * @param method the method name, such as {@code tensorflow/serving/predict}
 * @param inputs in declared order
 * @param outputs in declared order
 */
public record SourceSignature(
    String key, String method, List<Endpoint> inputs, List<Endpoint> outputs) {
  public SourceSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
