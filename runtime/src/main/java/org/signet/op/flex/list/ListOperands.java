package org.signet.op.flex.list;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.tensor.TensorList;
import org.signet.type.DType;
import org.signet.type.Shape;

/** What the ops on tensor lists read and write: lists, element shapes, elements without a value. */
final class ListOperands {
  private ListOperands() {}

  /** The list that operand {@code i}, a variant of one element, holds. */
  static TensorList list(OpCall call, int i) {
    Tensor handle = call.operand(i);
    Shapes.require(
        handle.dtype() == DType.VARIANT && handle.size() == 1,
        "operand %s is %s, no list",
        i,
        handle.type());
    return list(handle, 0);
  }

  /** The list at {@code at} of a variant tensor. */
  static TensorList list(Tensor handles, int at) {
    if (handles.objects()[at] instanceof TensorList list) {
      return list;
    }
    throw new IllegalArgumentException("a tensor list is needed, and the variant is none");
  }

  /** Refuses a list of elements of another type than the op names. */
  static void requireDType(TensorList list, DType asked) {
    Shapes.require(
        list.dtype() == asked, "the elements of the list are %s, not %s", list.dtype(), asked);
  }

  /** The list of operand {@code i}, whose elements must be of the type that the op names. */
  static TensorList typedList(OpCall call, int i) {
    TensorList list = list(call, i);
    DType asked = call.attributes().getType("element_dtype");
    requireDType(list, asked);
    return list;
  }

  /** Makes result {@code i} a scalar that holds {@code list}. */
  static void set(OpCall call, int i, TensorList list) {
    call.result(i, Tensor.wrap(DType.VARIANT, new Object[] {list}));
  }

  /** The only element of operand {@code i}. */
  static int scalar(OpCall call, int i) {
    return KnownOperands.scalar(call.operand(i));
  }

  /** The element shape that a tensor spells out: −1 for what is unknown. */
  static Shape shape(Tensor tensor) {
    if (tensor.rank() == 0) {
      Shapes.require(
          tensor.getLong(0) == Shape.UNKNOWN,
          "a scalar stands for an element shape only as -1, the unknown one");
      return Shape.unknownRank();
    }
    Shapes.require(tensor.rank() == 1, "an element shape of shape %s", tensor.type());
    return Shape.of(KnownOperands.ints(tensor));
  }

  /** The element shape that operand {@code i} spells out, as far as it is known. */
  static Shape shape(OpTypes op, int i) {
    Shape shape = op.shape(i);
    Optional<long[]> elements = KnownOperands.elements(op, i);
    if (!shape.hasRank() || shape.rank() != 1 || elements.isEmpty()) {
      return Shape.unknownRank();
    }
    return Shape.of(
        Arrays.stream(elements.get())
            .mapToInt(size -> size < 0 ? Shape.UNKNOWN : Math.toIntExact(size))
            .toArray());
  }

  /** Whether one tensor may have both shapes. */
  static boolean agree(Shape a, Shape b) {
    if (!a.hasRank() || !b.hasRank()) {
      return true;
    }
    if (a.rank() != b.rank()) {
      return false;
    }
    for (int i = 0; i < a.rank(); i++) {
      if (a.isKnown(i) && b.isKnown(i) && a.dim(i) != b.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What both shapes say together.
   *
   * @throws IllegalArgumentException if they contradict
   */
  static Shape merge(Shape a, Shape b) {
    Shapes.require(agree(a, b), "elements can't be of shape %s and of %s", a, b);
    return a.refine(b);
  }

  /** What is known of the shape of all elements, whether they have a value or not. */
  static Shape merge(TensorList list, Shape asked) {
    Shape shape = merge(list.elementShape(), asked);
    for (int i = 0; i < list.size() && !shape.isStatic(); i++) {
      Optional<Tensor> element = list.get(i);
      if (element.isPresent()) {
        shape = merge(shape, element.get().type().shape());
      }
    }
    return shape;
  }

  /** Sets result {@code i} to an element; to zeros of the known shape if it has no value yet. */
  static void setElement(OpCall call, int i, TensorList list, int index, Shape asked) {
    Optional<Tensor> element = list.get(index);
    if (element.isPresent()) {
      call.result(i, element.get());
      return;
    }
    Shape shape = merge(list, asked);
    Shapes.require(
        shape.isStatic(),
        "an element without a value is read, and zeros need a known shape, not %s",
        shape);
    Elements.clear(call.result(i, list.dtype(), shape.dims()));
  }
}
