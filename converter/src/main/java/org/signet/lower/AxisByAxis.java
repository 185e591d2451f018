package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;

/**
 * Does along one axis after the other what a kernel does along all at once, for ranks that it does
 * not take. Each step sees three dimensions: what comes before the axis, the axis, what comes
 * after.
 */
final class AxisByAxis {
  private final Emitter emit;
  private final List<DimSource> dims = new ArrayList<>();
  private Value value;

  /**
   * @param value a tensor of known rank
   */
  AxisByAxis(Value value, Emitter emit) {
    this.value = value;
    this.emit = emit;
    dims.addAll(DimSource.all(value));
  }

  /** What is done along the middle one of three dimensions; may change its size. */
  interface Step {
    Value apply(Value threeDims);
  }

  /** Does the step along this axis. */
  void along(int axis, Step step) {
    List<DimSource> three =
        List.of(
            DimSource.product(dims.subList(0, axis)),
            dims.get(axis),
            DimSource.product(dims.subList(axis + 1, dims.size())));
    value = step.apply(DimSource.reshape(value, three, emit));
    dims.set(axis, DimSource.of(value, 1));
  }

  /** The sizes by now, to be changed as the result's shape needs it. */
  List<DimSource> dims() {
    return new ArrayList<>(dims);
  }

  /** What the steps have made, under the shape of these sizes. */
  Value shaped(List<DimSource> sizes) {
    return DimSource.reshape(value, sizes, emit);
  }

  /** What the steps have made. */
  Value result() {
    return shaped(dims);
  }

  /** {@code vector[i]} as a vector of one element, between a vector of each of the two others. */
  static Value between(int before, Value vector, int i, int after, Emitter emit) {
    Value one =
        emit.builtin(
            "STRIDED_SLICE", Attributes.NONE, vector, emit.ints(i), emit.ints(i + 1), emit.ints(1));
    return emit.concat(0, emit.ints(before), one, emit.ints(after));
  }
}
