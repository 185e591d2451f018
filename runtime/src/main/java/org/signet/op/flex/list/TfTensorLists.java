package org.signet.op.flex.list;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
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

/** TensorFlow's ops that make tensor lists and read or write one element of them. */
final class TfTensorLists {
  private static final ShapeRule HANDLE = op -> List.of(TensorType.of(DType.VARIANT));

  private TfTensorLists() {}

  static List<OpDefinition> definitions() {
    return List.of(
        exact("EmptyTensorList", HANDLE, TfTensorLists::empty),
        exact("TensorListReserve", HANDLE, TfTensorLists::reserve),
        exact("TensorListResize", HANDLE, TfTensorLists::resize),
        exact("TensorListLength", TfTensorLists::oneInt, TfTensorLists::length),
        exact(
            "TensorListElementShape",
            TfTensorLists::inferElementShape,
            TfTensorLists::elementShape),
        exact("TensorListGetItem", TfTensorLists::inferGet, TfTensorLists::get),
        exact("TensorListSetItem", HANDLE, TfTensorLists::set),
        exact("TensorListPushBack", HANDLE, TfTensorLists::push),
        exact("TensorListPushBackBatch", TfTensorLists::inferHandles, TfTensorLists::pushBatch),
        exact("TensorListPopBack", TfTensorLists::inferPop, TfTensorLists::pop));
  }

  private static OpDefinition exact(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  private static List<TensorType> oneInt(OpTypes op) {
    return List.of(TensorType.of(DType.INT32));
  }

  private static List<TensorType> inferElementShape(OpTypes op) {
    return List.of(TensorType.unranked(op.attributes().getType("shape_type")));
  }

  private static List<TensorType> inferHandles(OpTypes op) {
    return List.of(Shapes.plain(DType.VARIANT, op.shape(0)));
  }

  private static List<TensorType> inferGet(OpTypes op) {
    return List.of(element(op, 2));
  }

  private static List<TensorType> inferPop(OpTypes op) {
    return List.of(TensorType.of(DType.VARIANT), element(op, 1));
  }

  private static TensorType element(OpTypes op, int shapeOperand) {
    return Shapes.plain(
        op.attributes().getType("element_dtype"), ListOperands.shape(op, shapeOperand));
  }

  private static void empty(OpCall call) {
    Shape shape = ListOperands.shape(call.operand(0));
    DType dtype = call.attributes().getType("element_dtype");
    ListOperands.set(call, 0, TensorList.empty(dtype, shape, ListOperands.scalar(call, 1)));
  }

  private static void reserve(OpCall call) {
    int size = ListOperands.scalar(call, 1);
    Shapes.require(
        size >= 0, "The num_elements to reserve must be a non negative number, but got %s", size);
    Shape shape = ListOperands.shape(call.operand(0));
    DType dtype = call.attributes().getType("element_dtype");
    ListOperands.set(call, 0, TensorList.empty(dtype, shape, TensorList.UNLIMITED).resized(size));
  }

  private static void resize(OpCall call) {
    int size = ListOperands.scalar(call, 1);
    Shapes.require(size >= 0, "TensorListSlice expects size to be non-negative. Got: %s", size);
    ListOperands.set(call, 0, ListOperands.list(call, 0).resized(size));
  }

  private static void length(OpCall call) {
    call.result(0, DType.INT32).ints()[0] = ListOperands.list(call, 0).size();
  }

  private static void elementShape(OpCall call) {
    Shape shape = ListOperands.list(call, 0).elementShape();
    DType dtype = call.attributes().getType("shape_type");
    int[] dims = shape.hasRank() ? shape.dims() : new int[] {Shape.UNKNOWN};
    Tensor result = shape.hasRank() ? call.result(0, dtype, dims.length) : call.result(0, dtype);
    for (int i = 0; i < dims.length; i++) {
      result.setLong(i, dims[i]);
    }
  }

  private static void get(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    int index = ListOperands.scalar(call, 1);
    Shapes.require(
        index >= 0 && index < list.size(),
        "there is no element %s in a list of %s",
        index,
        list.size());
    ListOperands.setElement(call, 0, list, index, ListOperands.shape(call.operand(2)));
  }

  private static void set(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    int index = ListOperands.scalar(call, 1);
    boolean grows = call.attributes().getBoolean("resize_if_index_out_of_bounds", false);
    Shapes.require(
        index >= 0 && (grows || index < list.size()),
        "there is no element %s to set in a list of %s",
        index,
        list.size());
    Tensor item = call.operand(2);
    Shapes.require(
        list.elementShape().accepts(item.shape()),
        "an element of shape %s does not fit a list of shape %s",
        Shape.of(item.shape()),
        list.elementShape());
    ListOperands.set(call, 0, list.resized(Math.max(list.size(), index + 1)).with(index, item));
  }

  private static void push(OpCall call) {
    ListOperands.set(
        call, 0, pushed(ListOperands.typedList(call, 0), call.operand(1), "append a tensor"));
  }

  private static TensorList pushed(TensorList list, Tensor item, String what) {
    Shapes.require(
        list.elementShape().accepts(item.shape()),
        "can't %s of shape %s to a list of shape %s",
        what,
        Shape.of(item.shape()),
        list.elementShape());
    Shapes.require(
        list.limit() == TensorList.UNLIMITED || list.size() < list.limit(),
        "a list of %s elements, of at most %s, is full",
        list.size(),
        list.limit());
    return list.resized(list.size() + 1).with(list.size(), item);
  }

  /** Row {@code i} of the tensor goes to list {@code i}. */
  private static void pushBatch(OpCall call) {
    Tensor handles = call.operand(0);
    Tensor tensor = call.operand(1);
    Shapes.require(
        tensor.rank() > 0 && handles.rank() == 1 && tensor.dim(0) == handles.size(),
        "%s lists do not fit the rows of %s",
        handles.type(),
        tensor.type());
    DType dtype = call.attributes().getType("element_dtype");
    List<Object> pushed = new ArrayList<>();
    for (int i = 0; i < handles.size(); i++) {
      TensorList list = ListOperands.list(handles, i);
      ListOperands.requireDType(list, dtype);
      pushed.add(pushed(list, Elements.row(tensor, i), "append a tensor"));
    }
    call.result(0, Tensor.wrap(DType.VARIANT, pushed.toArray(), handles.shape()));
  }

  private static void pop(OpCall call) {
    TensorList list = ListOperands.typedList(call, 0);
    Shapes.require(list.size() > 0, "an empty list has no last element");
    int last = list.size() - 1;
    ListOperands.setElement(call, 1, list, last, ListOperands.shape(call.operand(1)));
    ListOperands.set(call, 0, list.resized(last));
  }
}
