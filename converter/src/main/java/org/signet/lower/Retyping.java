package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * An op on other element types, between conversions.
 *
 * @param types what each type becomes; others stay
 * @param bits whether elements keep their bits, rather than their values
 */
record Retyping(Map<DType, DType> types, boolean bits) {
  static Retyping byValue(Map<DType, DType> types) {
    return new Retyping(types, false);
  }

  /** Between types of the same width. */
  static Retyping byBits(Map<DType, DType> types) {
    return new Retyping(types, true);
  }

  /** The op on the other types; empty if it has no operand that is concerned. */
  Optional<TfOp> apply(TfOp op, Emitter emit) {
    boolean concerned =
        op.operands().stream()
            .anyMatch(value -> value.isPresent() && types.containsKey(value.type().dtype()));
    if (!concerned) {
      return Optional.empty();
    }
    List<Value> operands =
        op.operands().stream()
            .map(value ->
                value.isPresent() ? convert(value, retyped(value.type().dtype()), emit) : value)
            .toList();
    List<TensorType> results =
        op.resultTypes().stream().map(type -> type.withDType(retyped(type.dtype()))).toList();
    Attributes attributes = op.attributes();
    for (Map.Entry<String, Object> attribute : op.attributes().asMap().entrySet()) {
      if (attribute.getValue() instanceof DType dtype) {
        attributes = attributes.with(attribute.getKey(), retyped(dtype));
      }
    }
    return Optional.of(new TfOp(op.name(), attributes, operands, results, op.label(), op.origin()));
  }

  /** What {@link #apply} gave, as the types that {@code op} gives. */
  List<Value> undo(List<Value> results, TfOp op, Emitter emit) {
    List<Value> restored = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      restored.add(convert(results.get(i), op.resultTypes().get(i).dtype(), emit));
    }
    return restored;
  }

  /** {@code with int32 for int64}. */
  @Override
  public String toString() {
    return types.entrySet().stream()
        .map(type -> type.getValue() + " for " + type.getKey())
        .sorted()
        .collect(Collectors.joining(", ", "with ", ""));
  }

  private DType retyped(DType dtype) {
    return types.getOrDefault(dtype, dtype);
  }

  private Value convert(Value value, DType to, Emitter emit) {
    return bits ? emit.bitcast(value, to) : emit.cast(value, to);
  }
}
