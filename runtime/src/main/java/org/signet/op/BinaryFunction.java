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
 * @param loops quick loops over arrays of some types: for float32, int32, int64 and bool
 * @param kind the elements that it is a function of
 */
public record BinaryFunction(
    DoubleBinaryOperator reals,
    LongBinaryOperator integers,
    LongBinaryOperator unsignedLongs,
    Optional<BinaryOperator<Complex>> complex,
    Loops loops,
    ElementKind kind) {

  /** Quick loops by the type of the arrays, which they read and write. */
  public record Loops(
      Optional<RunLoop<float[], float[]>> floats,
      Optional<RunLoop<int[], int[]>> ints,
      Optional<RunLoop<long[], long[]>> longs,
      Optional<RunLoop<byte[], byte[]>> bools) {
    static final Loops NONE =
        new Loops(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private Optional<? extends RunLoop<?, ?>> of(DType dtype) {
      return switch (dtype) {
        case FLOAT32 -> floats;
        case INT32 -> ints;
        case INT64 -> longs;
        case BOOL -> bools;
        default -> Optional.empty();
      };
    }
  }

  /** A function of reals and integers. */
  public static BinaryFunction of(DoubleBinaryOperator reals, LongBinaryOperator integers) {
    return of(reals, integers, ElementKind.REALS);
  }

  /** A function of reals alone. */
  public static BinaryFunction ofReals(DoubleBinaryOperator reals) {
    return of(
        reals,
        (a, b) -> {
          throw new IllegalArgumentException("not a function of integers");
        },
        ElementKind.FLOATS);
  }

  /** A function of integers alone. */
  public static BinaryFunction ofIntegers(LongBinaryOperator integers) {
    return of(
        (a, b) -> {
          throw new IllegalArgumentException("not a function of floating numbers");
        },
        integers,
        ElementKind.INTEGERS);
  }

  private static BinaryFunction of(
      DoubleBinaryOperator reals, LongBinaryOperator integers, ElementKind kind) {
    return new BinaryFunction(reals, integers, integers, Optional.empty(), Loops.NONE, kind);
  }

  public BinaryFunction withUnsignedLongs(LongBinaryOperator function) {
    return new BinaryFunction(reals, integers, function, complex, loops, kind);
  }

  public BinaryFunction withComplex(BinaryOperator<Complex> function) {
    return new BinaryFunction(
        reals, integers, unsignedLongs, Optional.of(function), loops, kind.orComplex());
  }

  public BinaryFunction withFloats(RunLoop<float[], float[]> loop) {
    return with(new Loops(Optional.of(loop), loops.ints, loops.longs, loops.bools));
  }

  public BinaryFunction withInts(RunLoop<int[], int[]> loop) {
    return with(new Loops(loops.floats, Optional.of(loop), loops.longs, loops.bools));
  }

  public BinaryFunction withLongs(RunLoop<long[], long[]> loop) {
    return with(new Loops(loops.floats, loops.ints, Optional.of(loop), loops.bools));
  }

  public BinaryFunction withBools(RunLoop<byte[], byte[]> loop) {
    return with(new Loops(loops.floats, loops.ints, loops.longs, Optional.of(loop)));
  }

  private BinaryFunction with(Loops others) {
    return new BinaryFunction(reals, integers, unsignedLongs, complex, others, kind);
  }

  /** What {@link #evaluate} asks of operands 0 and 1. */
  public Limits limits() {
    return Limits.elements(kind, kind);
  }

  /**
   * Checks that there is a function of such elements.
   *
   * @throws IllegalArgumentException if there is none
   */
  public void require(DType dtype) {
    kind.require(dtype);
  }

  /** Computes result 0 from operands 0 and 1, element by element. */
  public void evaluate(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    BroadcastPlaces places = BroadcastPlaces.of(call, a, b);
    apply(a, b, places.result(call, a.dtype()), places.arrays());
  }

  /**
   * Computes {@code result}, whose shape is the broadcast shape of {@code a} and {@code b}; it may
   * be {@code a} or {@code b} itself.
   */
  public void apply(Tensor a, Tensor b, Tensor result) {
    apply(a, b, result, new BroadcastArrays(result.shape(), a.shape(), b.shape()));
  }

  /** The same within a call, which keeps what is found out from the shapes. */
  void apply(OpCall call, Tensor a, Tensor b, Tensor result) {
    apply(a, b, result, BroadcastPlaces.of(call, a, b).arrays());
  }

  private void apply(Tensor a, Tensor b, Tensor result, BroadcastArrays arrays) {
    DType dtype = a.dtype();
    if (b.dtype() != dtype) {
      throw new IllegalArgumentException("operands of " + dtype + " and " + b.dtype());
    }
    Optional<? extends RunLoop<?, ?>> loop = loops.of(dtype);
    if (loop.isPresent()) {
      arrays.run(loop.get(), a, b, result);
      return;
    }
    BroadcastRuns runs = arrays.runs();
    for (runs.begin(); runs.hasRun(); runs.next()) {
      int x = runs.a();
      int y = runs.b();
      int end = runs.at() + runs.count();
      for (int i = runs.at(); i < end; i++, x += runs.stepA(), y += runs.stepB()) {
        apply(a, x, b, y, result, i);
      }
    }
  }

  private void apply(Tensor a, int x, Tensor b, int y, Tensor result, int i) {
    DType dtype = a.dtype();
    if (dtype.isFloating()) {
      result.setDouble(i, reals.applyAsDouble(a.getDouble(x), b.getDouble(y)));
    } else if (dtype.isComplex()) {
      BinaryOperator<Complex> function =
          complex.orElseThrow(() -> new IllegalArgumentException("not a function of " + dtype));
      function.apply(Complex.get(a, x), Complex.get(b, y)).store(result, i);
    } else {
      LongBinaryOperator function = dtype == DType.UINT64 ? unsignedLongs : integers;
      result.setLong(i, function.applyAsLong(a.getLong(x), b.getLong(y)));
    }
  }
}
