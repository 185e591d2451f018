package org.signet.op;

import java.util.Arrays;
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
  /** Elements that are widened at a time, within the nearest cache. */
  private static final int BLOCK = 512;

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

    private double startReal() {
      return switch (this) {
        case SUM, MEAN, NORM -> 0;
        case PROD -> 1;
        case MAX -> Double.NEGATIVE_INFINITY;
        case MIN -> Double.POSITIVE_INFINITY;
      };
    }

    /** Puts {@code count} of {@code x}, which is worn out then, together with {@code sum}. */
    private double join(double sum, double[] x, int count) {
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
    private void joinEach(double[] sums, int at, double[] x, int count) {
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

    private double last(double sum, int count) {
      return this == MEAN ? sum / count : this == NORM ? Math.sqrt(sum) : sum;
    }

    private long startInteger(DType dtype) {
      return switch (this) {
        case SUM, MEAN, NORM -> 0;
        case PROD -> 1;
        case MAX -> least(dtype);
        case MIN -> greatest(dtype);
      };
    }

    private long join(long sum, long[] x, int count) {
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

    private void joinEach(long[] sums, int at, long[] x, int count) {
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

    private boolean isOrder() {
      return this == MAX || this == MIN;
    }

    private long last(long sum, int count, boolean unsigned) {
      return switch (this) {
        case MEAN -> count == 0 ? 0 : unsigned ? Long.divideUnsigned(sum, count) : sum / count;
        case NORM -> (long) Math.sqrt((double) sum);
        default -> sum;
      };
    }

    private Complex next(Complex sum, Complex x) {
      return switch (this) {
        case SUM, MEAN -> sum.plus(x);
        case NORM -> sum.plus(new Complex(x.re() * x.re() + x.im() * x.im(), 0));
        case PROD -> sum.times(x);
        case MAX, MIN -> throw new IllegalArgumentException("complex numbers have no order");
      };
    }

    private Complex last(Complex sum, int count) {
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
    ReductionAxes axes = ReductionAxes.of(call, repeats);
    Tensor x = call.operand(0);
    boolean keepDims = call.attributes().getBoolean("keep_dims", false);
    Tensor result = call.result(0, x.dtype(), axes.result(keepDims));
    if (x.dtype().isFloating()) {
      reduceReals(x, axes, fold, result);
    } else if (x.dtype().isComplex()) {
      reduceComplex(x, axes, fold, result);
    } else {
      reduceIntegers(x, axes, fold, result);
    }
  }

  private static void reduceReals(Tensor x, ReductionAxes axes, Fold fold, Tensor result) {
    double[] sums = new double[result.size()];
    Arrays.fill(sums, fold.startReal());
    double[] block = new double[Math.min(BLOCK, x.size())];
    forEachBlock(
        x,
        axes,
        (from, to, step, count) -> {
          NumberArrays.load(x, from, count, block);
          if (step == 0) {
            sums[to] = fold.join(sums[to], block, count);
          } else {
            fold.joinEach(sums, to, block, count);
          }
        });
    int count = axes.count();
    for (int i = 0; i < sums.length; i++) {
      result.setDouble(i, fold.last(sums[i], count));
    }
  }

  private static void reduceIntegers(Tensor x, ReductionAxes axes, Fold fold, Tensor result) {
    boolean unsigned = x.dtype() == DType.UINT64;
    // With the first bit turned, unsigned numbers are in the order of signed ones.
    long turned = unsigned && fold.isOrder() ? Long.MIN_VALUE : 0;
    long[] sums = new long[result.size()];
    Arrays.fill(sums, fold.startInteger(x.dtype()) ^ turned);
    long[] block = new long[Math.min(BLOCK, x.size())];
    forEachBlock(
        x,
        axes,
        (from, to, step, count) -> {
          NumberArrays.load(x, from, count, block);
          for (int i = 0; turned != 0 && i < count; i++) {
            block[i] ^= turned;
          }
          if (step == 0) {
            sums[to] = fold.join(sums[to], block, count);
          } else {
            fold.joinEach(sums, to, block, count);
          }
        });
    int count = axes.count();
    for (int i = 0; i < sums.length; i++) {
      result.setLong(i, fold.last(sums[i] ^ turned, count, unsigned));
    }
  }

  /** Gets elements that follow each other, and the sums that they belong to. */
  @FunctionalInterface
  private interface Block {
    /**
     * @param from the first element
     * @param to the first sum
     * @param step 0 if all belong to this sum, 1 if each belongs to the next
     * @param count at most {@link #BLOCK}
     */
    void at(int from, int to, int step, int count);
  }

  private static void forEachBlock(Tensor x, ReductionAxes axes, Block block) {
    int[] shape = x.shape();
    BroadcastLoop.runs(
        shape,
        shape,
        axes.kept(),
        (i, _, _, to, step, count) -> {
          for (int k = 0; k < count; k += BLOCK) {
            block.at(i + k, to + k * step, step, Math.min(BLOCK, count - k));
          }
        });
  }

  private static void reduceComplex(Tensor x, ReductionAxes axes, Fold fold, Tensor result) {
    Complex[] sums = new Complex[result.size()];
    Arrays.fill(sums, new Complex(fold.startReal(), 0));
    BroadcastLoop.run(
        x.shape(),
        x.shape(),
        axes.kept(),
        (i, _, to) -> sums[to] = fold.next(sums[to], Complex.get(x, i)));
    int count = axes.count();
    for (int i = 0; i < sums.length; i++) {
      fold.last(sums[i], count).store(result, i);
    }
  }
}
