package org.signet.op;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * UNIQUE: the different elements of a vector in the order of their first occurrence, and for each
 * element which of them it is. Zeros of either sign are the same; a NaN is like no other element.
 */
public final class Uniqueness {
  /** What {@link #evaluate} asks of operand 0. */
  public static final Limits LIMITS = use -> requireOrder(use.dtype(0));

  private Uniqueness() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "UNIQUE",
                op -> infer(op, "idx_out_type"),
                call -> {
                  Shapes.require(call.operand(0).rank() == 1, "not a vector");
                  evaluate(call, 0, "idx_out_type");
                })
            .accurate(Accuracy.EXACT)
            .limited(LIMITS));
  }

  private static void requireOrder(DType dtype) {
    Shapes.require(!dtype.isComplex(), "no kernel compares elements of type %s", dtype);
  }

  /** Result types for a vector; there may be a third result, counts. */
  public static List<TensorType> infer(OpTypes op, String indexTypeName) {
    DType index = KnownOperands.type(op.attributes(), indexTypeName, DType.INT32);
    Shape shape = op.shape(0);
    Shapes.require(!shape.hasRank() || shape.rank() == 1, "%s is no vector", shape);
    return types(op, index, Shape.of(Shape.UNKNOWN), shape.hasRank() ? shape : Shape.ofRank(1));
  }

  /**
   * Values of shape {@code values}, indices of shape {@code indices}, and counts if the op has
   * three results.
   */
  public static List<TensorType> types(OpTypes op, DType index, Shape values, Shape indices) {
    TensorType first = Shapes.plain(op.dtype(0), values);
    TensorType second = Shapes.plain(index, indices);
    return op.resultCount() == 3
        ? List.of(first, second, Shapes.plain(index, Shape.of(Shape.UNKNOWN)))
        : List.of(first, second);
  }

  /**
   * Finds the different slices of operand 0 along {@code axis}; counts them if the op has three
   * results.
   */
  public static void evaluate(OpCall call, int axis, String indexTypeName) {
    Tensor value = call.operand(0);
    DType indexType = KnownOperands.type(call.attributes(), indexTypeName, DType.INT32);
    int[] shape = value.shape();
    int count = shape[axis];
    Tensor indices = call.result(1, indexType, count);
    boolean isOfNumbers = value.size() == count && value.dtype() != DType.STRING;
    IntUnaryOperator groups = isOfNumbers ? numbers(value) : slices(value, axis);
    int[] first = new int[count];
    int[] counts = new int[count];
    int different = 0;
    for (int i = 0; i < count; i++) {
      int which = groups.applyAsInt(i);
      if (which == different) {
        first[which] = i;
        different++;
      }
      counts[which]++;
      indices.setLong(i, which);
    }
    shape[axis] = different;
    Tensor result = call.result(0, value.dtype(), shape);
    int outer = Shapes.product(shape, 0, axis);
    int inner = Shapes.product(shape, axis + 1, shape.length);
    for (int k = 0; k < different; k++) {
      if (!isOfNumbers) {
        StridedCopy.scatter(
            slice(value, axis, first[k]),
            new int[] {outer, inner},
            result,
            k * inner,
            new int[] {different * inner, 1});
      } else if (value.dtype().isFloating()) {
        result.setDouble(k, value.getDouble(first[k]));
      } else {
        result.setLong(k, value.getLong(first[k]));
      }
    }
    if (call.resultCount() == 3) {
      Tensor repeated = call.result(2, indexType, different);
      for (int k = 0; k < different; k++) {
        repeated.setLong(k, counts[k]);
      }
    }
  }

  /** Which of the different slices each one is, if they are asked for in order. */
  private static IntUnaryOperator slices(Tensor value, int axis) {
    Map<Object, Integer> seen = new HashMap<>();
    return i -> {
      int fresh = seen.size();
      Integer known = seen.putIfAbsent(key(slice(value, axis, i)), fresh);
      return known == null ? fresh : known;
    };
  }

  /** The same of single numbers. */
  private static IntUnaryOperator numbers(Tensor value) {
    NumberGroups groups = new NumberGroups(value.size());
    if (!value.dtype().isFloating()) {
      return i -> groups.of(value.getLong(i));
    }
    return i -> {
      double real = value.getDouble(i);
      return Double.isNaN(real)
          ? groups.alone()
          : groups.of(Double.doubleToRawLongBits(real + 0.0));
    };
  }

  private static Tensor slice(Tensor value, int axis, int i) {
    int[] shape = value.shape();
    int[] dims = {Shapes.product(shape, 0, axis), Shapes.product(shape, axis + 1, shape.length)};
    Tensor slice = Tensor.zeros(value.dtype(), dims);
    int inner = dims[1];
    StridedCopy.gather(value, i * inner, new int[] {shape[axis] * inner, 1}, dims, slice);
    return slice;
  }

  /** Equal for equal slices only. */
  private static Object key(Tensor slice) {
    Object[] elements = new Object[slice.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          switch (slice.dtype()) {
            case STRING -> ByteBuffer.wrap(slice.strings()[i]);
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> realKey(slice.getDouble(i));
            default -> slice.getLong(i);
          };
    }
    return Arrays.asList(elements);
  }

  private static Object realKey(double value) {
    return Double.isNaN(value) ? new Object() : (Object) (value + 0.0);
  }
}
