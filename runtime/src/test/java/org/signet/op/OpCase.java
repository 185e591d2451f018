package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.signet.tensor.Tensor;
import org.signet.type.Quantization;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * One call of an op with the results that TensorFlow computed for it.
 *
 * @param name unique in its file
 * @param key the op
 * @param attributes its attributes
 * @param operands its operands, empty where an optional one is absent
 * @param results what TensorFlow gives; empty where the call must fail
 * @param fails whether the call must be refused
 * @param operandQuantizations what the integers of each operand stand for
 * @param resultQuantizations what the integers of each result stand for
 * @param after what operands that are variables hold after the call, by their number
 * @param tolerance how far results may be off; the op's own accuracy if not given
 */
public record OpCase(
    String name,
    OpKey key,
    Attributes attributes,
    List<Optional<Tensor>> operands,
    List<Tensor> results,
    boolean fails,
    List<Quantization> operandQuantizations,
    List<Quantization> resultQuantizations,
    Map<Integer, Tensor> after,
    Optional<Accuracy> tolerance) {

  /** The operands' declared types. */
  public List<Optional<TensorType>> operandTypes() {
    List<Optional<TensorType>> types = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Quantization quantization = operandQuantizations.get(i);
      types.add(operands.get(i).map(tensor -> quantized(tensor, quantization)));
    }
    return types;
  }

  /** The results' declared types. */
  public List<TensorType> resultTypes() {
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      types.add(quantized(results.get(i), resultQuantizations.get(i)));
    }
    return types;
  }

  private static TensorType quantized(Tensor tensor, Quantization quantization) {
    return new TensorType(tensor.dtype(), Shape.of(tensor.shape()), quantization);
  }

  /** Whether a tensor of the call is quantized. */
  public boolean isQuantized() {
    return Stream.concat(operandQuantizations.stream(), resultQuantizations.stream())
        .anyMatch(Quantization::isQuantized);
  }

  /** Runs {@code definition}, by all that is declared if the case is quantized. */
  public List<Tensor> run(OpDefinition definition) {
    return isQuantized()
        ? DirectCall.evaluate(definition, attributes, operands, operandTypes(), resultTypes())
        : DirectCall.evaluate(definition, attributes, operands, results.size());
  }

  @Override
  public String toString() {
    return key + " " + name;
  }
}
