package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;

/** Running sums and products along an axis: CUMSUM. */
public final class Cumulative {
  private Cumulative() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("CUMSUM", Shapes.SAME, call -> evaluate(call, BinaryFunctions.ADD, 0))
            .accurate(Accuracy.ACCUMULATED));
  }

  /**
   * Puts together the elements of operand 0 along the axis in operand 1 up to each one; attributes
   * {@code exclusive} (without the element itself) and {@code reverse} (from the end). Floating
   * numbers are accumulated in double.
   *
   * @param start what nothing at all gives
   */
  public static void evaluate(OpCall call, BinaryFunction function, double start) {
    Tensor x = call.operand(0);
    Shapes.require(call.operand(1).size() == 1, "%s axes", call.operand(1).size());
    int axis = Shapes.axis((int) call.operand(1).getLong(0), x.rank());
    AxisLines lines = AxisLines.of(x.shape(), axis);
    boolean exclusive = call.attributes().getBoolean("exclusive", false);
    boolean reverse = call.attributes().getBoolean("reverse", false);
    Line line = line(x, call.result(0, x.dtype(), x.shape()), function, start, exclusive);
    for (int i = 0; i < lines.count(); i++) {
      int first = lines.start(i);
      int last = first + (lines.length() - 1) * lines.inner();
      line.run(reverse ? last : first, reverse ? -lines.inner() : lines.inner(), lines.length());
    }
  }

  /** Goes along one line. */
  @FunctionalInterface
  private interface Line {
    void run(int from, int step, int count);
  }

  private static Line line(
      Tensor x, Tensor result, BinaryFunction function, double start, boolean exclusive) {
    if (x.dtype().isFloating()) {
      return (from, step, count) -> {
        double sum = start;
        for (int k = 0, at = from; k < count; k++, at += step) {
          double next = function.reals().applyAsDouble(sum, x.getDouble(at));
          result.setDouble(at, exclusive ? sum : next);
          sum = next;
        }
      };
    }
    if (x.dtype().isComplex()) {
      return (from, step, count) -> {
        Complex sum = new Complex(start, 0);
        for (int k = 0, at = from; k < count; k++, at += step) {
          Complex next = function.complex().orElseThrow().apply(sum, Complex.get(x, at));
          (exclusive ? sum : next).store(result, at);
          sum = next;
        }
      };
    }
    return (from, step, count) -> {
      long sum = (long) start;
      for (int k = 0, at = from; k < count; k++, at += step) {
        long next = function.integers().applyAsLong(sum, x.getLong(at));
        result.setLong(at, exclusive ? sum : next);
        sum = next;
      }
    };
  }
}
