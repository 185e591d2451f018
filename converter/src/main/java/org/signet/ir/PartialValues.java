package org.signet.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Follows small integer tensors of which only some elements are known: the shape arithmetic of a
 * model with free dimensions.
 *
 * <p>An unknown element is held as {@link OpTypes#UNKNOWN_ELEMENT}. Ops that only move elements run
 * on such tensors as they are; arithmetic runs once on the numbers and once on flags that say which
 * elements depend on an unknown one.
 */
final class PartialValues {
  /** Larger tensors are no shape arithmetic. */
  static final int MOST_ELEMENTS = 1024;

  private static final Set<String> SHAPE_OPS = Set.of("Shape", "ShapeN", "SHAPE");
  private static final Set<String> ALL_OPERANDS_MOVE =
      Set.of("Pack", "PACK", "ConcatV2", "Concat", "CONCATENATION");
  private static final Set<String> SECOND_OPERAND_MOVES = Set.of("Split", "SPLIT", "Fill", "FILL");
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Add",
          "AddV2",
          "ADD",
          "Sub",
          "SUB",
          "Mul",
          "MUL",
          "FloorDiv",
          "FLOOR_DIV",
          "FloorMod",
          "FLOOR_MOD",
          "Maximum",
          "MAXIMUM",
          "Minimum",
          "MINIMUM",
          "TruncateDiv",
          "DIV",
          "Cast",
          "CAST",
          "Neg",
          "NEG");
  private static final Set<String> REDUCTIONS = Set.of("Prod", "REDUCE_PROD", "Sum", "SUM");

  private final OpDefinitions definitions;
  private final IdentityHashMap<Value, Tensor> known = new IdentityHashMap<>();

  PartialValues(OpDefinitions definitions) {
    this.definitions = definitions;
  }

  Optional<Tensor> find(Value value) {
    return Optional.ofNullable(known.get(value));
  }

  void put(Value value, Tensor partial) {
    known.put(value, partial);
  }

  /**
   * Works out what is known of the results just added. A result known in full is replaced by a
   * constant.
   *
   * @return the results, or constants in their stead
   */
  List<Value> derive(
      OpDefinition definition, OpTypes op, List<Value> results, GraphBuilder builder, String name) {
    Optional<List<Tensor>> values = evaluate(definition, op, results);
    if (values.isEmpty()) {
      return results;
    }
    List<Value> replaced = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Tensor value = values.get().get(i);
      if (isComplete(value)) {
        replaced.add(builder.constant(i == 0 ? name : name + ":" + i, value));
      } else {
        put(results.get(i), value);
        replaced.add(results.get(i));
      }
    }
    return replaced;
  }

  private Optional<List<Tensor>> evaluate(
      OpDefinition definition, OpTypes op, List<Value> results) {
    String name = definition.key().name();
    if (SHAPE_OPS.contains(name)) {
      return shapesOf(op, results);
    }
    for (Value result : results) {
      DType dtype = result.type().dtype();
      if ((dtype != DType.INT32 && dtype != DType.INT64)
          || !GraphBuilder.isSmall(result.type().shape())) {
        return Optional.empty();
      }
    }
    List<Optional<Tensor>> operands = new ArrayList<>();
    boolean anyUnknown = false;
    for (int i = 0; i < op.operandCount(); i++) {
      Optional<Tensor> operand = op.partial(i);
      if (op.has(i) && operand.isEmpty()) {
        return Optional.empty();
      }
      boolean unknown = operand.isPresent() && !isComplete(operand.get());
      if (unknown && !(ELEMENTWISE.contains(name) || mayBeUnknown(definition, i))) {
        return Optional.empty();
      }
      anyUnknown |= unknown;
      operands.add(operand);
    }
    if (!anyUnknown) {
      return Optional.empty();
    }
    if (ELEMENTWISE.contains(name)) {
      return Optional.of(List.of(elementwise(definition, op.attributes(), operands, results)));
    }
    if (REDUCTIONS.contains(name)) {
      return Optional.of(List.of(reduce(definition, op.attributes(), operands, results)));
    }
    return definition.movesElements()
        ? Optional.of(DirectCall.evaluate(definition, op.attributes(), operands, typesOf(results)))
        : Optional.empty();
  }

  private static boolean mayBeUnknown(OpDefinition definition, int operand) {
    String name = definition.key().name();
    if (ALL_OPERANDS_MOVE.contains(name)) {
      return true;
    }
    return operand == (SECOND_OPERAND_MOVES.contains(name) ? 1 : 0);
  }

  private static Optional<List<Tensor>> shapesOf(OpTypes op, List<Value> results) {
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Shape shape = op.shape(i);
      if (!shape.hasRank()) {
        return Optional.empty();
      }
      values.add(sizes(shape, results.get(i).type().dtype()));
    }
    return Optional.of(values);
  }

  private static Tensor sizes(Shape shape, DType dtype) {
    Tensor value = Tensor.zeros(dtype, shape.rank());
    for (int i = 0; i < shape.rank(); i++) {
      value.setLong(i, shape.isKnown(i) ? shape.dim(i) : OpTypes.UNKNOWN_ELEMENT);
    }
    return value;
  }

  private Tensor elementwise(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<Value> results) {
    List<Optional<Tensor>> numbers =
        operands.stream().map(o -> o.map(PartialValues::onesForUnknown)).toList();
    List<Tensor> flags =
        operands.stream().flatMap(Optional::stream).map(PartialValues::flags).toList();
    Tensor value =
        DirectCall.evaluate(definition, attributes, numbers, typesOf(results)).getFirst();
    Tensor unknown = flags.getFirst();
    if (flags.size() == 2) {
      unknown = DirectCall.evaluate(definition("ADD"), Attributes.NONE, flags.get(0), flags.get(1));
    }
    return mark(value, unknown);
  }

  private Tensor reduce(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<Value> results) {
    Tensor data = operands.getFirst().orElseThrow();
    List<Optional<Tensor>> numbers = new ArrayList<>(operands);
    numbers.set(0, Optional.of(onesForUnknown(data)));
    List<Optional<Tensor>> flagged = new ArrayList<>(operands);
    flagged.set(0, Optional.of(flags(data)));
    Tensor value =
        DirectCall.evaluate(definition, attributes, numbers, typesOf(results)).getFirst();
    OpDefinition sum =
        definitions
            .find(definition.key().isTf() ? OpKey.tf("Sum") : OpKey.builtin("SUM"))
            .orElseThrow();
    TensorType flagType = TensorType.of(DType.INT64, value.shape());
    return mark(value, DirectCall.evaluate(sum, attributes, flagged, List.of(flagType)).getFirst());
  }

  private OpDefinition definition(String builtin) {
    return definitions.find(OpKey.builtin(builtin)).orElseThrow();
  }

  private static List<TensorType> typesOf(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static boolean isUnknown(Tensor tensor, int i) {
    return tensor.getLong(i) == OpTypes.UNKNOWN_ELEMENT;
  }

  private static boolean isComplete(Tensor tensor) {
    if (!tensor.dtype().isInteger()) {
      return true;
    }
    for (int i = 0; i < tensor.size(); i++) {
      if (isUnknown(tensor, i)) {
        return false;
      }
    }
    return true;
  }

  private static Tensor onesForUnknown(Tensor tensor) {
    Tensor ones = tensor.copy();
    for (int i = 0; i < ones.size(); i++) {
      if (isUnknown(ones, i)) {
        ones.setLong(i, 1);
      }
    }
    return ones;
  }

  private static Tensor flags(Tensor tensor) {
    Tensor flags = Tensor.zeros(DType.INT64, tensor.shape());
    for (int i = 0; i < flags.size(); i++) {
      flags.longs()[i] = isUnknown(tensor, i) ? 1 : 0;
    }
    return flags;
  }

  private static Tensor mark(Tensor value, Tensor unknown) {
    Tensor marked = value.copy();
    for (int i = 0; i < marked.size(); i++) {
      if (unknown.getLong(i) != 0) {
        marked.setLong(i, OpTypes.UNKNOWN_ELEMENT);
      }
    }
    return marked;
  }
}
