package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param declared whether the types of results are the model's choice
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
    boolean declared,
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

  /** Whether the model file tells more than the operands do: quantization, types of results. */
  public boolean isDeclared() {
    return declared
        || Stream.concat(operandQuantizations.stream(), resultQuantizations.stream())
            .anyMatch(Quantization::isQuantized);
  }

  /**
   * What a run gave.
   *
   * @param results the results
   * @param after what variables hold then, by operand
   */
  public record Outcome(List<Tensor> results, Map<Integer, Tensor> after) {}

  /** Runs {@code definition}, by all that is declared if there is more than types to it. */
  public Outcome run(OpDefinition definition) {
    List<Optional<Tensor>> own = new ArrayList<>(operands);
    Map<Integer, Tensor> variables = new TreeMap<>();
    after
        .keySet()
        .forEach(i -> {
          variables.put(i, operands.get(i).orElseThrow().copy());
          own.set(i, Optional.of(variables.get(i)));
        });
    List<Tensor> given =
        isDeclared()
            ? DirectCall.evaluate(definition, attributes, own, operandTypes(), resultTypes())
            : DirectCall.evaluate(definition, attributes, own, results.size());
    return new Outcome(given, variables);
  }

  @Override
  public String toString() {
    return key + " " + name;
  }
}
