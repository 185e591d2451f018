package org.signet.op.flex.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.tensor.TensorList;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's ops between tensor lists and the tensors that their elements are parts of. */
final class TfTensorListParts {
  private static final ShapeRule HANDLE = op -> List.of(TensorType.of(DType.VARIANT));

  private TfTensorListParts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        exact("TensorListFromTensor", HANDLE, TfTensorListParts::fromTensor),
        exact("TensorListStack", TfTensorListParts::inferStack, TfTensorListParts::stack),
        exact("TensorListGather", TfTensorListParts::inferGather, TfTensorListParts::gather),
        exact("TensorListScatter", HANDLE, TfTensorListParts::scatter),
        exact("TensorListScatterV2", HANDLE, TfTensorListParts::scatter),
        exact("TensorListScatterIntoExistingList", HANDLE, TfTensorListParts::scatterInto),
        exact("TensorListSplit", HANDLE, TfTensorListParts::split),
        exact("TensorListConcat", TfTensorListParts::inferConcat, TfTensorListParts::concat),
        exact("TensorListConcatV2", TfTensorListParts::inferConcat, TfTensorListParts::concat),
        exact(
            "TensorListConcatLists",
            TfTensorListParts::inferHandles,
            TfTensorListParts::concatLists));
  }

  private static OpDefinition exact(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  private static List<TensorType> inferHandles(OpTypes op) {
    return List.of(Shapes.plain(DType.VARIANT, op.shape(0)));
  }

  private static List<TensorType> inferStack(OpTypes op) {
    Shape element = ListOperands.shape(op, 1);
    return List.of(stacked(op, op.attributes().getInt("num_elements", Shape.UNKNOWN), element));
  }

  private static List<TensorType> inferGather(OpTypes op) {
    Shape indices = op.shape(1);
    int count = indices.hasRank() && indices.rank() == 1 ? indices.dim(0) : Shape.UNKNOWN;
    return List.of(stacked(op, count, ListOperands.shape(op, 2)));
  }

  private static TensorType stacked(OpTypes op, int count, Shape element) {
    DType dtype = op.attributes().getType("element_dtype");
    return element.hasRank()
        ? Shapes.plain(dtype, prepend(count, element))
        : TensorType.unranked(dtype);
  }

  private static Shape prepend(int size, Shape shape) {
    int[] dims = shape.dims();
    int[] all = new int[dims.length + 1];
    all[0] = size;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return Shape.of(all);
  }

  private static List<TensorType> inferConcat(OpTypes op) {
    Shape element = concatShape(op);
    DType dtype = op.attributes().getType("element_dtype");
    TensorType joined =
        element.hasRank() && element.rank() > 0
            ? Shapes.plain(dtype, element.withDim(0, Shape.UNKNOWN))
            : TensorType.unranked(dtype);
    return List.of(joined, Shapes.plain(DType.INT64, Shape.ofRank(1)));
  }

  private static Shape concatShape(OpTypes op) {
    return op.operandCount() > 1
        ? ListOperands.shape(op, 1)
        : op.attributes().getShape("element_shape");
  }

  private static void fromTensor(OpCall call) {
    Tensor tensor = call.operand(0);
    Shape shape = ListOperands.shape(call.operand(1));
    Shapes.require(
        tensor.rank() >= 1, "Tensor must be at least a vector, but saw shape: %s", tensor.type());
    checkElement("a list", shape, tensor);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < tensor.dim(0); i++) {
      rows.add(Elements.row(tensor, i));
    }
    ListOperands.set(call, 0, TensorList.of(tensor.dtype(), shape, rows));
  }

  private static void checkElement(String what, Shape shape, Tensor tensor) {
    int[] dims = tensor.shape();
    int[] element = Arrays.copyOfRange(dims, 1, dims.length);
    Shapes.require(
        shape.accepts(element),
        "%s of shape %s can't be rows of shape %s",
        what,
        shape,
        Shape.of(element));
  }

  private static void stack(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    int expected = call.attributes().getInt("num_elements", -1);
    Shapes.require(
        expected == -1 || expected == list.size(),
        "the list is to have %s elements, and has %s",
        expected,
        list.size());
    int[] all = new int[list.size()];
    Arrays.setAll(all, i -> i);
    collect(call, list, all, ListOperands.shape(call.operand(1)), "stack");
  }

  private static void gather(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    int[] indices = KnownOperands.ints(call.operand(1));
    for (int index : indices) {
      Shapes.require(
          index >= 0 && index < list.size(),
          "there is no element %s in a list of %s",
          index,
          list.size());
    }
    collect(call, list, indices, ListOperands.shape(call.operand(2)), "gather");
  }

  /** The elements at these places, one after the other; zeros for those without a value. */
  private static void collect(
      OpCall call, TensorList list, int[] indices, Shape asked, String what) {
    Shape shape = ListOperands.merge(list, asked);
    Shapes.require(
        shape.isStatic(),
        "there are no values to %s, and zeros need a known shape, not %s",
        what,
        shape);
    Tensor result = call.result(0, list.dtype(), prepend(indices.length, shape).dims());
    Elements.clear(result);
    int size = Math.toIntExact(shape.elements());
    for (int i = 0; i < indices.length; i++) {
      Optional<Tensor> element = list.get(indices[i]);
      if (element.isPresent()) {
        Shapes.require(
            shape.accepts(element.get().shape()),
            "elements to %s must be alike, and are of shapes %s and %s",
            what,
            shape,
            element.get().type().shape());
        Elements.copy(element.get(), 0, result, i * size, size);
      }
    }
  }

  private static void scatter(OpCall call) {
    Tensor tensor = call.operand(0);
    int[] indices = indices(call, 1, tensor);
    int needed = Arrays.stream(indices).max().orElse(-1) + 1;
    int asked = call.operandCount() > 3 ? ListOperands.scalar(call, 3) : -1;
    Shapes.require(asked >= -1, "a list can't have %s elements", asked);
    Shapes.require(
        asked == -1 || needed <= asked,
        "element %s is scattered into a list of %s",
        needed - 1,
        asked);
    Shape shape = ListOperands.shape(call.operand(2));
    checkElement("a list", shape, tensor);
    TensorList list =
        TensorList.empty(tensor.dtype(), shape, TensorList.UNLIMITED)
            .resized(Math.max(needed, asked));
    ListOperands.set(call, 0, written(list, tensor, indices));
  }

  private static void scatterInto(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    Tensor tensor = call.operand(1);
    int[] indices = indices(call, 2, tensor);
    checkElement("a list", list.elementShape(), tensor);
    int needed = Arrays.stream(indices).max().orElse(-1) + 1;
    TensorList large = list.resized(Math.max(list.size(), needed));
    ListOperands.set(call, 0, written(large, tensor, indices));
  }

  private static int[] indices(OpCall call, int operand, Tensor tensor) {
    int[] indices = KnownOperands.ints(call.operand(operand));
    Shapes.require(Arrays.stream(indices).allMatch(i -> i >= 0), "an index is negative");
    Shapes.require(
        tensor.rank() > 0 && tensor.dim(0) == indices.length,
        "%s indices do not fit the rows of %s",
        indices.length,
        tensor.type());
    return indices;
  }

  private static TensorList written(TensorList list, Tensor tensor, int... indices) {
    TensorList result = list;
    for (int i = 0; i < indices.length; i++) {
      result = result.with(indices[i], Elements.row(tensor, i));
    }
    return result;
  }

  private static void split(OpCall call) {
    Tensor tensor = call.operand(0);
    Shape shape = ListOperands.shape(call.operand(1));
    int[] lengths = KnownOperands.sizes(call.operand(2));
    Shapes.require(
        tensor.rank() >= 1, "Tensor must be at least a vector, but saw shape: %s", tensor.type());
    long total = Arrays.stream(lengths).asLongStream().sum();
    Shapes.require(
        total == tensor.dim(0), "lengths that sum to %s do not split %s", total, tensor.type());
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      Tensor part = Elements.rows(tensor, from, length);
      Shapes.require(
          shape.accepts(part.shape()),
          "tensor shape %s is not compatible with element_shape %s",
          part.type(),
          shape);
      parts.add(part);
      from += length;
    }
    ListOperands.set(call, 0, TensorList.of(tensor.dtype(), shape, parts));
  }

  /** Results: all elements joined along their first dimension, and their sizes along it. */
  private static void concat(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    Shape asked =
        call.operandCount() > 1
            ? ListOperands.shape(call.operand(1))
            : call.attributes().getShape("element_shape");
    Shape tail = concatTail(list, ListOperands.merge(list.elementShape(), asked));
    int[] lengths = new int[list.size()];
    for (int i = 0; i < lengths.length; i++) {
      Optional<Tensor> element = list.get(i);
      lengths[i] = element.isPresent() ? element.get().dim(0) : emptyLength(call, i, tail.dim(0));
      Shapes.require(
          !tail.isKnown(0) || tail.dim(0) == lengths[i],
          "elements are to be of shape %s, and element %s is %s long",
          tail,
          i,
          lengths[i]);
    }
    int[] shape = tail.withDim(0, Math.toIntExact(sum(lengths))).dims();
    Tensor result = call.result(0, list.dtype(), shape);
    Elements.clear(result);
    int row = Shapes.product(shape, 1, shape.length);
    int at = 0;
    Tensor sizes = call.result(1, DType.INT64, lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      int size = lengths[i] * row;
      int to = at;
      list.get(i).ifPresent(element -> Elements.copy(element, 0, result, to, size));
      at += size;
      sizes.setLong(i, lengths[i]);
    }
  }

  private static long sum(int... lengths) {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /** The size of an element without a value: as asked for, or as the element shape says. */
  private static int emptyLength(OpCall call, int i, int known) {
    if (known != Shape.UNKNOWN) {
      return known;
    }
    Shapes.require(
        call.operandCount() > 2 && i < call.operand(2).size(),
        "the length of element %s, which has no value, is not given",
        i);
    return KnownOperands.sizes(call.operand(2))[i];
  }

  /** The shape of the elements; all but the first size is known. */
  private static Shape concatTail(TensorList list, Shape known) {
    Shape shape = known.hasRank() ? known : Shape.unknownRank();
    for (int i = 0; i < list.size(); i++) {
      Optional<Tensor> element = list.get(i);
      if (element.isPresent()) {
        Shapes.require(
            element.get().rank() > 0, "element %s is a scalar, and can't be concatenated", i);
        Shape own = element.get().type().shape().withDim(0, Shape.UNKNOWN);
        shape = ListOperands.merge(shape, own);
      }
    }
    Shapes.require(
        shape.hasRank() && shape.rank() > 0, "elements of shape %s can't be concatenated", shape);
    Shapes.require(
        shape.withDim(0, 0).isStatic(),
        "only the first size of elements to concatenate may be unknown, not those of %s",
        shape);
    return shape;
  }

  private static void concatLists(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    Shapes.require(
        Arrays.equals(a.shape(), b.shape()), "lists of shape %s and %s", a.type(), b.type());
    Object[] joined = new Object[a.size()];
    DType dtype = call.attributes().getType("element_dtype");
    for (int i = 0; i < joined.length; i++) {
      TensorList first = ListOperands.list(a, i);
      TensorList second = ListOperands.list(b, i);
      ListOperands.requireDType(first, dtype);
      ListOperands.requireDType(second, dtype);
      Shapes.require(
          first.elementShape().equals(second.elementShape()),
          "input_a and input_b TensorList element shapes are not identical at index %s",
          i);
      joined[i] = joined(first, second);
    }
    call.result(0, Tensor.wrap(DType.VARIANT, joined, a.shape()));
  }

  private static TensorList joined(TensorList first, TensorList second) {
    TensorList all = first.resized(first.size() + second.size());
    for (int i = 0; i < second.size(); i++) {
      Optional<Tensor> element = second.get(i);
      if (element.isPresent()) {
        all = all.with(first.size() + i, element.get());
      }
    }
    return all;
  }
}
