package org.signet.pass.list;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.CountedIndex;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Adds the TensorFlow ops that stand for one node, under its name and origin. */
final class TfEmitter {
  private final GraphBuilder builder;
  private final Node node;

  TfEmitter(GraphBuilder builder, Node node) {
    this.builder = builder;
    this.node = node;
  }

  GraphBuilder builder() {
    return builder;
  }

  private Value one(String op, Attributes attributes, Value... operands) {
    return builder.addOne(OpKey.tf(op), attributes, List.of(operands), node.name(), node.origin());
  }

  /** The same with a type that is known besides what inference finds. */
  private Value declared(String op, Attributes attributes, TensorType type, Value... operands) {
    return builder
        .add(OpKey.tf(op), attributes, List.of(operands), List.of(type), node.name(), node.origin())
        .getFirst();
  }

  Value constant(Tensor tensor) {
    return builder.constant(node.name() + "/const", tensor);
  }

  Value scalar(int value) {
    return constant(Tensor.scalar(value));
  }

  Value ints(int... values) {
    return constant(Tensor.of(values));
  }

  Value shape(Value value) {
    return one("Shape", types("T", value).with("out_type", DType.INT32), value);
  }

  private static Attributes types(String name, Value value) {
    return Attributes.of(name, value.type().dtype());
  }

  /** The size of a dimension, a scalar; a constant if it is known. */
  Value size(Value value, int axis) {
    return value.type().shape().isKnown(axis)
        ? scalar(value.type().shape().dim(axis))
        : element(shape(value), axis);
  }

  /** Element {@code at} of a vector. */
  private Value element(Value vector, int at) {
    return strided(vector, at, at + 1, 0, 0, 1);
  }

  /** All sizes but the first {@code skipped}. */
  Value sizesFrom(Value value, int skipped) {
    return strided(shape(value), skipped, 0, 0, 1, 0);
  }

  /** {@code value[:size]}, counted from the end if negative. */
  Value firstRows(Value value, Value size) {
    Attributes attributes = stridedAttributes(value, 1, 0, 0);
    return one("StridedSlice", attributes, value, ints(0), vector(size), ints(1));
  }

  /** {@code value[from:to]} with constant bounds. */
  Value rows(Value value, int from, int to) {
    return strided(value, from, to, 0, 0, 0);
  }

  private Value strided(
      Value value, int begin, int end, int beginMask, int endMask, int shrinkMask) {
    Attributes attributes = stridedAttributes(value, beginMask, endMask, shrinkMask);
    return one("StridedSlice", attributes, value, ints(begin), ints(end), ints(1));
  }

  private static Attributes stridedAttributes(
      Value value, int beginMask, int endMask, int shrinkMask) {
    return types("T", value)
        .with("Index", DType.INT32)
        .with("begin_mask", beginMask)
        .with("end_mask", endMask)
        .with("shrink_axis_mask", shrinkMask)
        .with("new_axis_mask", 0)
        .with("ellipsis_mask", 0);
  }

  /** A vector of these scalars. */
  Value pack(List<Value> scalars) {
    Attributes attributes =
        types("T", scalars.getFirst()).with("N", scalars.size()).with("axis", 0);
    return one("Pack", attributes, scalars.toArray(Value[]::new));
  }

  /** A scalar as a vector of one. */
  Value vector(Value scalar) {
    return reshape(scalar, 1);
  }

  Value reshape(Value value, int... shape) {
    return reshape(value, ints(shape));
  }

  Value reshape(Value value, Value shape) {
    return one("Reshape", types("T", value).with("Tshape", DType.INT32), value, shape);
  }

  /** {@code value[newaxis]}. */
  Value asRow(Value value) {
    return one("ExpandDims", types("T", value).with("Tdim", DType.INT32), value, scalar(0));
  }

  /** Tensors one after the other along the first dimension. */
  Value concat(Value first, Value second) {
    return concat(List.of(first, second));
  }

  Value concat(List<Value> values) {
    List<Value> operands = new ArrayList<>(values);
    operands.add(scalar(0));
    Attributes attributes =
        types("T", values.getFirst()).with("N", values.size()).with("Tidx", DType.INT32);
    return one("ConcatV2", attributes, operands.toArray(Value[]::new));
  }

  /** A tensor of zeros. */
  Value zeros(DType dtype, Value sizes) {
    return fill(sizes, constant(Tensor.zeros(dtype)));
  }

  Value fill(Value sizes, Value value) {
    return one("Fill", types("T", value).with("index_type", DType.INT32), sizes, value);
  }

  /** Rows by number; a row without its first dimension for a scalar. */
  Value gather(Value value, Value indices, TensorType type) {
    Attributes attributes =
        types("Tparams", value)
            .with("Tindices", indices.type().dtype())
            .with("Taxis", DType.INT32)
            .with("batch_dims", 0);
    return declared("GatherV2", attributes, type, value, indices, scalar(0));
  }

  /** {@code value} with another row at a place. */
  Value update(Value value, Value index, Value row) {
    Attributes attributes =
        types("T", value)
            .with("Tindices", DType.INT32)
            .with("bad_indices_policy", "")
            .with(CountedIndex.ATTRIBUTE, true);
    return one("TensorScatterUpdate", attributes, value, reshape(index, 1, 1), row);
  }

  /** {@code value} with other rows at places, of shape [rows, 1]. */
  Value scatter(Value value, Value places, Value rows) {
    Attributes attributes =
        types("T", value).with("Tindices", DType.INT32).with("bad_indices_policy", "");
    return one("TensorScatterUpdate", attributes, value, places, rows);
  }

  Value binary(String op, Value a, Value b) {
    return one(op, types("T", a), a, b);
  }

  /** The largest element of a vector. */
  Value highest(Value vector) {
    Attributes attributes = types("T", vector).with("Tidx", DType.INT32).with("keep_dims", false);
    return one("Max", attributes, vector, ints(0));
  }

  Value cast(Value value, DType dtype) {
    return value.type().dtype() == dtype
        ? value
        : one("Cast", types("SrcT", value).with("DstT", dtype).with("Truncate", false), value);
  }

  Value zerosLike(Value value) {
    return one("ZerosLike", types("T", value), value);
  }

  Value sum(List<Value> values) {
    Attributes attributes = types("T", values.getFirst()).with("N", values.size());
    return one("AddN", attributes, values.toArray(Value[]::new));
  }

  /** A list that an op makes of two operands. */
  Value list(String op, DType element, Value first, Value second) {
    Attributes attributes = Attributes.of("element_dtype", element).with("shape_type", DType.INT32);
    return declared(op, attributes, TensorType.of(DType.VARIANT), first, second);
  }

  /** An element of a list. */
  Value item(Value list, Value index, Value shape, TensorType type) {
    Attributes attributes = Attributes.of("element_dtype", type.dtype());
    return declared("TensorListGetItem", attributes, type, list, index, shape);
  }

  /** The number of elements of a list. */
  Value length(Value list) {
    return one("TensorListLength", Attributes.NONE, list);
  }

  Value isAbove(Value a, int b) {
    return binary("Greater", a, scalar(b));
  }
}
