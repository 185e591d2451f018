package org.signet.session;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Nested Java arrays and boxed scalars to and from tensors of one element type. */
final class JavaArrays {
  private final DType dtype;
  private final String name;

  private JavaArrays(DType dtype, String name) {
    this.dtype = dtype;
    this.name = name;
  }

  static Tensor read(Object value, TensorType declared, String name) {
    JavaArrays arrays = new JavaArrays(declared.dtype(), name);
    if (!arrays.holdsElements(value.getClass())) {
      throw JavaValues.wrongType(value, declared, name);
    }
    int[] shape = arrays.shape(value, declared.shape());
    if (!declared.shape().accepts(shape)) {
      throw SignetException.of(
          Code.WRONG_INPUT_SHAPE,
          name + " must be " + declared + ", not of the shape " + Arrays.toString(shape));
    }
    Tensor tensor = Tensor.zeros(declared.dtype(), shape);
    if (shape.length == 0) {
      Object single = Array.newInstance(arrays.element(value.getClass()), 1);
      Array.set(single, 0, value);
      arrays.copy(single, tensor, 0, true);
    } else {
      arrays.walk(value, tensor, 0, 0, true);
    }
    return tensor;
  }

  static void write(Object target, Tensor tensor, String name) {
    JavaArrays arrays = new JavaArrays(tensor.dtype(), name);
    if (!target.getClass().isArray() || !arrays.holdsElements(target.getClass())) {
      throw JavaValues.misfit(target, tensor, name);
    }
    int[] shape = arrays.shape(target, Shape.of(tensor.shape()));
    boolean scalar = tensor.rank() == 0 && Arrays.equals(shape, new int[] {1});
    if (!scalar && !Arrays.equals(shape, tensor.shape())) {
      throw JavaValues.misfit(target, tensor, name);
    }
    arrays.walk(target, scalar ? tensor.reshaped(1) : tensor, 0, 0, false);
  }

  private boolean isElement(Class<?> type) {
    return !type.isArray() || (dtype == DType.STRING && type == byte[].class);
  }

  /** The class of the elements of nested arrays, a primitive one for boxed scalars. */
  private Class<?> element(Class<?> type) {
    Class<?> element = type;
    while (!isElement(element)) {
      element = element.getComponentType();
    }
    return MethodType.methodType(element).unwrap().returnType();
  }

  private int rank(Class<?> type) {
    return isElement(type) ? 0 : 1 + rank(type.getComponentType());
  }

  private boolean holdsElements(Class<?> type) {
    Class<?> element = element(type);
    return switch (dtype) {
      case FLOAT32 -> element == float.class;
      case FLOAT64 -> element == double.class;
      case INT32, UINT32, QINT32 -> element == int.class;
      case INT64, UINT64 -> element == long.class;
      case INT16, UINT16, FLOAT16, BFLOAT16, QINT16, QUINT16 -> element == short.class;
      case INT8, UINT8, INT4, QINT8, QUINT8 -> element == byte.class;
      case BOOL -> element == boolean.class;
      case STRING -> element == String.class || element == byte[].class;
      case COMPLEX64, COMPLEX128, RESOURCE, VARIANT -> false;
    };
  }

  /**
   * The lengths of the first arrays of each level; below an empty one the expected sizes, else 0.
   */
  private int[] shape(Object value, Shape expected) {
    int[] shape = new int[rank(value.getClass())];
    Object array = value;
    for (int i = 0; i < shape.length; i++) {
      if (array == null) {
        boolean known =
            expected.hasRank() && expected.rank() == shape.length && expected.isKnown(i);
        shape[i] = known ? expected.dim(i) : 0;
      } else {
        shape[i] = Array.getLength(array);
        boolean innermost = i == shape.length - 1;
        array = innermost || shape[i] == 0 ? null : Array.get(array, 0);
      }
    }
    return shape;
  }

  /**
   * Copies between the arrays from {@code depth} on and the tensor's elements from {@code at} on.
   */
  private void walk(@Nullable Object value, Tensor tensor, int depth, int at, boolean intoTensor) {
    if (value == null || Array.getLength(value) != tensor.dim(depth)) {
      throw SignetException.of(
          intoTensor ? Code.WRONG_INPUT_SHAPE : Code.BAD_VALUE,
          name + " has rows of different lengths");
    }
    if (depth == tensor.rank() - 1) {
      copy(value, tensor, at, intoTensor);
      return;
    }
    int[] shape = tensor.shape();
    int step = (int) Shape.elements(Arrays.copyOfRange(shape, depth + 1, shape.length));
    for (int i = 0; i < shape[depth]; i++) {
      walk(Array.get(value, i), tensor, depth + 1, at + i * step, intoTensor);
    }
  }

  private void copy(Object row, Tensor tensor, int at, boolean intoTensor) {
    int length = Array.getLength(row);
    switch (row) {
      case boolean[] flags -> copyFlags(flags, tensor.bytes(), at, intoTensor);
      case Object[] strings -> copyStrings(strings, tensor.strings(), at, intoTensor);
      default -> {
        if (intoTensor) {
          System.arraycopy(row, 0, tensor.array(), at, length);
        } else {
          System.arraycopy(tensor.array(), at, row, 0, length);
        }
      }
    }
  }

  private static void copyFlags(boolean[] flags, byte[] bytes, int at, boolean intoTensor) {
    for (int i = 0; i < flags.length; i++) {
      if (intoTensor) {
        bytes[at + i] = (byte) (flags[i] ? 1 : 0);
      } else {
        flags[i] = bytes[at + i] != 0;
      }
    }
  }

  private void copyStrings(Object[] row, byte[][] strings, int at, boolean intoTensor) {
    for (int i = 0; i < row.length; i++) {
      if (!intoTensor) {
        row[i] =
            row instanceof String[]
                ? new String(strings[at + i], StandardCharsets.UTF_8)
                : strings[at + i].clone();
      } else {
        strings[at + i] =
            switch (row[i]) {
              case byte[] bytes -> bytes.clone();
              case String text -> text.getBytes(StandardCharsets.UTF_8);
              case null, default ->
                  throw SignetException.of(
                      Code.WRONG_INPUT_TYPE, name + " must be strings, not null");
            };
      }
    }
  }
}
