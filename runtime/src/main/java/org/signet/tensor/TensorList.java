package org.signet.tensor;

import java.util.List;
import java.util.Optional;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A list of tensors, which an element of a variant tensor may be: what TensorFlow's {@code
 * TensorList} ops work on.
 *
 * <p>Immutable: an op that changes a list makes another one, which shares what is the same. An
 * element may have no value yet; it counts as zeros of the element shape.
 */
public final class TensorList {
  /** The limit of a list that may grow as long as it likes. */
  public static final int UNLIMITED = -1;

  private final DType dtype;
  private final Shape elementShape;
  private final int limit;
  private final SharedVector<Tensor> elements;

  private TensorList(DType dtype, Shape elementShape, int limit, SharedVector<Tensor> elements) {
    this.dtype = dtype;
    this.elementShape = elementShape;
    this.limit = limit;
    this.elements = elements;
  }

  /**
   * A list without elements.
   *
   * @param elementShape what every element's shape must agree with
   * @param limit the most elements that may be appended, or {@link #UNLIMITED}
   */
  public static TensorList empty(DType dtype, Shape elementShape, int limit) {
    return new TensorList(dtype, elementShape, limit, SharedVector.empty());
  }

  /** A list of these elements; their arrays must not be written to any more. */
  public static TensorList of(DType dtype, Shape elementShape, List<Tensor> tensors) {
    TensorList list = empty(dtype, elementShape, UNLIMITED).resized(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      list = list.with(i, tensors.get(i));
    }
    return list;
  }

  /** The type of the elements. */
  public DType dtype() {
    return dtype;
  }

  /** What is known of the shape of every element. */
  public Shape elementShape() {
    return elementShape;
  }

  /** The most elements that may be appended, or {@link #UNLIMITED}. */
  public int limit() {
    return limit;
  }

  public int size() {
    return elements.size();
  }

  /**
   * Element {@code index}; empty if it has no value yet. Not to be written to.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Optional<Tensor> get(int index) {
    return elements.get(index);
  }

  /** This list with another element; its array must not be written to any more. */
  public TensorList with(int index, Tensor element) {
    return new TensorList(dtype, elementShape, limit, elements.with(index, element));
  }

  /** The first {@code size} elements; those that are new have no value yet. */
  public TensorList resized(int size) {
    return new TensorList(dtype, elementShape, limit, elements.resized(size));
  }

  /** The same elements, of which more or less is said. */
  public TensorList withElementShape(Shape shape) {
    return new TensorList(dtype, shape, limit, elements);
  }

  /** Type and size, for people. */
  @Override
  public String toString() {
    return "list of " + size() + " " + dtype + elementShape;
  }
}
