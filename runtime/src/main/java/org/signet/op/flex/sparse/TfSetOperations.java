package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Operations on sets, which are the elements along the last axis of tensors, dense or sparse. The
 * result is sparse, each set sorted.
 */
final class TfSetOperations {
  private TfSetOperations() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("DenseToDenseSetOperation", false, false),
        define("DenseToSparseSetOperation", false, true),
        define("SparseToSparseSetOperation", true, true),
        Rules.exact("SetSize", TfSetOperations::inferSize, TfSetOperations::size));
  }

  private static OpDefinition define(String name, boolean sparse1, boolean sparse2) {
    return Rules.exact(
        name,
        op -> infer(op, sparse1, sparse2),
        call -> evaluate(call, sparse1, sparse2 ? 3 : 1, sparse1 ? 3 : 1));
  }

  private static int rank(OpTypes op, int operand, boolean sparse) {
    if (sparse) {
      return Rules.dim(op, operand + 2, 0);
    }
    Shape shape = op.shape(operand);
    return shape.hasRank() ? shape.rank() : Shape.UNKNOWN;
  }

  private static List<TensorType> infer(OpTypes op, boolean sparse1, boolean sparse2) {
    int first = rank(op, 0, sparse1);
    int rank = first == Shape.UNKNOWN ? rank(op, sparse1 ? 3 : 1, sparse2) : first;
    return SparseIndices.types(op.dtype(sparse1 ? 1 : 0), rank);
  }

  /** An element, ordered as TensorFlow orders it: numbers by value, strings by their bytes. */
  private record Element(Tensor tensor, int at) {
    static final Comparator<Element> ORDER = Element::compare;

    private static int compare(Element a, Element b) {
      return a.tensor.dtype() == DType.STRING
          ? Arrays.compareUnsigned(a.tensor.strings()[a.at], b.tensor.strings()[b.at])
          : Long.compare(a.tensor.getLong(a.at), b.tensor.getLong(b.at));
    }
  }

  /** The sets by their number, in a tensor of a shape. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sets(long[] shape, Map<Long, NavigableSet<Element>> byNumber) {
    NavigableSet<Element> at(long number) {
      return byNumber.computeIfAbsent(number, k -> new TreeSet<>(Element.ORDER));
    }
  }

  private static Sets sets(OpCall call, int operand, boolean sparse) {
    if (sparse) {
      SparseIndices indices = SparseIndices.of(call.operand(operand), call.operand(operand + 2));
      Sets sets = new Sets(indices.shape(), new TreeMap<>());
      long last = indices.shape()[indices.rank() - 1];
      for (int i = 0; i < indices.count(); i++) {
        sets.at(indices.position(i) / last).add(new Element(call.operand(operand + 1), i));
      }
      return sets;
    }
    Tensor dense = call.operand(operand);
    Shapes.require(dense.rank() >= 2, "%s holds no sets", dense.type());
    long[] shape = Arrays.stream(dense.shape()).asLongStream().toArray();
    Sets sets = new Sets(shape, new TreeMap<>());
    for (int i = 0; i < dense.size(); i++) {
      sets.at(i / dense.dim(-1)).add(new Element(dense, i));
    }
    return sets;
  }

  private static void evaluate(OpCall call, boolean sparse1, int width2, int second) {
    Sets a = sets(call, 0, sparse1);
    Sets b = sets(call, second, width2 == 3);
    int rank = a.shape().length;
    Shapes.require(
        rank == b.shape().length && Arrays.equals(a.shape(), 0, rank - 1, b.shape(), 0, rank - 1),
        "sets of shapes %s and %s",
        Arrays.toString(a.shape()),
        Arrays.toString(b.shape()));
    String operation = call.attributes().getString("set_operation");
    TreeSet<Long> numbers = new TreeSet<>(a.byNumber().keySet());
    numbers.addAll(b.byNumber().keySet());
    List<Element> values = new ArrayList<>();
    List<long[]> places = new ArrayList<>();
    long largest = 0;
    for (long number : numbers) {
      NavigableSet<Element> result = combined(operation, a.at(number), b.at(number));
      long place = 0;
      for (Element element : result) {
        values.add(element);
        places.add(new long[] {number, place++});
      }
      largest = Math.max(largest, place);
    }
    put(call, a.shape(), largest, values, places);
  }

  private static NavigableSet<Element> combined(
      String operation, NavigableSet<Element> a, NavigableSet<Element> b) {
    NavigableSet<Element> result = new TreeSet<>(operation.equals("b-a") ? b : a);
    switch (operation) {
      case "a-b" -> result.removeAll(b);
      case "b-a" -> result.removeAll(a);
      case "intersection" -> result.retainAll(b);
      case "union" -> result.addAll(b);
      default -> throw new IllegalArgumentException("the set operation '" + operation + "'");
    }
    return result;
  }

  /** Operands: indices, values, shape of a tensor of sets. */
  private static List<TensorType> inferSize(OpTypes op) {
    int rank = Rules.dim(op, 2, 0);
    Shape sets =
        op.constant(2)
            .map(shape -> Shape.of(Arrays.copyOf(shape.toInts(), shape.size() - 1)))
            .orElseGet(() -> rank < 1 ? Shape.unknownRank() : Shape.ofRank(rank - 1));
    return List.of(Shapes.plain(DType.INT32, sets));
  }

  /** How many different elements each set has. */
  private static void size(OpCall call) {
    int rank = call.operand(2).size();
    Shapes.require(rank >= 2, "a rank of %s holds no sets", rank);
    Tensor sizes = call.result(0, DType.INT32, Arrays.copyOf(call.operand(2).toInts(), rank - 1));
    Elements.clear(sizes);
    sets(call, 0, true).byNumber().forEach((at, set) -> sizes.setLong(at.intValue(), set.size()));
  }

  private static void put(
      OpCall call, long[] shape, long largest, List<Element> values, List<long[]> places) {
    int rank = shape.length;
    Tensor indices = call.result(0, DType.INT64, values.size(), rank);
    Tensor result = call.result(1, call.resultType(1).dtype(), values.size());
    for (int i = 0; i < values.size(); i++) {
      Elements.copy(values.get(i).tensor(), values.get(i).at(), result, i, 1);
      long rest = places.get(i)[0];
      indices.longs()[i * rank + rank - 1] = places.get(i)[1];
      for (int d = rank - 2; d >= 0; d--) {
        indices.longs()[i * rank + d] = rest % shape[d];
        rest /= shape[d];
      }
    }
    long[] dims = shape.clone();
    dims[rank - 1] = largest;
    call.result(2, Tensor.of(dims));
  }
}
