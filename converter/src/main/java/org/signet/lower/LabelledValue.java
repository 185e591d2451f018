package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/**
 * A tensor whose dimensions have labels, as an einsum's operand.
 *
 * @param labels one for each dimension
 */
record LabelledValue(Value value, String labels) {
  /**
   * With each label once: of dimensions that have the same, the diagonal; empty if the size of such
   * a dimension is not known.
   */
  Optional<LabelledValue> diagonal(Emitter emit) {
    for (int second = 1; second < labels.length(); second++) {
      int first = labels.indexOf(labels.charAt(second));
      if (first < second) {
        return diagonal(first, second, emit).flatMap(next -> next.diagonal(emit));
      }
    }
    return Optional.of(this);
  }

  private Optional<LabelledValue> diagonal(int first, int second, Emitter emit) {
    Shape shape = value.type().shape();
    int size = shape.isKnown(first) ? shape.dim(first) : shape.dim(second);
    if (size == Shape.UNKNOWN) {
      return Optional.empty();
    }
    String others =
        labels.substring(0, first)
            + labels.substring(first + 1, second)
            + labels.substring(second + 1);
    int[] order = new int[labels.length()];
    for (int i = 0; i < order.length - 2; i++) {
      order[i] = i + (i >= first ? 1 : 0) + (i + 1 >= second ? 1 : 0);
    }
    order[order.length - 2] = first;
    order[order.length - 1] = second;
    Value matrices = emit.transpose(value, order);
    List<DimSource> dims = new ArrayList<>(DimSource.all(matrices).subList(0, others.length()));
    dims.add(new DimSource(size * size, List.of()));
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i * (size + 1);
    }
    Value taken =
        emit.builtin(
            "GATHER",
            Attributes.of("axis", others.length(), "batch_dims", 0),
            DimSource.reshape(matrices, dims, emit),
            emit.ints(places));
    return Optional.of(new LabelledValue(taken, others + labels.charAt(first)));
  }

  /** The sum over these labels. */
  LabelledValue summed(String over, Emitter emit) {
    if (over.isEmpty()) {
      return this;
    }
    int[] axes = over.chars().map(labels::indexOf).toArray();
    String left = labels;
    for (int i = 0; i < over.length(); i++) {
      left = left.replace(over.substring(i, i + 1), "");
    }
    Value sum = emit.builtin("SUM", Attributes.of("keep_dims", false), value, emit.ints(axes));
    return new LabelledValue(sum, left);
  }

  /** The dimensions in the order of these labels. */
  LabelledValue ordered(String wanted, Emitter emit) {
    if (labels.equals(wanted)) {
      return this;
    }
    int[] order = wanted.chars().map(labels::indexOf).toArray();
    return new LabelledValue(emit.transpose(value, order), wanted);
  }
}
