package org.signet.ir;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.Effects;
import org.signet.op.FusedActivation;
import org.signet.op.KnownOperands;
import org.signet.op.OpDefinition;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Evaluates pure ops on constant operands, within a budget: a result may be larger than the
 * operands only while it is small, so that a fill or a tile never blows up the file.
 */
final class ConstantFolder {
  /** Folding may make this many bytes of a few. */
  private static final long FREE_BYTES = 64 << 10;

  /** Results from this size on are kept for other uses of the same operands. */
  static final long KEEP_FROM_BYTES = 16 << 10;

  /** Ops that give operand 0 under another shape. */
  private static final Set<String> RESHAPES =
      Set.of("EXPAND_DIMS", "ExpandDims", "RESHAPE", "Reshape", "SQUEEZE", "Squeeze");

  /** Ops that move a large weight's elements when they are read, or in slabs. */
  private static final Set<String> TRANSPOSES = Set.of("TRANSPOSE", "Transpose");

  /** Ops that scale a large weight when it is read. */
  private static final Set<String> PRODUCTS = Set.of("MUL", "Mul");

  private final ConstantStore store;

  ConstantFolder(ConstantStore store) {
    this.store = store;
  }

  /**
   * What makes two evaluations the same.
   *
   * @param operands a {@link ConstantKey} for each, or the absent operand
   */
  private record Evaluation(OpKey op, Attributes attributes, List<Object> operands) {}

  /** The results as constants; empty if the op is not to be folded. */
  Optional<List<Value>> fold(
      OpDefinition definition,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> types,
      String name) {
    boolean constant =
        operands.stream().allMatch(v -> !v.isPresent() || v instanceof Value.Constant);
    if (definition.effects() != Effects.PURE
        || !constant
        || types.stream().anyMatch(type -> type.dtype() == DType.VARIANT)) {
      return Optional.empty(); // no file can hold a constant list
    }
    long operandBytes = 0;
    for (Value operand : operands) {
      operandBytes += operand.isPresent() ? bytes(operand.type()) : 0;
    }
    long resultBytes = types.stream().mapToLong(ConstantFolder::bytes).sum();
    if (resultBytes > FREE_BYTES && resultBytes > operandBytes) {
      return Optional.empty();
    }
    if (RESHAPES.contains(definition.key().name()) && types.getFirst().shape().isStatic()) {
      return Optional.of(
          List.of(((Value.Constant) operands.getFirst()).as(name, types.getFirst())));
    }
    if (resultBytes < KEEP_FROM_BYTES) {
      return Optional.of(List.copyOf(evaluate(definition, attributes, operands, types, name)));
    }
    Evaluation key = new Evaluation(definition.key(), attributes, keys(operands));
    return Optional.of(
        List.copyOf(
            store.once(key, () -> evaluate(definition, attributes, operands, types, name))));
  }

  private static List<Object> keys(List<Value> operands) {
    List<Object> keys = new ArrayList<>();
    for (Value operand : operands) {
      keys.add(operand instanceof Value.Constant constant ? ConstantKey.of(constant) : operand);
    }
    return keys;
  }

  private List<Value.Constant> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> types,
      String name) {
    List<Value.Constant> results = compute(definition, attributes, operands, types, name);
    store.derivations().add(definition.key(), attributes, operands, results);
    return results;
  }

  private List<Value.Constant> compute(
      OpDefinition definition,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> types,
      String name) {
    Optional<ConstantData> derived =
        transposed(definition, attributes, operands)
            .or(() -> scaled(definition, attributes, operands, types.getFirst()));
    if (derived.isPresent()) {
      return List.of(new Value.Constant(name, types.getFirst(), derived.get()));
    }
    List<Optional<Tensor>> values = new ArrayList<>();
    for (Value operand : operands) {
      values.add(
          operand instanceof Value.Constant constant
              ? Optional.of(constant.data().load(constant.type()))
              : Optional.empty());
    }
    List<Tensor> results = DirectCall.evaluate(definition, attributes, values, types);
    List<Value.Constant> constants = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Tensor result = results.get(i);
      String resultName = i == 0 ? name : name + ":" + i;
      constants.add(new Value.Constant(resultName, result.type(), store.keep(result)));
    }
    return constants;
  }

  /** A transposed weight, if it is large enough for more than the plain way. */
  private Optional<ConstantData> transposed(
      OpDefinition definition, Attributes attributes, List<Value> operands) {
    if (!TRANSPOSES.contains(definition.key().name())
        || !(operands.get(0) instanceof Value.Constant weight)
        || !(operands.get(1) instanceof Value.Constant order)
        || weight.type().dtype() == DType.STRING) {
      return Optional.empty();
    }
    Tensor axes = order.data().load(order.type());
    if (weight.type().dtype().bytes() == Integer.BYTES) {
      Optional<ConstantData> data =
          transposed(weight.data(), weight.type().shape(), KnownOperands.ints(axes));
      if (data.isPresent()) {
        return data;
      }
    }
    return weight.data() instanceof ConstantData.Mapped(MemorySegment from)
            && from.byteSize() >= ConstantStore.SPILL_FROM
        ? Optional.of(
            store.mapped(
                from.byteSize(),
                to ->
                    new SlabTranspose(definition, attributes, axes).write(from, weight.type(), to)))
        : Optional.empty();
  }

  /** What is transposed and scaled is scaled last, in whichever order a model does it. */
  private static Optional<ConstantData> transposed(ConstantData data, Shape shape, int[] order) {
    Optional<ConstantData> transposed =
        TransposedData.of(data, shape, order).map(TransposedData::simplified);
    return data instanceof ScaledData scaled
        ? TransposedData.of(scaled.source(), shape, order)
            .flatMap(scaled::swapped)
            .<ConstantData>map(swapped -> swapped)
            .or(() -> transposed)
        : transposed;
  }

  /** A weight times factors, if that is what the op computes. */
  private static Optional<ConstantData> scaled(
      OpDefinition definition, Attributes attributes, List<Value> operands, TensorType type) {
    boolean product =
        PRODUCTS.contains(definition.key().name())
            && attributes.getString(FusedActivation.OPTION, "NONE").equals("NONE");
    if (!product || type.dtype() != DType.FLOAT32 || bytes(type) < KEEP_FROM_BYTES) {
      return Optional.empty();
    }
    Value.Constant first = (Value.Constant) operands.getFirst();
    Value.Constant second = (Value.Constant) operands.getLast();
    return scaled(first, second, type).or(() -> scaled(second, first, type));
  }

  private static Optional<ConstantData> scaled(
      Value.Constant weights, Value.Constant factors, TensorType type) {
    return weights.type().equals(type) && bytes(factors.type()) < bytes(type)
        ? ScaledData.of(weights.data(), type.shape(), factors.data().load(factors.type()))
            .map(data -> data)
        : Optional.empty();
  }

  /** The size of a tensor of known shape, 0 for any other; strings count as 16 bytes each. */
  private static long bytes(TensorType type) {
    if (!type.shape().isStatic()) {
      return 0;
    }
    return type.shape().elements() * (type.dtype() == DType.STRING ? 16 : type.dtype().bytes());
  }
}
