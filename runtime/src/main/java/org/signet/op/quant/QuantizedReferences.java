package org.signet.op.quant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Relation;
import org.signet.op.quant.HybridSums.Part;
import org.signet.type.TensorType;

/**
 * Which builtin has which evaluation on quantized tensors. Those that only move elements need none.
 */
public final class QuantizedReferences {
  /**
   * Builtins that look at the integers alone: they need their order, their bits or whether they are
   * zero, their operands and results share one scale, or TFLite's kernels heed none.
   */
  private static final Set<String> ON_INTEGERS =
      Set.of(
          "ARG_MAX",
          "ARG_MIN",
          "ASSIGN_VARIABLE",
          "BITCAST",
          "BITWISE_XOR",
          "CAST",
          "FLOOR_DIV",
          "FLOOR_MOD",
          "HASHTABLE_LOOKUP",
          "LSH_PROJECTION",
          "MAXIMUM",
          "MINIMUM",
          "MIRROR_PAD",
          "NEG",
          "ONE_HOT",
          "PAD",
          "PADV2",
          "RANK",
          "READ_VARIABLE",
          "REDUCE_MAX",
          "REDUCE_MIN",
          "REDUCE_WINDOW",
          "RESIZE_NEAREST_NEIGHBOR",
          "RIGHT_SHIFT",
          "SCATTER_ND",
          "SELECT",
          "SELECT_V2",
          "SHAPE",
          "SPARSE_TO_DENSE",
          "STABLEHLO_ADD",
          "STABLEHLO_AND",
          "STABLEHLO_MAXIMUM",
          "STABLEHLO_MINIMUM",
          "STABLEHLO_MULTIPLY",
          "STABLEHLO_REDUCE_WINDOW",
          "STABLEHLO_SCATTER",
          "STABLEHLO_SHIFT_LEFT",
          "TOPK_V2",
          "UNIQUE",
          "WHERE");

  /** Builtins that do the same with integers of 8 and 16 bits that have no scale. */
  private static final Set<String> ON_PLAIN_INTEGERS = Set.of("RESIZE_BILINEAR");

  private QuantizedReferences() {}

  /** Made when the first quantized tensor is met, since most models have none. */
  private static final class ByName {
    private static final Map<String, QuantizedReference> REFERENCES = references();
  }

  private static Map<String, QuantizedReference> references() {
    Map<String, QuantizedReference> references = new TreeMap<>();
    references.put("CONV_2D", new IntegerSums(0, 1, 2, false, Part.IMAGE));
    references.put("DEPTHWISE_CONV_2D", new IntegerSums(0, 1, 2, false, Part.IMAGE));
    references.put("TRANSPOSE_CONV", new IntegerSums(2, 1, 3, false, Part.ASYMMETRIC_IMAGE));
    references.put(
        "FULLY_CONNECTED", new ShuffledProduct(new IntegerSums(0, 1, 2, true, Part.ROW)));
    references.put("BATCH_MATMUL", new IntegerSums(0, 1, -1, false, Part.ROW));
    references.put("EMBEDDING_LOOKUP", new QuantizedLookup());
    for (Relation relation : Relation.values()) {
      references.put(relation.name(), QuantizedArithmetic.comparison(relation));
    }
    references.putAll(QuantizedActivations.references());
    references.putAll(QuantizedArithmetic.references());
    references.putAll(QuantizedImages.references());
    references.putAll(QuantizedReduction.references());
    references.putAll(QuantizedSoftmax.references());
    return references;
  }

  /** A builtin's definition with what it means on quantized tensors, if that is known. */
  public static OpDefinition complete(OpDefinition definition) {
    if (!definition.key().isBuiltin()) {
      return definition;
    }
    return ON_INTEGERS.contains(definition.key().name())
        ? definition.heedingQuantization()
        : definition.withReference(call -> evaluate(definition, call));
  }

  /** Whether what {@link #complete} gave knows what integers of quantized tensors stand for. */
  public static boolean isKnown(OpDefinition completed) {
    return completed.heedsQuantization() || reference(completed).isPresent();
  }

  /**
   * Checks what the evaluation on quantized tensors asks of a use.
   *
   * @param results the declared types of the results
   * @throws IllegalArgumentException if it can't be evaluated
   */
  public static void check(OpDefinition completed, OpTypes use, List<TensorType> results) {
    String name = completed.key().name();
    QuantizedTypes.check(name, use, results);
    reference(completed).ifPresent(one -> one.check(name, use, results));
    if (completed.movesElements() || ON_INTEGERS.contains(name)) {
      completed.limits().check(use);
    }
  }

  private static Optional<QuantizedReference> reference(OpDefinition definition) {
    return definition.key().isBuiltin()
        ? Optional.ofNullable(ByName.REFERENCES.get(definition.key().name()))
        : Optional.empty();
  }

  private static void evaluate(OpDefinition definition, OpCall call) {
    boolean counts =
        isQuantized(call)
            || (ON_PLAIN_INTEGERS.contains(definition.key().name())
                && call.operandType(0).dtype().isInteger());
    Optional<QuantizedReference> reference = counts ? reference(definition) : Optional.empty();
    if (reference.isPresent()) {
      reference.get().evaluate(call, definition);
    } else {
      definition.reference().evaluate(call);
    }
  }

  private static boolean isQuantized(OpCall call) {
    for (int i = 0; i < call.resultCount(); i++) {
      if (call.resultType(i).quantization().isQuantized()) {
        return true;
      }
    }
    for (int i = 0; i < call.operandCount(); i++) {
      if (call.has(i) && call.operandType(i).quantization().isQuantized()) {
        return true;
      }
    }
    return false;
  }
}
