package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.signet.type.DType;

/** Layers that join several tensors element by element or end to end. */
final class MergeLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of(
        "Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract", "TFDConcat");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    List<KerasTensor> inputs = call.alikeInputs();
    if (call.layer().className().endsWith("Concat")
        || call.layer().className().equals("Concatenate")) {
      int axis = inputs.getFirst().axis(call.config().getInt("axis", -1));
      return List.of(ops.concat(inputs, axis).withMask(joined(call, axis)));
    }
    if (!call.keras2() && inputs.stream().anyMatch(input -> input.mask().isPresent())) {
      switch (call.layer().className()) {
        case "Maximum", "Minimum", "Multiply" -> {
          return List.of(MaskedMerge.merge(call));
        }
        default -> {} // the others take no account of masks
      }
    }
    List<KerasTensor> operands = sameRank(ops, inputs);
    KerasTensor result =
        switch (call.layer().className()) {
          case "Add" -> fold(operands, ops::plus);
          case "Average" -> average(call, operands);
          case "Maximum" -> fold(operands, (x, y) -> ops.binary("Maximum", x, y));
          case "Minimum" -> fold(operands, (x, y) -> ops.binary("Minimum", x, y));
          case "Multiply" -> fold(operands, ops::times);
          default -> fold(operands, ops::minus);
        };
    return List.of(result.withMask(common(call)));
  }

  private static KerasTensor average(LayerCall call, List<KerasTensor> operands) {
    GraphOps ops = call.ops();
    KerasTensor sum = fold(operands, ops::plus);
    if (sum.dtype().isInteger()) {
      // As TensorFlow divides whole numbers.
      sum = ops.cast(sum, sum.dtype().bytes() < 4 ? DType.FLOAT32 : DType.FLOAT64);
    }
    return ops.binary("RealDiv", sum, operands.size());
  }

  private static KerasTensor fold(List<KerasTensor> operands, BinaryOperator<KerasTensor> op) {
    return operands.stream().reduce(op).orElseThrow(IllegalArgumentException::new);
  }

  /** Tensors of fewer dimensions get ones of size 1 after the batch. */
  private static List<KerasTensor> sameRank(GraphOps ops, List<KerasTensor> inputs) {
    int rank = inputs.stream().mapToInt(KerasTensor::rank).max().orElse(0);
    List<KerasTensor> result = new ArrayList<>();
    for (KerasTensor input : inputs) {
      KerasTensor x = input;
      while (x.rank() < rank) {
        x = ops.expandDims(x, 1);
      }
      result.add(x);
    }
    return result;
  }

  private static List<KerasTensor> masks(LayerCall call) {
    return call.inputs().stream().flatMap(input -> input.mask().stream()).toList();
  }

  /** Keras 2: a step counts if it does in all that are masked; Keras 3: in any, if all are. */
  private static Optional<KerasTensor> common(LayerCall call) {
    List<KerasTensor> masks = masks(call);
    if (!call.keras2() && masks.size() < call.inputs().size()) {
      return Optional.empty();
    }
    String op = call.keras2() ? "LogicalAnd" : "LogicalOr";
    return masks.stream().reduce((x, y) -> call.ops().binary(op, x, y));
  }

  private static Optional<KerasTensor> joined(LayerCall call, int axis) {
    GraphOps ops = call.ops();
    List<KerasTensor> masks = masks(call);
    if (masks.isEmpty()) {
      return Optional.empty();
    }
    int last = call.input().rank() - 1;
    if (call.keras2() && axis == last) {
      return masks.stream().reduce((x, y) -> ops.binary("LogicalAnd", x, y));
    }
    if (call.keras2() && masks.size() < call.inputs().size()) {
      throw call.unsupported("it joins tensors of which some are masked and some are not");
    }
    List<KerasTensor> whole = new ArrayList<>();
    for (KerasTensor input : call.inputs()) {
      KerasTensor ones = ops.cast(ops.unary("OnesLike", input), DType.BOOL);
      whole.add(
          input
              .mask()
              .map(mask -> ops.binary("LogicalAnd", MaskedMerge.raised(ops, mask, input), ones))
              .orElse(ones));
    }
    return Optional.of(ops.reduce("Any", ops.concat(whole, axis), false, last));
  }
}
