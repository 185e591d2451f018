package org.signet.op;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of one number, for each kind of element.
 *
 * @param reals for floating types: computed in double and rounded once
 * @param integers for integers and bool, if the function has them: the low bits count
 * @param complex for complex types, if the function has them
 * @param floats a quick loop for float32, if there is one
 * @param kind the elements that it is a function of
 */
public record UnaryFunction(
    DoubleUnaryOperator reals,
    Optional<LongUnaryOperator> integers,
    Optional<UnaryOperator<Complex>> complex,
    Optional<FloatLoop> floats,
    ElementKind kind) {

  /**
   * A loop over float32 elements, of which each function has its own: the JIT makes vectors of a
   * loop only if it knows what the loop computes.
   */
  @FunctionalInterface
  public interface FloatLoop {
    /** Computes the function of the first {@code count} elements; both may be one array. */
    void run(float[] from, float[] to, int count);
  }

  public static UnaryFunction ofReals(DoubleUnaryOperator reals) {
    return of(reals, Optional.empty(), ElementKind.FLOATS);
  }

  public static UnaryFunction of(DoubleUnaryOperator reals, LongUnaryOperator integers) {
    return of(reals, Optional.of(integers), ElementKind.REALS);
  }

  /** A function of integers alone. */
  public static UnaryFunction ofIntegers(LongUnaryOperator integers) {
    return of(
        x -> {
          throw new IllegalArgumentException("not a function of floating numbers");
        },
        Optional.of(integers),
        ElementKind.INTEGERS);
  }

  private static UnaryFunction of(
      DoubleUnaryOperator reals, Optional<LongUnaryOperator> integers, ElementKind kind) {
    return new UnaryFunction(reals, integers, Optional.empty(), Optional.empty(), kind);
  }

  public UnaryFunction withComplex(UnaryOperator<Complex> function) {
    return new UnaryFunction(reals, integers, Optional.of(function), floats, kind.orComplex());
  }

  public UnaryFunction withFloats(FloatLoop loop) {
    return new UnaryFunction(reals, integers, complex, Optional.of(loop), kind);
  }

  /** What {@link #evaluate} asks of operand 0. */
  public Limits limits() {
    return Limits.elements(kind);
  }

  /** Computes result 0 from operand 0, element by element. */
  public void evaluate(OpCall call) {
    Tensor x = call.operand(0);
    apply(x, call.resultLike(0, 0));
  }

  /** Replaces every element. */
  public void applyInPlace(Tensor tensor) {
    apply(tensor, tensor);
  }

  private void apply(Tensor x, Tensor result) {
    DType dtype = x.dtype();
    int size = x.size();
    if (dtype == DType.FLOAT32 && floats.isPresent()) {
      floats.get().run(x.floats(), result.floats(), size);
    } else if (dtype == DType.FLOAT32) {
      float[] from = x.floats();
      float[] to = result.floats();
      for (int i = 0; i < size; i++) {
        to[i] = (float) reals.applyAsDouble(from[i]);
      }
    } else if (dtype.isFloating()) {
      for (int i = 0; i < size; i++) {
        result.setDouble(i, reals.applyAsDouble(x.getDouble(i)));
      }
    } else if (dtype.isComplex()) {
      UnaryOperator<Complex> function = complex.orElseThrow(() -> none(dtype));
      for (int i = 0; i < size; i++) {
        function.apply(Complex.get(x, i)).store(result, i);
      }
    } else {
      LongUnaryOperator function = integers.orElseThrow(() -> none(dtype));
      applyToIntegers(function, x, result);
    }
  }

  private static void applyToIntegers(LongUnaryOperator function, Tensor x, Tensor result) {
    int size = x.size();
    switch (x.dtype()) {
      case INT32 -> {
        int[] from = x.ints();
        int[] to = result.ints();
        for (int i = 0; i < size; i++) {
          to[i] = (int) function.applyAsLong(from[i]);
        }
      }
      case INT64 -> {
        long[] from = x.longs();
        long[] to = result.longs();
        for (int i = 0; i < size; i++) {
          to[i] = function.applyAsLong(from[i]);
        }
      }
      case INT8, BOOL -> {
        byte[] from = x.bytes();
        byte[] to = result.bytes();
        for (int i = 0; i < size; i++) {
          to[i] = (byte) function.applyAsLong(from[i]);
        }
      }
      default -> {
        for (int i = 0; i < size; i++) {
          result.setLong(i, function.applyAsLong(x.getLong(i)));
        }
      }
    }
  }

  private static IllegalArgumentException none(DType dtype) {
    return new IllegalArgumentException("not a function of " + dtype);
  }
}
