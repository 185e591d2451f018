package org.signet.pass.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivation;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/**
 * The graph that computes one constant of others, which are its inputs:
 *
 * <pre>
 *   w[:, :100] transposed, of w transposed  →  Transpose(Slice(Transpose(input)))
 * </pre>
 *
 * of TensorFlow's ops and builtins, as they were when the constant was folded.
 */
final class Recomputation {
  private final WeightFamilies families;
  private final GraphBuilder builder;
  private final String name;
  private final Map<ConstantData, Value> made = new HashMap<>();
  private final IdentityHashMap<Value.Input, Value.Constant> stored = new IdentityHashMap<>();

  private Recomputation(WeightFamilies families, GraphBuilder builder, String name) {
    this.families = families;
    this.builder = builder;
    this.name = name;
  }

  /**
   * A graph of one output.
   *
   * @param constants for its inputs, by their number
   */
  record Result(Graph graph, List<Value.Constant> constants) {}

  static Result of(Value.Constant constant, WeightFamilies families, GraphBuilder builder) {
    Recomputation recomputation = new Recomputation(families, builder, constant.name());
    Value output = recomputation.value(constant);
    Graph graph = builder.build(List.of(output));
    List<Value.Constant> constants = new ArrayList<>();
    graph.inputs().forEach(input -> constants.add(recomputation.stored.get(input)));
    return new Result(graph, constants);
  }

  private Value value(Value.Constant constant) {
    Value value = made.get(constant.data());
    if (value == null) {
      Optional<WeightFamilies.Step> step = families.step(constant.data());
      value = step.isPresent() ? computed(step.get()) : input(constant);
      made.put(constant.data(), value);
    }
    return reshaped(value, constant.type());
  }

  private Value input(Value.Constant constant) {
    Value.Input input = builder.input(constant.name(), constant.type());
    stored.put(input, constant);
    return input;
  }

  private Value computed(WeightFamilies.Step step) {
    return switch (step) {
      case WeightFamilies.Step.Forward(Derivation derivation) -> forward(derivation);
      case WeightFamilies.Step.Back(ConstantData of, Derivation derivation) -> back(of, derivation);
    };
  }

  private Value forward(Derivation derivation) {
    List<Value.Constant> sources = derivation.sources();
    List<Value> operands = new ArrayList<>();
    for (Value operand : derivation.operands()) {
      operands.add(
          operand instanceof Value.Constant source && sources.contains(source)
              ? value(source)
              : operand);
    }
    return builder
        .add(
            derivation.op(),
            derivation.attributes(),
            operands,
            derivation.types(),
            name,
            Origin.NONE)
        .get(derivation.index());
  }

  private Value back(ConstantData of, Derivation derivation) {
    int[] order = derivation.order().orElseThrow();
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    Value transposed = value(new Value.Constant(name, derivation.types().getFirst(), of));
    return builder.addOne(
        OpKey.tf("Transpose"),
        Attributes.NONE,
        List.of(transposed, builder.constant(name + "/order", Tensor.of(inverse))),
        name,
        Origin.NONE);
  }

  private Value reshaped(Value value, TensorType type) {
    return value.type().shape().equals(type.shape())
        ? value
        : builder.addOne(
            OpKey.builtin("RESHAPE"),
            Attributes.NONE,
            List.of(value, builder.constant(name + "/shape", Tensor.of(type.shape().dims()))),
            name,
            Origin.NONE);
  }
}
