package org.signet.op;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Reads operands and options that hold sizes, axes, indices or element types. */
public final class KnownOperands {
  private KnownOperands() {}

  /**
   * The elements of operand {@code i}, {@link OpTypes#UNKNOWN_ELEMENT} for each that is not known;
   * empty if not even their number is known.
   */
  public static Optional<long[]> elements(OpTypes op, int i) {
    Optional<Tensor> value = op.partial(i);
    if (value.isPresent()) {
      return value.map(KnownOperands::elements);
    }
    Shape shape = op.shape(i);
    if (!shape.isStatic()) {
      return Optional.empty();
    }
    long[] unknown = new long[Math.toIntExact(shape.elements())];
    Arrays.fill(unknown, OpTypes.UNKNOWN_ELEMENT);
    return Optional.of(unknown);
  }

  /** The elements of an integer tensor. */
  public static long[] elements(Tensor tensor) {
    long[] values = new long[tensor.size()];
    Arrays.setAll(values, tensor::getLong);
    return values;
  }

  public static boolean isKnown(long element) {
    return element != OpTypes.UNKNOWN_ELEMENT;
  }

  /** The only element of operand {@code i}, if it is known. */
  public static OptionalInt scalar(OpTypes op, int i) {
    Optional<Tensor> value = op.partial(i);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    int scalar = scalar(value.get());
    return isKnown(scalar) ? OptionalInt.of(scalar) : OptionalInt.empty();
  }

  /** The only element of an integer tensor. */
  public static int scalar(Tensor tensor) {
    Shapes.require(tensor.size() == 1, "one number expected, not %s", tensor.type());
    return narrow(tensor.getLong(0));
  }

  /** The elements of an integer tensor as {@code int}s. */
  public static int[] ints(Tensor tensor) {
    int[] values = new int[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = narrow(tensor.getLong(i));
    }
    return values;
  }

  /** An element as an {@code int}. */
  static int narrow(long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(value + " does not fit 32 bits");
    }
    return (int) value;
  }

  /** The shape that operand {@code i} spells out, as far as it is known. */
  public static Shape shape(OpTypes op, int i) {
    Optional<long[]> elements = elements(op, i);
    if (elements.isEmpty()) {
      return Shape.unknownRank();
    }
    int[] dims = new int[elements.get().length];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = isKnown(elements.get()[d]) ? size(elements.get()[d]) : Shape.UNKNOWN;
    }
    return Shape.of(dims);
  }

  /** The elements of a tensor that spells out a shape; refuses what can't be a size. */
  public static int[] sizes(Tensor tensor) {
    int[] sizes = new int[tensor.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(tensor.getLong(i));
    }
    return sizes;
  }

  private static int size(long size) {
    Shapes.require(
        size >= 0 && size <= Integer.MAX_VALUE,
        size < 0 ? "Dimension %s must be >= 0" : "a dimension of %s is too large",
        size);
    return (int) size;
  }

  /** An option that names an element type, be it by the type or by its name. */
  public static DType type(Attributes attributes, String name, DType fallback) {
    return switch (attributes.find(name).orElse(fallback)) {
      case DType type -> type;
      case String text -> DType.ofName(text).orElseThrow(() -> noType(name, text));
      case Object other -> throw noType(name, other);
    };
  }

  private static IllegalArgumentException noType(String name, Object value) {
    return new IllegalArgumentException("option '" + name + "' is no element type: " + value);
  }
}
