package org.signet.cli.expr;

import java.math.BigInteger;
import org.signet.op.BroadcastLoop;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * {@code + - * /} as Python does them with its own numbers, and NumPy 2 with arrays: there Python's
 * numbers take the array's type.
 */
final class Arithmetic {
  private Arithmetic() {}

  /**
   * @throws IllegalArgumentException if the operands don't go together
   */
  static Value apply(char operator, Value left, Value right) {
    if (left instanceof Value.Items || right instanceof Value.Items) {
      boolean array = left instanceof Value.Array || right instanceof Value.Array;
      if (!array) {
        throw new IllegalArgumentException("arithmetic on a list needs np.array(...)");
      }
    }
    if (left instanceof Value.Array || right instanceof Value.Array) {
      return new Value.Array(arrays(operator, left, right));
    }
    if (left instanceof Value.Text || right instanceof Value.Text) {
      throw new IllegalArgumentException("there is no arithmetic on strings");
    }
    if (!(left instanceof Value.Real) && !(right instanceof Value.Real) && operator != '/') {
      return new Value.Int(integers(operator, big(left), big(right)));
    }
    double divisor = Arrays.real(right);
    if (operator == '/' && divisor == 0) {
      throw new IllegalArgumentException("this divides by zero");
    }
    return new Value.Real(reals(operator, Arrays.real(left), divisor));
  }

  private static BigInteger big(Value value) {
    return value instanceof Value.Int(var number)
        ? number
        : BigInteger.valueOf((long) Arrays.real(value));
  }

  private static BigInteger integers(char operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case '+' -> a.add(b);
      case '-' -> a.subtract(b);
      default -> a.multiply(b);
    };
  }

  private static double reals(char operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      default -> a / b;
    };
  }

  private static Tensor arrays(char operator, Value left, Value right) {
    DType dtype = resultType(left, right);
    if (dtype == DType.STRING) {
      throw new IllegalArgumentException("there is no arithmetic on strings");
    }
    Tensor a = operand(left, dtype);
    Tensor b = operand(right, dtype);
    boolean divides = operator == '/';
    if (dtype == DType.BOOL && operator == '-') {
      throw new IllegalArgumentException("booleans can't be subtracted");
    }
    DType given = divides && !dtype.isFloating() ? DType.FLOAT64 : dtype;
    int[] shape;
    try {
      shape = Shapes.broadcast(a.shape(), b.shape());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          a.type() + " and " + b.type() + " don't broadcast: their sizes differ", e);
    }
    Tensor result = Arrays.zeros(given, shape);
    BroadcastLoop.run(
        shape,
        a.shape(),
        b.shape(),
        (i, x, y) -> {
          if (given.isFloating()) {
            result.setDouble(i, reals(operator, a.getDouble(x), b.getDouble(y)));
          } else {
            result.setLong(i, longs(operator, a.getLong(x), b.getLong(y)));
          }
        });
    return result;
  }

  private static long longs(char operator, long a, long b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      default -> a * b;
    };
  }

  /** Python's numbers are of the array's kind if that can hold them, and then of its very type. */
  private static DType resultType(Value left, Value right) {
    if (left instanceof Value.Array(var a) && weak(right)) {
      return withNumber(a.dtype(), right);
    }
    if (right instanceof Value.Array(var b) && weak(left)) {
      return withNumber(b.dtype(), left);
    }
    return Promotion.of(Arrays.of(left).dtype(), Arrays.of(right).dtype());
  }

  private static boolean weak(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
  }

  private static DType withNumber(DType array, Value number) {
    return switch (number) {
      case Value.Int i when array == DType.BOOL -> DType.INT64;
      case Value.Real r when !array.isFloating() -> Promotion.of(array, DType.FLOAT64);
      default -> array;
    };
  }

  private static Tensor operand(Value value, DType dtype) {
    return value instanceof Value.Int
        ? Casts.exactly(Arrays.of(value), dtype)
        : Arrays.of(value, dtype);
  }
}
