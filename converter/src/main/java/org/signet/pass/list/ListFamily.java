package org.signet.pass.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Lists that flow into each other, so that all of them become tensors or none does. */
final class ListFamily {
  private final List<Creation> creations = new ArrayList<>();
  private final List<Value> items = new ArrayList<>();
  private final List<Value> tensors = new ArrayList<>();
  private final List<Node> readers = new ArrayList<>();
  private Optional<String> obstacle = Optional.empty();
  private Optional<DType> dtype = Optional.empty();
  private Shape element = Shape.unknownRank();
  private int members;
  private boolean checksSizes;

  /**
   * Where a list is made whose elements have no value yet.
   *
   * @param node makes it
   * @param graph the graph that it stands in
   */
  record Creation(Node node, Graph graph) {}

  /** Why these lists stay lists, if so. */
  Optional<String> obstacle() {
    return obstacle;
  }

  boolean isDense() {
    return obstacle.isEmpty();
  }

  void obstruct(String reason) {
    if (obstacle.isEmpty()) {
      obstacle = Optional.of(reason);
    }
  }

  /** Whether the model must check the sizes of elements that are not known before it runs. */
  boolean checksSizes() {
    return checksSizes;
  }

  void checkSizes() {
    checksSizes = true;
  }

  /** The number of values that are such a list. */
  int members() {
    return members;
  }

  void addMember() {
    members++;
  }

  /** The lists that are made without values. */
  List<Creation> creations() {
    return creations;
  }

  /** What is written to them, element by element. */
  List<Value> items() {
    return items;
  }

  /** What is written to them, row by row. */
  List<Value> tensors() {
    return tensors;
  }

  /** The nodes that read or change them. */
  List<Node> readers() {
    return readers;
  }

  /** The element type, if any node says so. */
  Optional<DType> dtype() {
    return dtype;
  }

  void learn(DType type) {
    if (dtype.isPresent() && dtype.get() != type) {
      obstruct("elements are " + dtype.get() + " and " + type);
    }
    dtype = Optional.of(type);
  }

  /** What is known of every element's shape. */
  Shape element() {
    return element;
  }

  void learn(Shape shape) {
    if (element.hasRank() && shape.hasRank()) {
      if (element.rank() != shape.rank()) {
        obstruct("elements have ranks " + element.rank() + " and " + shape.rank());
        return;
      }
      for (int i = 0; i < shape.rank(); i++) {
        if (element.isKnown(i) && shape.isKnown(i) && element.dim(i) != shape.dim(i)) {
          obstruct("elements have shapes " + element + " and " + shape);
        }
      }
    }
    element = element.refine(shape);
  }

  /** The shape of one row, if {@code shape} is that of many. */
  static Shape row(Shape shape) {
    return shape.hasRank() && shape.rank() > 0
        ? Shape.of(Arrays.copyOfRange(shape.dims(), 1, shape.rank()))
        : Shape.unknownRank();
  }

  /** The shape of rows of this shape; their number is {@code count}. */
  static Shape rows(int count, Shape row) {
    int[] dims = new int[row.rank() + 1];
    dims[0] = count;
    System.arraycopy(row.dims(), 0, dims, 1, row.rank());
    return Shape.of(dims);
  }
}
