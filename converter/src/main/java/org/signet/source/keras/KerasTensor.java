package org.signet.source.keras;

import java.util.Optional;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A tensor between layers while a model is traced.
 *
 * @param name the output of a node: {@code node} or {@code node:1}
 * @param type as far as it is known
 * @param mask which time steps count, bool [batch, time], if any layer before said so
 */
record KerasTensor(String name, TensorType type, Optional<KerasTensor> mask) {
  static KerasTensor of(String name, TensorType type) {
    return new KerasTensor(name, type, Optional.empty());
  }

  KerasTensor withMask(Optional<KerasTensor> newMask) {
    return new KerasTensor(name, type, newMask);
  }

  /** This tensor of which more is known than inference found out. */
  KerasTensor refined(Shape shape) {
    return new KerasTensor(name, type.withShape(type.shape().refine(shape)), mask);
  }

  DType dtype() {
    return type.dtype();
  }

  Shape shape() {
    return type.shape();
  }

  /** The number of dimensions. */
  int rank() {
    return type.shape().rank();
  }

  /** The size of a dimension, counted from the end if negative; {@link Shape#UNKNOWN}. */
  int dim(int axis) {
    return type.shape().dim(axis);
  }

  /** {@code axis} counted from the start. */
  int axis(int axis) {
    int positive = axis < 0 ? axis + rank() : axis;
    if (positive < 0 || positive >= rank()) {
      throw new IllegalArgumentException("there is no axis " + axis + " in " + type);
    }
    return positive;
  }
}
