package org.signet.op;

import java.util.List;
import java.util.Set;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Running sums and products along an axis: CUMSUM. */
public final class Cumulative {
  private static final Set<DType> NARROW = Set.of(DType.FLOAT16, DType.BFLOAT16);

  private Cumulative() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "CUMSUM",
                Shapes.SAME,
                Prepared.of(call -> prepare(call, BinaryFunctions.ADD, 0), 1))
            .accurate(Accuracy.ACCUMULATED));
  }

  /**
   * Puts together the elements of operand 0 along the axis in operand 1 up to each one; attributes
   * {@code exclusive} (without the element itself) and {@code reverse} (from the end). Floating
   * numbers are accumulated in double; of float16 and bfloat16 each step is rounded, as TensorFlow
   * does.
   *
   * @param start what nothing at all gives
   */
  public static void evaluate(OpCall call, BinaryFunction function, double start) {
    prepare(call, function, start).run(call);
  }

  private static Prepared.Run prepare(OpCall call, BinaryFunction function, double start) {
    Tensor x = call.operand(0);
    Shapes.require(call.operand(1).size() == 1, "%s axes", call.operand(1).size());
    int named = (int) call.operand(1).getLong(0);
    Shapes.require(
        named >= -x.rank() && named < x.rank(),
        "ScanOp: Expected scan axis in the range [-%s, %s), but got %s",
        x.rank(),
        x.rank(),
        named);
    int axis = Shapes.axis(named, x.rank());
    AxisLines lines = AxisLines.of(x.shape(), axis);
    boolean exclusive = call.attributes().getBoolean("exclusive", false);
    boolean reverse = call.attributes().getBoolean("reverse", false);
    if (x.dtype() == DType.FLOAT32 && function.equals(BinaryFunctions.ADD)) {
      RunningSums sums = new RunningSums(lines, exclusive, reverse);
      return own -> sums.run(own.operand(0).floats(), own.resultLike(0, 0).floats());
    }
    return new Lines(lines, function, start, exclusive, reverse);
  }

  /**
   * Goes along one line after the other.
   *
   * @param start what nothing at all gives
   */
  private record Lines(
      AxisLines lines, BinaryFunction function, double start, boolean exclusive, boolean reverse)
      implements Prepared.Run {
    @Override
    public void run(OpCall call) {
      Tensor x = call.operand(0);
      Tensor result = call.resultLike(0, 0);
      int step = reverse ? -lines.inner() : lines.inner();
      for (int i = 0; i < lines.count(); i++) {
        int first = lines.start(i);
        int from = reverse ? first + (lines.length() - 1) * lines.inner() : first;
        if (NARROW.contains(x.dtype())) {
          narrow(x, result, from, step);
        } else if (x.dtype().isFloating()) {
          reals(x, result, from, step);
        } else if (x.dtype().isComplex()) {
          complex(x, result, from, step);
        } else {
          integers(x, result, from, step);
        }
      }
    }

    private void reals(Tensor x, Tensor result, int from, int step) {
      double sum = start;
      for (int k = 0, at = from; k < lines.length(); k++, at += step) {
        double next = function.reals().applyAsDouble(sum, x.getDouble(at));
        result.setDouble(at, exclusive ? sum : next);
        sum = next;
      }
    }

    private void narrow(Tensor x, Tensor result, int from, int step) {
      Tensor sum = Tensor.zeros(x.dtype());
      sum.setDouble(0, start);
      for (int k = 0, at = from; k < lines.length(); k++, at += step) {
        double before = sum.getDouble(0);
        sum.setDouble(0, function.reals().applyAsDouble(before, x.getDouble(at)));
        result.setDouble(at, exclusive ? before : sum.getDouble(0));
      }
    }

    private void complex(Tensor x, Tensor result, int from, int step) {
      Complex sum = new Complex(start, 0);
      for (int k = 0, at = from; k < lines.length(); k++, at += step) {
        Complex next = function.complex().orElseThrow().apply(sum, Complex.get(x, at));
        (exclusive ? sum : next).store(result, at);
        sum = next;
      }
    }

    private void integers(Tensor x, Tensor result, int from, int step) {
      long sum = (long) start;
      for (int k = 0, at = from; k < lines.length(); k++, at += step) {
        long next = function.integers().applyAsLong(sum, x.getLong(at));
        result.setLong(at, exclusive ? sum : next);
        sum = next;
      }
    }
  }
}
