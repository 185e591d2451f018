package org.signet.pass.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * What stands for one op on a list that is a tensor now. An access outside, which TensorFlow
 * refuses, is what the tensor's op makes of it.
 */
final class DenseOps {
  private final Node node;
  private final List<Value> operands;
  private final Shape element;
  private final boolean checksSizes;
  private final TfEmitter emit;

  /**
   * @param operands the node's operands, lists as tensors
   * @param element what is known of the shape of the list's elements
   * @param checksSizes whether sizes that are not known must be checked when the model runs
   */
  DenseOps(Node node, List<Value> operands, Shape element, boolean checksSizes, TfEmitter emit) {
    this.node = node;
    this.operands = operands;
    this.element = element;
    this.checksSizes = checksSizes;
    this.emit = emit;
  }

  /** The results of any op but one that makes a list without values. */
  List<Value> rewrite(ListOp op) {
    Value list = operands.getFirst();
    return switch (op) {
      case EMPTY, RESERVE -> throw new IllegalStateException("made by ListConversion");
      case FROM_TENSOR, SPLIT -> List.of(list);
      case SET -> List.of(set(list));
      case PUSH -> List.of(emit.concat(list, row(operands.get(1), list)));
      case POP -> pop(list);
      case RESIZE -> List.of(resize(list));
      case SCATTER, SCATTER_V2 -> List.of(scattered());
      case SCATTER_INTO -> List.of(scatter(list, operands.get(1), operands.get(2)));
      case JOIN -> List.of(emit.concat(list, operands.get(1)));
      case ZEROS -> List.of(emit.zerosLike(list));
      case SUM -> List.of(emit.sum(operands));
      case GET -> List.of(get(list));
      case GATHER -> List.of(emit.gather(list, operands.get(1), node.result().type()));
      case STACK -> List.of(stack(list));
      case CONCAT, CONCAT_V2 -> partLengths().map(this::joinParts).orElseGet(() -> concat(list));
      case LENGTH ->
          List.of(
              partLengths()
                  .map(lengths -> emit.scalar(lengths.length))
                  .orElseGet(() -> emit.size(list, 0)));
      case ELEMENT_SHAPE ->
          List.of(emit.cast(emit.ints(element.dims()), node.result().type().dtype()));
    };
  }

  /** The lengths of the parts if the list is a tensor split into parts, else empty. */
  private Optional<int[]> partLengths() {
    return node.operand(0) instanceof Value.Result result
            && ListOp.of(result.producer()).equals(Optional.of(ListOp.SPLIT))
        ? ListFamilies.constant(result.producer().operand(2)).map(Tensor::toInts)
        : Optional.empty();
  }

  private List<Value> joinParts(int... lengths) {
    return List.of(operands.getFirst(), longs(lengths));
  }

  private Value longs(int... values) {
    return emit.constant(Tensor.of(Arrays.stream(values).asLongStream().toArray()));
  }

  private Value get(Value list) {
    Optional<int[]> lengths = partLengths();
    if (lengths.isEmpty()) {
      return emit.gather(list, operands.get(1), node.result().type());
    }
    int index = ListFamilies.constant(node.operand(1)).orElseThrow().toInts()[0];
    int from = Arrays.stream(lengths.get()).limit(index).sum();
    return emit.rows(list, from, from + lengths.get()[index]);
  }

  /**
   * An item as a row. Where its shape is not known to be that of all elements, reshaping finds out:
   * an update with a smaller row would change a part only.
   */
  private Value row(Value item, Value list) {
    if (checksSizes && !element.isStatic()) {
      return emit.reshape(item, emit.concat(emit.ints(1), emit.sizesFrom(list, 1)));
    }
    Shape shape = item.type().shape();
    if (shape.hasRank() && shape.rank() == element.rank() && isAsKnown(shape)) {
      return emit.asRow(item);
    }
    long open = Arrays.stream(element.dims()).filter(size -> size == Shape.UNKNOWN).count();
    return open <= 1 ? emit.reshape(item, ListFamily.rows(1, element).dims()) : emit.asRow(item);
  }

  private boolean isAsKnown(Shape shape) {
    for (int i = 0; i < element.rank(); i++) {
      if (element.isKnown(i) && !shape.isKnown(i)) {
        return false;
      }
    }
    return true;
  }

  private Value set(Value list) {
    Value index = operands.get(1);
    Value row = row(operands.get(2), list);
    if (node.attributes().getBoolean("resize_if_index_out_of_bounds", false)) {
      if (isLength(node.operand(1), node.operand(0))) {
        return emit.concat(list, row);
      }
      Value needed = emit.binary("AddV2", index, emit.scalar(1));
      return emit.update(grown(list, needed), index, row);
    }
    return emit.update(list, index, row);
  }

  private static boolean isLength(Value index, Value list) {
    return index instanceof Value.Result result
        && ListOp.of(result.producer()).equals(Optional.of(ListOp.LENGTH))
        && result.producer().operand(0) == list;
  }

  /** A list of at least so many elements; those that are new are zeros. */
  private Value grown(Value list, Value needed) {
    Optional<Tensor> known = emit.builder().constantValue(needed);
    Shape shape = list.type().shape();
    if (known.isPresent() && shape.isKnown(0) && known.get().getLong(0) <= shape.dim(0)) {
      return list;
    }
    Value missing = emit.binary("Sub", needed, emit.size(list, 0));
    Value count = emit.vector(emit.binary("Maximum", missing, emit.scalar(0)));
    Value sizes = element.rank() == 0 ? count : emit.concat(count, emit.sizesFrom(list, 1));
    return emit.concat(list, emit.zeros(list.type().dtype(), sizes));
  }

  private Value resize(Value list) {
    Value size = operands.get(1);
    return grown(emit.firstRows(list, size), size);
  }

  private List<Value> pop(Value list) {
    Value last = emit.binary("Sub", emit.size(list, 0), emit.scalar(1));
    Value item = emit.gather(list, last, node.results().get(1).type());
    return List.of(emit.firstRows(list, emit.scalar(-1)), item);
  }

  /** A new list of the rows of operand 0, at the places of operand 1, and of zeros. */
  private Value scattered() {
    Value rows = operands.getFirst();
    Value none = emit.firstRows(rows, emit.scalar(0));
    Value least = operands.size() > 3 ? grown(none, operands.get(3)) : none;
    return scatter(least, rows, operands.get(1));
  }

  /** A list with rows at these places, the last of a place counting; it grows where it has to. */
  private Value scatter(Value list, Value rows, Value places) {
    Value highest = emit.binary("Maximum", emit.highest(places), emit.scalar(-1));
    Value needed = emit.binary("AddV2", highest, emit.scalar(1));
    return emit.scatter(grown(list, needed), emit.reshape(places, -1, 1), rows);
  }

  private Value stack(Value list) {
    TensorType declared = node.result().type();
    Shape known = declared.shape().refine(ListFamily.rows(Shape.UNKNOWN, element));
    Shape shape = list.type().shape();
    boolean news = false;
    long open = 0;
    for (int i = 0; i < known.rank(); i++) {
      news |= known.isKnown(i) && !(shape.hasRank() && shape.isKnown(i));
      open += known.isKnown(i) ? 0 : 1;
    }
    return news && open <= 1 ? emit.reshape(list, known.dims()) : list;
  }

  /** Results: the elements one after the other, and their sizes along the first dimension. */
  private List<Value> concat(Value list) {
    Value count = emit.size(list, 0);
    Value length = emit.size(list, 1);
    List<Value> sizes = new ArrayList<>(List.of(emit.binary("Mul", count, length)));
    for (int axis = 2; axis <= element.rank(); axis++) {
      sizes.add(emit.size(list, axis));
    }
    Value lengths = emit.fill(emit.vector(count), emit.cast(length, DType.INT64));
    return List.of(emit.reshape(list, emit.pack(sizes)), lengths);
  }
}
