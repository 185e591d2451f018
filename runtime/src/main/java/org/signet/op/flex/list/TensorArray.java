package org.signet.op.flex.list;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.BinaryFunctions;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.tensor.TensorList;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A TensorFlow 1 array of tensors, which a resource tensor refers to and ops change. Each run of a
 * signature makes its own.
 */
final class TensorArray {
  private final boolean grows;
  private final boolean forgets;
  private final boolean sums;
  private final Set<Integer> forgotten = new HashSet<>();
  private final Map<String, TensorArray> gradients = new HashMap<>();
  private TensorList elements;

  /**
   * @param elements the elements, none with a value
   * @param grows whether writing behind the end makes it longer
   * @param forgets whether an element can be read but once
   * @param sums whether what is written to an element adds to it: an array of gradients
   */
  TensorArray(TensorList elements, boolean grows, boolean forgets, boolean sums) {
    this.elements = elements;
    this.grows = grows;
    this.forgets = forgets;
    this.sums = sums;
  }

  /** The array that operand 0 refers to. */
  static TensorArray of(OpCall call) {
    Tensor handle = call.operand(0);
    if (handle.dtype() == DType.RESOURCE
        && handle.size() == 1
        && handle.objects()[0] instanceof TensorArray array) {
      return array;
    }
    throw new IllegalArgumentException("operand 0 refers to no tensor array");
  }

  DType dtype() {
    return elements.dtype();
  }

  int size() {
    return elements.size();
  }

  /** What is known of the shape of all elements. */
  Shape elementShape(Shape asked) {
    return ListOperands.merge(elements, asked);
  }

  /** The array of the gradients of this one, which calls with the same source share. */
  TensorArray gradient(String source, Shape prepended) {
    return gradients.computeIfAbsent(
        source,
        name -> {
          TensorList zeros = TensorList.empty(dtype(), prepended, TensorList.UNLIMITED);
          for (int i = 0; i < size(); i++) {
            zeros = zeros.resized(i + 1);
            Optional<Tensor> element = elements.get(i);
            if (element.isPresent() && prepended.rank() == 0) {
              zeros = zeros.with(i, Tensor.zeros(dtype(), element.get().shape()));
            }
          }
          return new TensorArray(
              zeros.withElementShape(
                  prepended.rank() == 0 ? elements.elementShape() : Shape.unknownRank()),
              false,
              false,
              true);
        });
  }

  void write(int index, Tensor value) {
    Shapes.require(
        value.dtype() == dtype(), "%s is written to an array of %s", value.type(), dtype());
    if (index >= size() && grows && index >= 0) {
      elements = elements.resized(index + 1);
    }
    requireIndex(index);
    Shapes.require(
        elements.elementShape().accepts(value.shape()),
        "%s is written to an array of elements %s",
        value.type(),
        elements.elementShape());
    Optional<Tensor> before = elements.get(index);
    Shapes.require(sums || before.isEmpty(), "element %s is written twice", index);
    Tensor stored = value.copy();
    if (before.isPresent()) {
      BinaryFunctions.ADD.apply(before.get(), value, stored);
    }
    elements = elements.with(index, stored);
  }

  private void requireIndex(int index) {
    Shapes.require(
        index >= 0 && index < size(), "there is no element %s in an array of %s", index, size());
  }

  /** An element; zeros of the known shape if it has no value. */
  Tensor read(int index, Shape asked) {
    requireIndex(index);
    Shapes.require(
        !forgotten.contains(index),
        "element %s was read before, and the array keeps none that was read",
        index);
    Optional<Tensor> element = elements.get(index);
    if (element.isEmpty()) {
      Shape shape = elementShape(asked);
      Shapes.require(
          shape.isStatic(), "element %s has no value, and its shape is %s", index, shape);
      return Tensor.zeros(dtype(), shape.dims());
    }
    if (forgets) {
      forgotten.add(index);
    }
    return element.get();
  }
}
