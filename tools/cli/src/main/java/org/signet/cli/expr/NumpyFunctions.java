package org.signet.cli.expr;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** The functions and constants behind {@code np.}, with NumPy's defaults. */
final class NumpyFunctions {
  private static final String RANDOM = "random.";

  private final RandomFunctions random;

  /**
   * @param seed as {@code np.random.seed} takes it
   */
  NumpyFunctions(int seed) {
    this.random = new RandomFunctions(seed);
  }

  /** The names of the functions. */
  static Set<String> names() {
    Set<String> names =
        new TreeSet<>(
            List.of(
                "ones",
                "zeros",
                "full",
                "arange",
                "linspace",
                "eye",
                "identity",
                "array",
                "asarray"));
    RandomFunctions.NAMES.forEach(name -> names.add(RANDOM + name));
    return names;
  }

  /** The type of a name, {@code float32}. */
  static Optional<DType> type(String name) {
    return switch (name) {
      case "half" -> Optional.of(DType.FLOAT16);
      case "single" -> Optional.of(DType.FLOAT32);
      case "double", "float" -> Optional.of(DType.FLOAT64);
      case "int", "int_" -> Optional.of(DType.INT64);
      case "bool_" -> Optional.of(DType.BOOL);
      case "str", "str_", "bytes_", "object_", "object" -> Optional.of(DType.STRING);
      case "string" -> Optional.empty();
      default ->
          DType.ofName(name)
              .filter(dtype -> dtype.toString().equals(name))
              .filter(dtype -> dtype.isInteger() || dtype.isFloating() || dtype == DType.BOOL)
              .filter(dtype -> dtype != DType.INT4 && dtype != DType.BFLOAT16);
    };
  }

  /** {@code np.NAME} without a call. */
  Optional<Value> constant(String name) {
    return switch (name) {
      case "pi" -> Optional.of(new Value.Real(Math.PI));
      case "e" -> Optional.of(new Value.Real(Math.E));
      case "inf" -> Optional.of(new Value.Real(Double.POSITIVE_INFINITY));
      case "nan" -> Optional.of(new Value.Real(Double.NaN));
      default -> type(name).map(Value.Type::new);
    };
  }

  /**
   * {@code np.NAME(...)}.
   *
   * @return empty if there is none of the name
   * @throws IllegalArgumentException if the arguments are wrong
   */
  Optional<Value> call(String name, List<Value> positional, Map<String, Value> named) {
    ArgumentList arguments = new ArgumentList("np." + name, positional, named);
    if (name.startsWith(RANDOM)) {
      return random.call(name.substring(RANDOM.length()), arguments).map(Value.Array::new);
    }
    Optional<Tensor> made =
        switch (name) {
          case "ones" -> Optional.of(filled(arguments, 1));
          case "zeros" -> Optional.of(filled(arguments, 0));
          case "full" -> Optional.of(full(arguments.takes(3, "shape", "fill_value", "dtype")));
          case "arange" ->
              Optional.of(arange(arguments.takes(4, "start", "stop", "step", "dtype")));
          case "linspace" ->
              Optional.of(
                  linspace(arguments.takes(4, "start", "stop", "num", "endpoint", "dtype")));
          case "eye" -> Optional.of(eye(arguments.takes(4, "N", "M", "k", "dtype")));
          case "identity" -> Optional.of(identity(arguments.takes(2, "n", "dtype")));
          case "array", "asarray" -> Optional.of(array(arguments.takes(2, "object", "a", "dtype")));
          default -> type(name).map(dtype -> Arrays.of(arguments.takes(1).get("value", 0), dtype));
        };
    return made.map(Value.Array::new);
  }

  private static Tensor array(ArgumentList arguments) {
    Value value =
        arguments
            .find("object", 0)
            .or(() -> arguments.find("a", 0))
            .orElseThrow(
                () -> new IllegalArgumentException(arguments.function() + " needs a value"));
    Optional<DType> dtype = arguments.dtype("dtype", 1);
    return dtype.isPresent() ? Arrays.of(value, dtype.get()) : Arrays.of(value);
  }

  private static Tensor filled(ArgumentList arguments, long value) {
    arguments.takes(2, "shape", "dtype");
    DType dtype = arguments.dtype("dtype", 1).orElse(DType.FLOAT64);
    return fill(Arrays.of(new Value.Bool(value != 0)), dtype, arguments.get("shape", 0));
  }

  private static Tensor full(ArgumentList arguments) {
    Tensor value = Arrays.of(arguments.get("fill_value", 1));
    if (value.rank() > 0) {
      throw new IllegalArgumentException("np.full takes one value to fill with");
    }
    DType dtype = arguments.dtype("dtype", 2).orElse(value.dtype());
    return fill(value, dtype, arguments.get("shape", 0));
  }

  private static Tensor fill(Tensor value, DType dtype, Value shape) {
    Tensor element = Casts.cast(value, dtype);
    Tensor filled = Arrays.zeros(dtype, Arrays.shape(shape, Optional.empty()));
    for (int i = 0; i < filled.size(); i++) {
      Casts.copy(element, 0, filled, i);
    }
    return filled;
  }

  /** NumPy adds multiples of the difference of the first two to the first. */
  private static Tensor arange(ArgumentList arguments) {
    boolean one = arguments.positional().size() < 2 && !arguments.named().containsKey("stop");
    Value zero = new Value.Int(BigInteger.ZERO);
    Value start = one ? zero : arguments.find("start", 0).orElse(zero);
    Value stop = one ? arguments.get("stop", 0) : arguments.get("stop", 1);
    Value step = arguments.find("step", 2).orElse(new Value.Int(java.math.BigInteger.ONE));
    DType dtype = arguments.dtype("dtype", 3).orElseGet(() -> common(start, stop, step));
    double length = Math.ceil((Arrays.real(stop) - Arrays.real(start)) / Arrays.real(step));
    if (Double.isNaN(length) || length > Arrays.MOST_ELEMENTS || Arrays.real(step) == 0) {
      throw new IllegalArgumentException("np.arange has no end, or is too long");
    }
    Tensor range = Arrays.zeros(dtype, (int) Math.max(0, length));
    if (dtype.isInteger()) {
      long first = (long) Arrays.real(start);
      long delta = (long) (Arrays.real(start) + Arrays.real(step)) - first;
      for (int i = 0; i < range.size(); i++) {
        range.setLong(i, first + i * delta);
      }
    } else if (dtype.isFloating()) {
      double first = Arrays.real(start);
      double delta = first + Arrays.real(step) - first;
      for (int i = 0; i < range.size(); i++) {
        range.setDouble(i, first + i * delta);
      }
    } else {
      throw new IllegalArgumentException("np.arange gives numbers, not " + dtype);
    }
    return range;
  }

  private static DType common(Value... values) {
    DType common = DType.INT64;
    for (Value value : values) {
      common = Promotion.of(common, Arrays.dtypeOf(value));
    }
    return common;
  }

  private static Tensor linspace(ArgumentList arguments) {
    double start = Arrays.real(arguments.get("start", 0));
    double stop = Arrays.real(arguments.get("stop", 1));
    long number = arguments.integer("num", 2, 50);
    boolean endpoint = arguments.real("endpoint", 3, 1) != 0;
    if (number < 0 || number > Arrays.MOST_ELEMENTS) {
      throw new IllegalArgumentException("np.linspace can't give " + number + " numbers");
    }
    Tensor line = Arrays.zeros(DType.FLOAT64, (int) number);
    double parts = endpoint ? number - 1.0 : number;
    double step = (stop - start) / parts;
    for (int i = 0; i < number; i++) {
      double offset = parts > 0 ? step == 0 ? i / parts * (stop - start) : i * step : 0;
      line.setDouble(i, endpoint && i > 0 && i == number - 1 ? stop : offset + start);
    }
    return Casts.cast(line, arguments.dtype("dtype", -1).orElse(DType.FLOAT64));
  }

  private static Tensor eye(ArgumentList arguments) {
    int rows = Arrays.shape(arguments.get("N", 0), Optional.empty())[0];
    long columns = arguments.integer("M", 1, rows);
    return diagonal(rows, columns, arguments.integer("k", 2, 0), arguments.dtype("dtype", 3));
  }

  private static Tensor identity(ArgumentList arguments) {
    int rows = Arrays.shape(arguments.get("n", 0), Optional.empty())[0];
    return diagonal(rows, rows, 0, arguments.dtype("dtype", 1));
  }

  private static Tensor diagonal(int rows, long columns, long offset, Optional<DType> dtype) {
    if (columns < 0 || columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("there is no size " + columns);
    }
    Tensor result = Arrays.zeros(dtype.orElse(DType.FLOAT64), rows, (int) columns);
    Tensor one = Casts.cast(Tensor.scalar(true), result.dtype());
    for (int row = 0; row < rows; row++) {
      long column = row + offset;
      if (column >= 0 && column < columns) {
        Casts.copy(one, 0, result, (int) (row * columns + column));
      }
    }
    return result;
  }
}
