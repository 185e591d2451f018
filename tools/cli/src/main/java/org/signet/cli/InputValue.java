package org.signet.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.Json;
import org.signet.golden.TensorFiles;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The value of {@code --input NAME=VALUE}: JSON, or {@code @} and a file. */
final class InputValue {
  private final String name;
  private final TensorType declared;
  private final List<Object> elements = new ArrayList<>();
  private final List<Integer> shape = new ArrayList<>();

  private InputValue(String name, TensorType declared) {
    this.name = name;
    this.declared = declared;
  }

  /**
   * Reads a value.
   *
   * @param declared what the input is declared as
   * @throws SignetException BAD_VALUE if it is none, or does not fit the element type; and as
   *     reading the file does
   */
  static Tensor read(String name, String text, TensorType declared) {
    if (text.startsWith("@")) {
      return TensorFiles.read(Path.of(text.substring(1)), declared.dtype());
    }
    return new InputValue(name, declared).parse(text);
  }

  private Tensor parse(String text) {
    try {
      flatten(Json.parseLenient(text), 0);
    } catch (IOException e) {
      throw bad("is no JSON: " + e.getMessage());
    }
    DType dtype = declared.dtype();
    Tensor tensor = Tensor.zeros(dtype, sizes());
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      if (dtype == DType.STRING) {
        tensor.strings()[i] = string(element);
      } else if (dtype == DType.BOOL) {
        tensor.setLong(i, bool(element) ? 1 : 0);
      } else if (dtype.isFloating()) {
        tensor.setDouble(i, floating(element));
      } else if (dtype.isInteger()) {
        tensor.setLong(i, integer(element));
      } else {
        throw bad("can't be typed in: it is " + dtype + "; give a file: @FILE.npy");
      }
    }
    return tensor;
  }

  private void flatten(Object value, int depth) {
    if (!(value instanceof List<?> items)) {
      if (depth < shape.size()) {
        throw bad("has rows of different lengths");
      }
      elements.add(value);
      return;
    }
    if (depth == shape.size()) {
      if (!elements.isEmpty()) {
        throw bad("has rows of different lengths");
      }
      shape.add(items.size());
    } else if (shape.get(depth) != items.size()) {
      throw bad("has rows of different lengths");
    }
    for (Object item : items) {
      flatten(item, depth + 1);
    }
  }

  /**
   * The value's shape; of an empty list the declared sizes below, of a single value where a rank is
   * declared that of one element.
   */
  private int[] sizes() {
    Shape wanted = declared.shape();
    boolean single = shape.isEmpty();
    boolean empty = elements.isEmpty();
    if (wanted.hasRank() && (single || empty)) {
      while (shape.size() < wanted.rank()) {
        int size = wanted.dim(shape.size());
        shape.add(single ? 1 : Math.max(size, 0));
      }
    }
    int[] sizes = new int[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.get(i);
    }
    return sizes;
  }

  private byte[] string(Object element) {
    if (element instanceof String || element instanceof Json.Numeral) {
      return element.toString().getBytes(StandardCharsets.UTF_8);
    }
    throw bad("has " + element + " where a string should be");
  }

  private boolean bool(Object element) {
    if (element instanceof Boolean flag) {
      return flag;
    }
    throw bad("has " + element + " where true or false should be");
  }

  private double floating(Object element) {
    // NaN and Infinity, which JSON lacks, come as strings.
    try {
      if (element instanceof Json.Numeral || element instanceof String) {
        return Double.parseDouble(element.toString());
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw bad("has " + element + " where a number should be");
  }

  private long integer(Object element) {
    try {
      if (element instanceof Json.Numeral(String text)) {
        BigInteger number = new BigDecimal(text).toBigIntegerExact();
        if (fits(number)) {
          return number.longValue();
        }
        throw bad("has " + text + ", which is no " + declared.dtype());
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw bad("has " + element + " where an integer should be");
  }

  private boolean fits(BigInteger number) {
    int bits = declared.dtype() == DType.INT4 ? 4 : declared.dtype().bytes() * Byte.SIZE;
    return declared.dtype().isUnsigned()
        ? number.signum() >= 0 && number.bitLength() <= bits
        : number.bitLength() < bits;
  }

  private SignetException bad(String problem) {
    return SignetException.of(
        Code.BAD_VALUE, "input '" + name + "' " + problem, "it must be " + declared);
  }
}
