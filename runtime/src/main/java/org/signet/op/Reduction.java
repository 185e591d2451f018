package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Reductions over axes: SUM, MEAN, REDUCE_MAX and their kin.
 *
 * <p>Floating numbers are accumulated in double and rounded once. Integers wrap; an integer mean is
 * that of the exact sum, rounded towards zero. Of no elements the sum is 0, the product 1, the mean
 * NaN, the largest −∞ or the least integer.
 */
public final class Reduction {
  private Reduction() {}

  static List<OpDefinition> definitions() {
    return List.of(
        reduction("SUM", Fold.SUM).accurate(Accuracy.ACCUMULATED),
        reduction("MEAN", Fold.MEAN).accurate(Accuracy.ACCUMULATED),
        reduction("REDUCE_PROD", Fold.PROD).accurate(Accuracy.ACCUMULATED),
        reduction("REDUCE_MAX", Fold.MAX).accurate(Accuracy.EXACT),
        reduction("REDUCE_MIN", Fold.MIN).accurate(Accuracy.EXACT),
        reduction("REDUCE_ANY", Fold.MAX).accurate(Accuracy.EXACT),
        reduction("REDUCE_ALL", Fold.MIN).accurate(Accuracy.EXACT));
  }

  private static OpDefinition reduction(String name, Fold fold) {
    return OpDefinition.builtin(
        name, op -> ReductionAxes.infer(op, true), call -> evaluate(call, fold, true));
  }

  /** How elements are put together; of bools MAX is "any" and MIN "all". */
  public enum Fold {
    SUM,
    MEAN,
    PROD,
    MAX,
    MIN,
    /** The square root of the sum of squared magnitudes. */
    NORM;

    @SuppressWarnings("ImmutableEnumChecker") // it has no state of its own
    private final Prepared repeating =
        Prepared.of(call -> new ReductionRun(call, this, ReductionAxes.of(call, true)), 1);

    @SuppressWarnings("ImmutableEnumChecker") // it has no state of its own
    private final Prepared strict =
        Prepared.of(call -> new ReductionRun(call, this, ReductionAxes.of(call, false)), 1);

    double startReal() {
      return switch (this) {
        case SUM, MEAN, NORM -> 0;
        case PROD -> 1;
        case MAX -> Double.NEGATIVE_INFINITY;
        case MIN -> Double.POSITIVE_INFINITY;
      };
    }

    /** Puts {@code count} of {@code x}, which is worn out then, together with {@code sum}. */
    double join(double sum, double[] x, int count) {
      return switch (this) {
        case SUM, MEAN -> FoldLoops.sum(sum, x, count);
        case NORM -> {
          FoldLoops.multiplyTo(x, 0, x, count);
          yield FoldLoops.sum(sum, x, count);
        }
        case PROD -> FoldLoops.product(sum, x, count);
        case MAX -> FoldLoops.max(sum, x, count);
        case MIN -> FoldLoops.min(sum, x, count);
      };
    }

    /** Puts each of {@code x}, which is worn out then, together with a sum of its own. */
    void joinEach(double[] sums, int at, double[] x, int count) {
      switch (this) {
        case SUM, MEAN -> FoldLoops.addTo(sums, at, x, count);
        case NORM -> {
          FoldLoops.multiplyTo(x, 0, x, count);
          FoldLoops.addTo(sums, at, x, count);
        }
        case PROD -> FoldLoops.multiplyTo(sums, at, x, count);
        case MAX -> FoldLoops.maxTo(sums, at, x, count);
        case MIN -> FoldLoops.minTo(sums, at, x, count);
      }
    }

    double last(double sum, int count) {
      return this == MEAN ? sum / count : this == NORM ? Math.sqrt(sum) : sum;
    }

    long startInteger(DType dtype) {
      return switch (this) {
        case SUM, MEAN, NORM -> 0;
        case PROD -> 1;
        case MAX -> least(dtype);
        case MIN -> greatest(dtype);
      };
    }

    long join(long sum, long[] x, int count) {
      return switch (this) {
        case SUM, MEAN -> FoldLoops.sum(sum, x, count);
        case NORM -> {
          FoldLoops.multiplyTo(x, 0, x, count);
          yield FoldLoops.sum(sum, x, count);
        }
        case PROD -> FoldLoops.product(sum, x, count);
        case MAX -> FoldLoops.max(sum, x, count);
        case MIN -> FoldLoops.min(sum, x, count);
      };
    }

    void joinEach(long[] sums, int at, long[] x, int count) {
      switch (this) {
        case SUM, MEAN -> FoldLoops.addTo(sums, at, x, count);
        case NORM -> {
          FoldLoops.multiplyTo(x, 0, x, count);
          FoldLoops.addTo(sums, at, x, count);
        }
        case PROD -> FoldLoops.multiplyTo(sums, at, x, count);
        case MAX -> FoldLoops.maxTo(sums, at, x, count);
        case MIN -> FoldLoops.minTo(sums, at, x, count);
      }
    }

    boolean isOrder() {
      return this == MAX || this == MIN;
    }

    long last(long sum, int count, DType dtype) {
      return switch (this) {
        case MEAN ->
            count == 0 ? 0 : dtype == DType.UINT64 ? Long.divideUnsigned(sum, count) : sum / count;
        case NORM -> root(sum, dtype);
        default -> sum;
      };
    }

    /** Of a sum that wraps in its type; of a negative one the integer that NaN is converted to. */
    private static long root(long sum, DType dtype) {
      Tensor wrapped = Tensor.zeros(dtype, 1);
      wrapped.setLong(0, sum);
      double root = Math.sqrt(wrapped.getDouble(0));
      if (Double.isNaN(root)) {
        return dtype.bytes() < Integer.BYTES ? 0 : least(dtype);
      }
      return (long) root;
    }

    Complex next(Complex sum, Complex x) {
      return switch (this) {
        case SUM, MEAN -> sum.plus(x);
        case NORM -> sum.plus(new Complex(x.re() * x.re() + x.im() * x.im(), 0));
        case PROD -> sum.times(x);
        case MAX, MIN -> throw new IllegalArgumentException("complex numbers have no order");
      };
    }

    Complex last(Complex sum, int count) {
      return new Complex(last(sum.re(), count), this == NORM ? 0 : last(sum.im(), count));
    }
  }

  /** The least value of an integer type or bool. */
  public static long least(DType dtype) {
    return dtype.isUnsigned() || dtype == DType.BOOL ? 0 : -1L << (8 * dtype.bytes() - 1);
  }

  /** The greatest value of an integer type or bool, as bits. */
  public static long greatest(DType dtype) {
    return dtype == DType.BOOL
        ? 1
        : dtype.isUnsigned() ? -1L >>> (64 - 8 * dtype.bytes()) : ~least(dtype);
  }

  /**
   * Reduces operand 0 over the axes in operand 1; attribute {@code keep_dims}.
   *
   * @param repeats whether an axis may be listed twice
   */
  public static void evaluate(OpCall call, Fold fold, boolean repeats) {
    (repeats ? fold.repeating : fold.strict).evaluate(call);
  }
}
