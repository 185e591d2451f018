package org.signet.cli.expr;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Python's values as arrays, as {@code np.array} makes them. */
final class Arrays {
  /** More elements than anybody types in an expression by intent. */
  static final int MOST_ELEMENTS = 1 << 28;

  private static final BigInteger UINT64_END = BigInteger.TWO.pow(64);

  private Arrays() {}

  /**
   * The array of a value, of the smallest of int64, uint64 and float64 that holds all its numbers.
   *
   * @throws IllegalArgumentException if its rows differ in length or its elements don't go together
   */
  static Tensor of(Value value) {
    if (value instanceof Value.Array(var tensor)) {
      return tensor;
    }
    List<Value> leaves = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    flatten(value, 0, sizes, leaves);
    int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
    DType dtype = DType.FLOAT64; // as NumPy's of an empty list
    for (int i = 0; i < leaves.size(); i++) {
      DType own = dtypeOf(leaves.get(i));
      dtype = i == 0 ? own : Promotion.of(dtype, own);
    }
    Tensor tensor = zeros(dtype, shape);
    for (int i = 0; i < leaves.size(); i++) {
      set(tensor, i, leaves.get(i));
    }
    return tensor;
  }

  /** The same as an array of another type, as {@code astype} makes it. */
  static Tensor of(Value value, DType dtype) {
    return Casts.cast(of(value), dtype);
  }

  /** The dtype that NumPy gives a value alone. */
  static DType dtypeOf(Value value) {
    return switch (value) {
      case Value.Bool bool -> DType.BOOL;
      case Value.Real real -> DType.FLOAT64;
      case Value.Text text -> DType.STRING;
      case Value.Array(var tensor) -> tensor.dtype();
      case Value.Int(var number) -> {
        if (number.bitLength() <= 63) {
          yield DType.INT64;
        }
        if (number.signum() > 0 && number.compareTo(UINT64_END) < 0) {
          yield DType.UINT64;
        }
        throw new IllegalArgumentException("the int " + number + " has more than 64 bits");
      }
      default -> throw new IllegalArgumentException(value.kind() + " is no element of an array");
    };
  }

  /**
   * @throws IllegalArgumentException if it would be unreasonably large
   */
  static Tensor zeros(DType dtype, int... shape) {
    long elements = 1;
    for (int size : shape) {
      elements = Math.min(elements * size, Integer.MAX_VALUE);
    }
    if (elements > MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          "an array " + Shape.of(shape) + " has more than " + MOST_ELEMENTS + " elements");
    }
    Tensor tensor = Tensor.zeros(dtype, shape);
    if (dtype == DType.STRING) {
      java.util.Arrays.setAll(tensor.strings(), i -> new byte[0]);
    }
    return tensor;
  }

  /** Sizes from an int, or a list of ints; one may be −1 where {@code total} is known. */
  static int[] shape(Value value, Optional<Integer> total) {
    List<Value> items = value instanceof Value.Items(var list) ? list : List.of(value);
    int[] shape = new int[items.size()];
    int free = -1;
    long known = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = size(items.get(i), total.isPresent());
      if (shape[i] >= 0) {
        known = Math.min(known * shape[i], Integer.MAX_VALUE);
      } else if (free >= 0) {
        throw new IllegalArgumentException("only one size can be -1");
      } else {
        free = i;
      }
    }
    if (free >= 0 && known > 0) {
      shape[free] = (int) (total.orElse(0) / known);
    }
    return shape;
  }

  private static int size(Value value, boolean mayBeFree) {
    long size = integer(value);
    if (size > Integer.MAX_VALUE || size < (mayBeFree ? -1 : 0)) {
      throw new IllegalArgumentException("there is no size " + size);
    }
    return (int) size;
  }

  /**
   * @throws IllegalArgumentException if it is no integer
   */
  static long integer(Value value) {
    if (value instanceof Value.Int(var number) && number.bitLength() <= 63) {
      return number.longValue();
    }
    if (value instanceof Value.Array(var tensor)
        && tensor.rank() == 0
        && tensor.dtype().isInteger()) {
      return tensor.getLong(0);
    }
    throw new IllegalArgumentException("an integer is wanted here, not " + value.kind());
  }

  /**
   * @throws IllegalArgumentException if it is no number
   */
  static double real(Value value) {
    return switch (value) {
      case Value.Int(var number) -> number.doubleValue();
      case Value.Real(var number) -> number;
      case Value.Bool(var flag) -> flag ? 1 : 0;
      case Value.Array(var tensor) when tensor.rank() == 0 && tensor.dtype() != DType.STRING ->
          tensor.getDouble(0);
      default -> throw new IllegalArgumentException("a number is wanted here, not " + value.kind());
    };
  }

  private static void flatten(Value value, int depth, List<Integer> sizes, List<Value> leaves) {
    List<Value> items;
    if (value instanceof Value.Items(var list)) {
      items = list;
    } else if (value instanceof Value.Array(var tensor) && tensor.rank() > 0) {
      items = rows(tensor);
    } else {
      if (depth < sizes.size()) {
        throw ragged();
      }
      leaves.add(value);
      return;
    }
    if (depth == sizes.size() && leaves.isEmpty()) {
      sizes.add(items.size());
    } else if (depth >= sizes.size() || sizes.get(depth) != items.size()) {
      throw ragged();
    }
    for (Value item : items) {
      flatten(item, depth + 1, sizes, leaves);
    }
  }

  private static List<Value> rows(Tensor tensor) {
    int[] shape = java.util.Arrays.copyOfRange(tensor.shape(), 1, tensor.rank());
    int size = (int) Shape.elements(shape);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < tensor.dim(0); i++) {
      Tensor row = zeros(tensor.dtype(), shape);
      System.arraycopy(tensor.array(), i * size, row.array(), 0, size);
      rows.add(new Value.Array(row));
    }
    return rows;
  }

  private static IllegalArgumentException ragged() {
    return new IllegalArgumentException("there are rows of different lengths");
  }

  private static void set(Tensor tensor, int i, Value value) {
    if (value instanceof Value.Text(var bytes)) {
      tensor.strings()[i] = bytes.getBytes(StandardCharsets.ISO_8859_1);
    } else if (value instanceof Value.Array(var element)) {
      Casts.copy(element, 0, tensor, i);
    } else if (tensor.dtype().isFloating()) {
      tensor.setDouble(i, real(value));
    } else if (value instanceof Value.Int(var number)) {
      tensor.setLong(i, number.longValue());
    } else {
      tensor.setLong(i, (long) real(value));
    }
  }
}
