package org.signet.op.flex;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.schema.catalog.AttrValue;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.ArgDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * What an op definition says of a node: the attributes it leaves out, and how many results of which
 * types it has.
 */
public final class TfNodes {
  /** More results than these no node has that was not broken. */
  private static final int MOST_RESULTS = 1 << 20;

  private TfNodes() {}

  /**
   * Requires that a node may have so many operands.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireOperands(TfOpDef definition, int count) {
    List<ArgDef> inputs = definition.inputs();
    int alone = (int) inputs.stream().filter(input -> !input.variadic()).count();
    if (count < alone || (count > alone && alone == inputs.size())) {
      throw new IllegalArgumentException(
          "it has %s inputs, where %s takes %s%s"
              .formatted(
                  count, definition.name(), alone == inputs.size() ? "" : "at least ", alone));
    }
  }

  /**
   * Requires that attributes have values that the definition allows: words, and numbers that are
   * not too small. New versions of TensorFlow allow more types, which are not looked at.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireAllowed(TfOpDef definition, Attributes attributes) {
    for (AttrDef attr : definition.attrs()) {
      if (attr.kind().equals("string")
          && !attr.allowed().isEmpty()
          && attributes.has(attr.name())) {
        requireAllowed(attr, attributes.getString(attr.name()));
      } else if (attr.kind().equals("int") && attr.minimum().isPresent()) {
        long value = attributes.getLong(attr.name(), attr.minimum().getAsLong());
        if (value < attr.minimum().getAsLong()) {
          throw new IllegalArgumentException(
              "its attribute '%s' is %s, not at least %s"
                  .formatted(attr.name(), value, attr.minimum().getAsLong()));
        }
      }
    }
  }

  private static void requireAllowed(AttrDef attr, String value) {
    if (!attr.allowed().contains(new AttrValue.StringValue(value))) {
      String words =
          attr.allowed().stream().map(TfNodes::value).map(String::valueOf).collect(joining(", "));
      throw new IllegalArgumentException(
          "its attribute '%s' is '%s', not one of %s".formatted(attr.name(), value, words));
    }
  }

  /** {@code attributes} with the definition's defaults where they are missing. */
  public static Attributes withDefaults(TfOpDef definition, Attributes attributes) {
    Attributes complete = attributes;
    for (AttrDef attr : definition.attrs()) {
      if (!complete.has(attr.name()) && attr.defaultValue().isPresent()) {
        complete = complete.with(attr.name(), value(attr.defaultValue().get()));
      }
    }
    return complete;
  }

  private static Object value(AttrValue value) {
    // A switch on types would be made when the first node is read, which takes longer than reading.
    if (value instanceof AttrValue.TypeValue(String name)) {
      return dtype(name);
    } else if (value instanceof AttrValue.BoolValue(boolean flag)) {
      return flag;
    } else if (value instanceof AttrValue.IntValue(long number)) {
      return number;
    } else if (value instanceof AttrValue.FloatValue(float number)) {
      return number;
    } else if (value instanceof AttrValue.StringValue(String text)) {
      return text.chars().allMatch(c -> c < 0x80)
          ? text
          : new Attributes.Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    } else if (value instanceof AttrValue.ListValue(List<AttrValue> values)) {
      return values.stream().map(TfNodes::value).toList();
    } else if (value instanceof AttrValue.ShapeValue(var dimensions)) {
      return dimensions
          .map(dims -> Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray()))
          .orElse(Shape.unknownRank());
    } else if (value instanceof AttrValue.TensorValue(String type, var shape, var values)) {
      return tensor(dtype(type), shape, values);
    }
    throw new IllegalArgumentException("no value of an attribute: " + value);
  }

  private static Tensor tensor(DType dtype, List<Long> shape, List<Long> values) {
    Tensor tensor = Tensor.zeros(dtype, shape.stream().mapToInt(Math::toIntExact).toArray());
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setLong(i, values.get(i));
    }
    return tensor;
  }

  private static DType dtype(String name) {
    return DType.ofName(name)
        .orElseThrow(() -> new IllegalArgumentException("no element type is called " + name));
  }

  /**
   * The types of a node's results; nothing is known of their shapes.
   *
   * @throws IllegalArgumentException if an attribute that says so is missing
   */
  public static List<TensorType> resultTypes(TfOpDef definition, Attributes attributes) {
    List<TensorType> types = new ArrayList<>();
    for (ArgDef output : definition.outputs()) {
      types.addAll(types(output, attributes));
    }
    return types;
  }

  private static List<TensorType> types(ArgDef argument, Attributes attributes) {
    if (argument.typeListAttr().isPresent()) {
      return attributes.getList(argument.typeListAttr().get(), DType.class).stream()
          .map(TensorType::unranked)
          .toList();
    }
    DType dtype =
        argument
            .type()
            .map(TfNodes::dtype)
            .orElseGet(() -> attributes.getType(argument.typeAttr().orElse("T")));
    int count = argument.numberAttr().map(attributes::getInt).orElse(1);
    if (count > MOST_RESULTS) {
      throw new IllegalArgumentException("it would have " + count + " results");
    }
    return Collections.nCopies(count, TensorType.unranked(dtype));
  }

  /**
   * The position, among all results of a node, of the first that belongs to an output argument.
   *
   * @throws IllegalArgumentException if there is no such argument
   */
  public static int firstResult(TfOpDef definition, Attributes attributes, String argument) {
    int position = 0;
    for (ArgDef output : definition.outputs()) {
      if (output.name().equals(argument)) {
        return position;
      }
      position += types(output, attributes).size();
    }
    throw new IllegalArgumentException(definition.name() + " has no output '" + argument + "'");
  }
}
