package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;

/**
 * One call of an op with the results that TensorFlow computed for it.
 *
 * @param name unique in its file
 * @param key the op
 * @param attributes its attributes
 * @param operands its operands, empty where an optional one is absent
 * @param results what TensorFlow gives; empty where the call must fail
 * @param fails whether the call must be refused
 * @param tolerance how far results may be off; the op's own accuracy if not given
 */
public record OpCase(
    String name,
    OpKey key,
    Attributes attributes,
    List<Optional<Tensor>> operands,
    List<Tensor> results,
    boolean fails,
    Optional<Accuracy> tolerance) {

  @Override
  public String toString() {
    return key + " " + name;
  }
}
