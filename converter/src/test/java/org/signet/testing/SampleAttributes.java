package org.signet.testing;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.AttrValue;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Values for the attributes of any op, as small and as usual as its definition lets them be. */
public final class SampleAttributes {
  private static final int FEWEST = 2;
  private static final int WINDOW = 4;

  private SampleAttributes() {}

  /** Defaults, and something for each attribute that has none; empty if one is a function. */
  public static Optional<Attributes> of(TfOpDef definition) {
    Attributes attributes = Attributes.NONE;
    for (AttrDef attribute : definition.attrs()) {
      if (attribute.defaultValue().isEmpty()) {
        if (attribute.kind().contains("func")) {
          return Optional.empty();
        }
        attributes = attributes.with(attribute.name(), sample(attribute));
      }
    }
    return Optional.of(TfNodes.withDefaults(definition, attributes));
  }

  private static Object sample(AttrDef attribute) {
    int least = Math.toIntExact(attribute.minimum().orElse(1));
    return switch (attribute.kind()) {
      case "type" -> type(attribute);
      case "list(type)" -> Collections.nCopies(Math.max(FEWEST, least), type(attribute));
      case "int" -> (long) Math.max(FEWEST, least);
      case "list(int)" -> Collections.nCopies(Math.max(WINDOW, least), 1L);
      case "float" -> 0.5f;
      case "list(float)" -> List.of(1f, 2f);
      case "bool" -> false;
      case "list(bool)" -> List.of(true);
      case "string" ->
          attribute.allowed().stream()
              .findFirst()
              .map(value -> ((AttrValue.StringValue) value).value())
              .orElse("a");
      case "list(string)" -> List.of("a", "b");
      case "shape" -> Shape.of(2, 2);
      case "list(shape)" -> List.of(Shape.of(2), Shape.of(2));
      default -> Tensor.scalar(1f);
    };
  }

  /** float32 where that is allowed, else the first type that is. */
  private static DType type(AttrDef attribute) {
    List<DType> allowed =
        attribute.allowed().stream()
            .map(value -> DType.ofName(((AttrValue.TypeValue) value).name()).orElseThrow())
            .toList();
    return allowed.isEmpty() || allowed.contains(DType.FLOAT32)
        ? DType.FLOAT32
        : allowed.getFirst();
  }
}
