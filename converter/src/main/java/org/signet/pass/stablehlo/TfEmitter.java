package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Adds the TensorFlow ops that stand for one op of a module, under its name and origin. */
record TfEmitter(GraphBuilder builder, String name, Origin origin) {
  Value one(String op, Attributes attributes, Value... operands) {
    return builder.addOne(OpKey.tf(op), attributes, List.of(operands), name, origin);
  }

  List<Value> all(String op, Attributes attributes, Value... operands) {
    return builder.add(OpKey.tf(op), attributes, List.of(operands), name, origin);
  }

  /** An op with a result of a shape that is known besides what inference finds. */
  Value declared(TensorType type, String op, Attributes attributes, Value... operands) {
    return builder
        .add(OpKey.tf(op), attributes, List.of(operands), List.of(type), name, origin)
        .getFirst();
  }

  Value builtin(String op, Value... operands) {
    return builder.addOne(OpKey.builtin(op), Attributes.NONE, List.of(operands), name, origin);
  }

  static Attributes types(String attribute, Value value) {
    return Attributes.of(attribute, value.type().dtype());
  }

  /** An op of an attribute {@code T}, the type of its first operand. */
  Value plain(String op, Value... operands) {
    return one(op, types("T", operands[0]), operands);
  }

  Value constant(Tensor tensor) {
    return builder.constant(name + "/const", tensor);
  }

  Value ints(int... values) {
    return constant(Tensor.of(values));
  }

  Value scalar(int value) {
    return constant(Tensor.scalar(value));
  }

  /** An integer of a type. */
  Value whole(DType dtype, long value) {
    Tensor tensor = Tensor.zeros(dtype);
    tensor.setLong(0, value);
    return constant(tensor);
  }

  /** A number of a type, real where the type is complex. */
  Value number(DType dtype, double value) {
    Tensor tensor = Tensor.zeros(dtype);
    if (dtype == DType.BOOL || dtype.isInteger()) {
      return whole(dtype, (long) value);
    }
    if (dtype == DType.COMPLEX64) {
      tensor.floats()[0] = (float) value;
    } else if (dtype == DType.COMPLEX128) {
      tensor.doubles()[0] = value;
    } else {
      tensor.setDouble(0, value);
    }
    return constant(tensor);
  }

  Value cast(Value value, DType dtype) {
    return value.type().dtype() == dtype
        ? value
        : one("Cast", types("SrcT", value).with("DstT", dtype).with("Truncate", false), value);
  }

  /** The sizes of a tensor, a constant where they are known. */
  Value sizes(Value value) {
    Shape shape = value.type().shape();
    return shape.isStatic()
        ? ints(shape.dims())
        : one("Shape", types("T", value).with("out_type", DType.INT32), value);
  }

  /** The size of a dimension, a scalar. */
  Value size(Value value, int axis) {
    return value.type().shape().isKnown(axis)
        ? scalar(value.type().shape().dim(axis))
        : element(sizes(value), axis);
  }

  /** Element {@code at} of a vector. */
  Value element(Value vector, int at) {
    Attributes attributes = strides(vector).with("shrink_axis_mask", 1);
    return one("StridedSlice", attributes, vector, ints(at), ints(at + 1), ints(1));
  }

  private static Attributes strides(Value value) {
    return types("T", value)
        .with("Index", DType.INT32)
        .with("begin_mask", 0)
        .with("end_mask", 0)
        .with("ellipsis_mask", 0)
        .with("new_axis_mask", 0)
        .with("shrink_axis_mask", 0);
  }

  /** {@code value[from[0]:to[0]:step[0], …]}; ends beyond a dimension mean all of it. */
  Value slice(Value value, int[] from, int[] to, int[] step) {
    return one("StridedSlice", strides(value), value, ints(from), ints(to), ints(step));
  }

  /** The part of a tensor that begins at {@code from}. */
  Value part(Value value, Value from, Value sizes) {
    return one("Slice", types("T", value).with("Index", DType.INT32), value, from, sizes);
  }

  Value reshape(Value value, Value sizes) {
    Attributes attributes = types("T", value).with("Tshape", sizes.type().dtype());
    return one("Reshape", attributes, value, sizes);
  }

  /** The same elements in another shape, of which one size may be −1. */
  Value reshape(Value value, int... sizes) {
    Shape shape = value.type().shape();
    boolean same = shape.isStatic() && Arrays.equals(shape.dims(), sizes);
    return same ? value : reshape(value, ints(sizes));
  }

  Value expand(Value value, int axis) {
    Attributes attributes = types("T", value).with("Tdim", DType.INT32);
    return one("ExpandDims", attributes, value, scalar(axis));
  }

  /** The tensor without dimensions, which are of size 1. */
  Value squeeze(Value value, int... axes) {
    Attributes attributes =
        types("T", value)
            .with("squeeze_dims", IntStream.of(axes).mapToObj(axis -> (long) axis).toList());
    return axes.length == 0 ? value : one("Squeeze", attributes, value);
  }

  Value transpose(Value value, int... permutation) {
    boolean same = IntStream.range(0, permutation.length).allMatch(i -> permutation[i] == i);
    Attributes attributes = types("T", value).with("Tperm", DType.INT32);
    return same ? value : one("Transpose", attributes, value, ints(permutation));
  }

  Value broadcast(Value value, Value sizes) {
    Attributes attributes = types("T", value).with("Tidx", DType.INT32);
    return one("BroadcastTo", attributes, value, cast(sizes, DType.INT32));
  }

  Value concat(int axis, List<Value> values) {
    if (values.size() == 1) {
      return values.getFirst();
    }
    List<Value> operands = new ArrayList<>(values);
    operands.add(scalar(axis));
    Attributes attributes =
        types("T", values.getFirst()).with("N", values.size()).with("Tidx", DType.INT32);
    return one("ConcatV2", attributes, operands.toArray(Value[]::new));
  }

  /** A vector of scalars. */
  Value pack(List<Value> scalars) {
    Attributes attributes =
        types("T", scalars.getFirst()).with("N", scalars.size()).with("axis", 0);
    return one("Pack", attributes, scalars.toArray(Value[]::new));
  }

  Value range(Value count) {
    return one("Range", Attributes.of("Tidx", DType.INT32), scalar(0), count, scalar(1));
  }

  Value pad(Value value, int[][] sizes, Value with) {
    boolean none = Arrays.stream(sizes).allMatch(size -> size[0] == 0 && size[1] == 0);
    int[] flat = Arrays.stream(sizes).flatMapToInt(Arrays::stream).toArray();
    Value paddings = constant(Tensor.of(flat, sizes.length, 2));
    return none ? value : padBy(value, paddings, with);
  }

  /** Padding by a computed matrix of sizes before and behind each dimension, int32. */
  Value padBy(Value value, Value paddings, Value with) {
    Attributes attributes = types("T", value).with("Tpaddings", DType.INT32);
    return one("PadV2", attributes, value, paddings, with);
  }

  /** The greatest elements of the last dimension, descending, and their places. */
  List<Value> top(Value value, Value count) {
    Attributes attributes =
        types("T", value)
            .with("sorted", true)
            .with("Tk", DType.INT32)
            .with("index_type", DType.INT32);
    return all("TopKV2", attributes, value, count);
  }

  Value select(Value condition, Value whenTrue, Value whenFalse) {
    return one("SelectV2", types("T", whenTrue), condition, whenTrue, whenFalse);
  }

  Value reduce(String op, Value value, int... axes) {
    Attributes attributes = Attributes.of("Tidx", DType.INT32, "keep_dims", false);
    boolean logical = op.equals("All") || op.equals("Any");
    Attributes typed = logical ? attributes : attributes.with("T", value.type().dtype());
    return one(op, typed, value, ints(axes));
  }

  /** Elements of a dimension by number. */
  Value take(Value value, Value indices, int axis, int batchDims) {
    Attributes attributes =
        types("Tparams", value)
            .with("Tindices", indices.type().dtype())
            .with("Taxis", DType.INT32)
            .with("batch_dims", batchDims);
    return one("GatherV2", attributes, value, indices, scalar(axis));
  }

  /** Numbers moved into {@code [0, highest]}. */
  Value clamp(Value value, Value highest) {
    Value zero = number(value.type().dtype(), 0);
    Value below = plain("Minimum", value, cast(highest, value.type().dtype()));
    return plain("Maximum", below, zero);
  }
}
