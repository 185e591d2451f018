package org.signet.pass.tf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.schema.catalog.AttrValue;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * TensorFlow's quantized types, which no model file has, as the integer types that carry them: ops
 * that move elements mean the same on either. An op that is there for quantized types keeps them
 * among its attributes, since they say what its integers mean.
 */
final class CarriedTypes {
  /** Ops that TensorFlow defines for any type, but that work on quantized ones only. */
  private static final Set<String> QUANTIZED =
      Set.of("QuantizedConcat", "QuantizedConcatV2", "QuantizedReshape");

  private CarriedTypes() {}

  static TensorType of(TensorType type) {
    return type.withDType(type.dtype().carrier());
  }

  static Tensor of(Tensor tensor) {
    return tensor.dtype() == tensor.dtype().carrier()
        ? tensor
        : Tensor.wrap(tensor.dtype().carrier(), tensor.array(), tensor.shape());
  }

  static Attributes of(String op, Optional<TfOpDef> definition, Attributes attributes) {
    Attributes carried = attributes;
    for (Map.Entry<String, Object> attribute : attributes.asMap().entrySet()) {
      if (isQuantized(attribute.getValue()) && !keeps(op, definition, attribute)) {
        carried = carried.with(attribute.getKey(), carried(attribute.getValue()));
      }
    }
    return carried;
  }

  private static boolean isQuantized(Object value) {
    return switch (value) {
      case DType type -> type != type.carrier();
      case Tensor tensor -> tensor.dtype() != tensor.dtype().carrier();
      case List<?> list -> !list.isEmpty() && list.stream().anyMatch(CarriedTypes::isQuantized);
      default -> false;
    };
  }

  /** Whether an attribute may be no other type than a quantized one. */
  private static boolean keeps(
      String op, Optional<TfOpDef> definition, Map.Entry<String, Object> attribute) {
    if (!(attribute.getValue() instanceof DType type)) {
      return false;
    }
    Optional<AttrDef> attr = definition.flatMap(known -> known.attr(attribute.getKey()));
    boolean open = attr.map(known -> known.allowed().isEmpty()).orElse(true);
    return open
        ? QUANTIZED.contains(op)
        : attr.orElseThrow().allowed().stream()
            .noneMatch(allowed ->
                allowed instanceof AttrValue.TypeValue(String name)
                    && DType.ofName(name).equals(Optional.of(type.carrier())));
  }

  private static Object carried(Object value) {
    return switch (value) {
      case DType type -> type.carrier();
      case Tensor tensor -> of(tensor);
      case List<?> list -> list.stream().map(CarriedTypes::carried).toList();
      default -> value;
    };
  }
}
