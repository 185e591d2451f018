package org.signet.reader;

import java.util.List;

/**
 * A signature as the file declares it.
 *
 * @param key its key
 * @param methodName such as {@code tensorflow/serving/predict}
 * @param inputs in declared order
 * @param outputs in declared order
 */
public record SignatureInfo(
    String key, String methodName, List<TensorInfo> inputs, List<TensorInfo> outputs) {
  public SignatureInfo {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
