package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * An op on other element types, between conversions.
 *
 * @param types what each type becomes; others stay
 * @param kept what of the elements the conversion keeps
 */
record Retyping(Map<DType, DType> types, Kept kept) {
  /** What an element of the other type stands for. */
  private enum Kept {
    VALUE,
    BITS,
    /** Its place among all of the type, as signed bits. */
    ORDER,
    /** Its number in the only operand that is converted. */
    PLACE
  }

  static Retyping byValue(Map<DType, DType> types) {
    return new Retyping(types, Kept.VALUE);
  }

  /** Between types of the same width. */
  static Retyping byBits(Map<DType, DType> types) {
    return new Retyping(types, Kept.BITS);
  }

  /** Of unsigned numbers, signed ones of the same width in the same order: those of 2⁶³ less. */
  static Retyping byOrder(Map<DType, DType> types) {
    return new Retyping(types, Kept.ORDER);
  }

  /** Of an op that only picks elements of one operand: GATHER takes those it has picked. */
  static Retyping byPlace(DType type) {
    return new Retyping(Map.of(type, DType.INT32), Kept.PLACE);
  }

  /** The op on the other types; empty if it has no operand that is concerned. */
  Optional<TfOp> apply(TfOp op, Emitter emit) {
    List<Value> concerned = concerned(op);
    if (concerned.isEmpty() || (kept == Kept.PLACE && !isOneOfKnownRank(concerned))) {
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

  private List<Value> concerned(TfOp op) {
    return op.operands().stream()
        .filter(value -> value.isPresent() && types.containsKey(value.type().dtype()))
        .toList();
  }

  private static boolean isOneOfKnownRank(List<Value> values) {
    return values.size() == 1 && values.getFirst().type().shape().hasRank();
  }

  /** What {@link #apply} gave, as the types that {@code op} gives. */
  List<Value> undo(List<Value> results, TfOp op, Emitter emit) {
    if (kept == Kept.PLACE) {
      return picked(concerned(op).getFirst(), results, emit);
    }
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

  private static List<Value> picked(Value from, List<Value> places, Emitter emit) {
    Value flat = emit.reshape(from, Shape.of(Shape.UNKNOWN));
    Attributes first = Attributes.of("axis", 0, "batch_dims", 0);
    return places.stream().map(place -> emit.builtin("GATHER", first, flat, place)).toList();
  }

  private DType retyped(DType dtype) {
    return types.getOrDefault(dtype, dtype);
  }

  private Value convert(Value value, DType to, Emitter emit) {
    return value.type().dtype() == to
        ? value
        : switch (kept) {
          case VALUE -> emit.cast(value, to);
          case BITS -> emit.bitcast(value, to);
          case ORDER ->
              value.type().dtype() == DType.UINT64
                  ? turned(emit.bitcast(value, to), emit)
                  : emit.bitcast(turned(value, emit), to);
          case PLACE -> places(value, emit);
        };
  }

  /** int64 numbers of which the highest bit is the other one. */
  private static Value turned(Value bits, Emitter emit) {
    return Elementwise.apply(
        bits, emit, value -> emit.builtin("ADD", value, emit.wide(Long.MIN_VALUE)));
  }

  /** 0, 1, 2, … in the shape of {@code value}. */
  private static Value places(Value value, Emitter emit) {
    Value count = DimSource.product(DimSource.all(value)).scalar(emit);
    Value line = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
    return emit.reshapeLike(line, value);
  }
}
