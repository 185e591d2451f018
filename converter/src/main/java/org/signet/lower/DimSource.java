package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/**
 * Where a size of a new shape comes from: it is known, or the product of sizes that are read from
 * tensors when the model runs.
 *
 * @param size the known factor
 * @param unknowns the dimensions whose sizes it is multiplied with
 */
record DimSource(int size, List<Dimension> unknowns) {
  /**
   * A dimension of a tensor.
   *
   * @param value the tensor
   * @param axis which of its dimensions
   */
  record Dimension(Value value, int axis) {}

  static DimSource of(Value value, int axis) {
    Shape shape = value.type().shape();
    return shape.isKnown(axis)
        ? new DimSource(shape.dim(axis), List.of())
        : new DimSource(1, List.of(new Dimension(value, axis)));
  }

  static DimSource known(int size) {
    return new DimSource(size, List.of());
  }

  /** All dimensions of a tensor of known rank. */
  static List<DimSource> all(Value value) {
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < value.type().shape().rank(); i++) {
      dims.add(of(value, i));
    }
    return dims;
  }

  static DimSource product(List<DimSource> factors) {
    int size = 1;
    List<Dimension> unknowns = new ArrayList<>();
    for (DimSource factor : factors) {
      size = Math.multiplyExact(size, factor.size());
      unknowns.addAll(factor.unknowns());
    }
    return new DimSource(size, List.copyOf(unknowns));
  }

  boolean isKnown() {
    return unknowns.isEmpty();
  }

  /**
   * {@code value} under the shape of these sizes: a constant shape if at most one of them is not
   * known.
   */
  static Value reshape(Value value, List<DimSource> dims, Emitter emit) {
    int[] sizes = new int[dims.size()];
    int unknown = 0;
    boolean empty = false;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = dims.get(i).isKnown() ? dims.get(i).size() : Shape.UNKNOWN;
      unknown += dims.get(i).isKnown() ? 0 : 1;
      empty |= sizes[i] == 0;
    }
    Shape shape = Shape.of(sizes);
    if (unknown == 0 || (unknown == 1 && !empty)) {
      return value.type().shape().equals(shape) ? value : emit.reshape(value, shape);
    }
    Value[] parts = dims.stream().map(dim -> dim.vector(emit)).toArray(Value[]::new);
    Attributes options = Attributes.of("axis", 0, "fused_activation_function", "NONE");
    return emit.builtin("RESHAPE", value, emit.builtin("CONCATENATION", options, parts));
  }

  /** The size as an int32 scalar. */
  Value scalar(Emitter emit) {
    return product(emit.scalar(size), 1, emit);
  }

  /** The size as an int32 vector of one element. */
  Value vector(Emitter emit) {
    return product(emit.ints(size), 0, emit);
  }

  /**
   * @param known the known factor, a scalar or a vector of one element
   * @param shrink 1 for a scalar, else 0
   */
  private Value product(Value known, int shrink, Emitter emit) {
    Value product = known;
    boolean first = size == 1;
    for (Dimension dimension : unknowns) {
      Value shape = emit.builtin("SHAPE", Attributes.of("out_type", "INT32"), dimension.value());
      int axis = dimension.axis();
      Value one =
          emit.builtin(
              "STRIDED_SLICE",
              Attributes.of("shrink_axis_mask", shrink),
              shape,
              emit.ints(axis),
              emit.ints(axis + 1),
              emit.ints(1));
      product = first ? one : emit.builtin("MUL", product, one);
      first = false;
    }
    return product;
  }
}
