package org.signet.op;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of two numbers, for each kind of element, applied with broadcasting.
 *
 * @param reals for floating types: computed in double and rounded once
 * @param integers for integers and bool: the low bits count
 * @param unsignedLongs for uint64, whose values are given as the bits of a long
 * @param complex for complex types, if the function has them
 * @param floats a quick loop for float32, if there is one
 */
public record BinaryFunction(
    DoubleBinaryOperator reals,
    LongBinaryOperator integers,
    LongBinaryOperator unsignedLongs,
    Optional<BinaryOperator<Complex>> complex,
    Optional<FloatLoop> floats) {

  /** A function of reals and integers. */
  public static BinaryFunction of(DoubleBinaryOperator reals, LongBinaryOperator integers) {
    return new BinaryFunction(reals, integers, integers, Optional.empty(), Optional.empty());
  }

  /** A function of reals alone. */
  public static BinaryFunction ofReals(DoubleBinaryOperator reals) {
    return of(
        reals,
        (a, b) -> {
          throw new IllegalArgumentException("not a function of integers");
        });
  }

  /** A function of integers alone. */
  public static BinaryFunction ofIntegers(LongBinaryOperator integers) {
    return of(
        (a, b) -> {
          throw new IllegalArgumentException("not a function of floating numbers");
        },
        integers);
  }

  public BinaryFunction withUnsignedLongs(LongBinaryOperator function) {
    return new BinaryFunction(reals, integers, function, complex, floats);
  }

  public BinaryFunction withComplex(BinaryOperator<Complex> function) {
    return new BinaryFunction(reals, integers, unsignedLongs, Optional.of(function), floats);
  }

  public BinaryFunction withFloats(FloatLoop loop) {
    return new BinaryFunction(reals, integers, unsignedLongs, complex, Optional.of(loop));
  }

  /** Computes result 0 from operands 0 and 1, element by element. */
  public void evaluate(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    apply(a, b, call.result(0, a.dtype(), shape));
  }

  /**
   * Computes {@code result}, whose shape is the broadcast shape of {@code a} and {@code b}; it may
   * be {@code a} or {@code b} itself.
   */
  public void apply(Tensor a, Tensor b, Tensor result) {
    DType dtype = a.dtype();
    Shapes.require(b.dtype() == dtype, "operands of %s and %s", dtype, b.dtype());
    if (dtype == DType.FLOAT32 && floats.isPresent()) {
      applyFloats(floats.get(), a, b, result);
    } else {
      BroadcastLoop.run(result.shape(), a.shape(), b.shape(), body(a, b, result));
    }
  }

  private BroadcastLoop.Body body(Tensor a, Tensor b, Tensor result) {
    DType dtype = a.dtype();
    if (dtype.isFloating()) {
      return (i, x, y) -> result.setDouble(i, reals.applyAsDouble(a.getDouble(x), b.getDouble(y)));
    }
    if (dtype.isComplex()) {
      BinaryOperator<Complex> function =
          complex.orElseThrow(() -> new IllegalArgumentException("not a function of " + dtype));
      return (i, x, y) -> function.apply(Complex.get(a, x), Complex.get(b, y)).store(result, i);
    }
    LongBinaryOperator function = dtype == DType.UINT64 ? unsignedLongs : integers;
    return (i, x, y) -> result.setLong(i, function.applyAsLong(a.getLong(x), b.getLong(y)));
  }

  private static void applyFloats(FloatLoop loop, Tensor a, Tensor b, Tensor result) {
    float[] in1 = a.floats();
    float[] in2 = b.floats();
    float[] out = result.floats();
    BroadcastLoop.runs(
        result.shape(),
        a.shape(),
        b.shape(),
        (i, x, stepX, y, stepY, count) -> loop.run(out, i, in1, x, stepX, in2, y, stepY, count));
  }
}
