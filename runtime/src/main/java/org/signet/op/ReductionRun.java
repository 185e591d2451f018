package org.signet.op;

import java.util.Arrays;
import org.signet.op.Reduction.Fold;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Reductions of tensors of one type and shape, over the same axes. What needs no wider type than
 * its own is put together as it is: floats in order, int32, bools.
 */
final class ReductionRun implements Prepared.Run {
  /** Elements that are widened at a time, within the nearest cache. */
  private static final int BLOCK = 512;

  private final Fold fold;
  private final DType dtype;
  private final int[] shape;

  /** How many elements make up one of the result. */
  private final int count;

  /** Elements in a row, and the sums that they belong to. */
  private final BroadcastRuns runs;

  /** Of the types that are summed up: real numbers or integers. */
  private final double[] reals;

  private final long[] integers;

  /** Where floats are compared: the best ones, and those that they are compared with. */
  private final float[] floats;

  private final float[] next;

  /** The same of int32, and of bools. */
  private final int[] ints;

  private final int[] nextInts;
  private final byte[] nextBools;
  private final double[] realBlock;
  private final long[] integerBlock;

  ReductionRun(OpCall call, Fold fold, ReductionAxes axes) {
    Tensor x = call.operand(0);
    this.fold = fold;
    this.dtype = x.dtype();
    this.shape = axes.result(call.attributes().getBoolean("keep_dims", false));
    this.count = axes.count();
    this.runs = new BroadcastRuns(x.shape(), x.shape(), axes.kept());
    int sums = Shapes.product(shape, 0, shape.length);
    int block = Math.min(BLOCK, x.size());
    boolean isOrder = dtype == DType.FLOAT32 && fold.isOrder();
    boolean isReal = dtype.isFloating() && !isOrder;
    this.floats = new float[isOrder ? sums : 0];
    this.next = new float[isOrder && runs.stepB() == 1 ? sums : 0];
    boolean isInt = dtype == DType.INT32 && (fold.isOrder() || fold == Fold.SUM);
    boolean isBool = dtype == DType.BOOL && fold.isOrder();
    this.ints = new int[isInt ? sums : 0];
    this.nextInts = new int[isInt && runs.stepB() == 1 ? sums : 0];
    this.nextBools = new byte[isBool && runs.stepB() == 1 ? sums : 0];
    boolean isInteger = !isInt && !isBool && !dtype.isFloating() && !dtype.isComplex();
    this.reals = new double[isReal ? sums : 0];
    this.realBlock = new double[isReal ? block : 0];
    this.integers = new long[isInteger ? sums : 0];
    this.integerBlock = new long[isInteger ? block : 0];
  }

  @Override
  public void run(OpCall call) {
    Tensor x = call.operand(0);
    Tensor result = call.result(0, dtype, shape);
    if (dtype == DType.FLOAT32 && fold.isOrder()) {
      reduceFloats(x, result.floats());
    } else if (dtype == DType.INT32 && (fold.isOrder() || fold == Fold.SUM)) {
      reduceInts(x.ints(), result.ints());
    } else if (dtype == DType.BOOL && fold.isOrder()) {
      reduceBools(x.bytes(), result.bytes());
    } else if (dtype.isFloating()) {
      reduceReals(x, result);
    } else if (dtype.isComplex()) {
      reduceComplex(x, result);
    } else {
      reduceIntegers(x, result);
    }
  }

  /** The largest or least floats, which need no wider type. */
  private void reduceFloats(Tensor x, float... result) {
    boolean isMax = fold == Fold.MAX;
    float[] from = x.floats();
    int count = runs.count();
    Arrays.fill(floats, (float) fold.startReal());
    for (runs.begin(); runs.hasRun(); runs.next()) {
      int to = runs.b();
      if (runs.stepB() == 0) {
        floats[to] =
            isMax
                ? FoldLoops.max(floats[to], from, runs.at(), count)
                : FoldLoops.min(floats[to], from, runs.at(), count);
        continue;
      }
      System.arraycopy(from, runs.at(), next, to, count);
      if (isMax) {
        FoldLoops.maxTo(floats, next, to, to + count);
      } else {
        FoldLoops.minTo(floats, next, to, to + count);
      }
    }
    System.arraycopy(floats, 0, result, 0, floats.length);
  }

  private void reduceInts(int[] from, int... result) {
    int count = runs.count();
    Arrays.fill(ints, (int) fold.startInteger(dtype));
    for (runs.begin(); runs.hasRun(); runs.next()) {
      int to = runs.b();
      if (runs.stepB() == 0) {
        ints[to] =
            switch (fold) {
              case MAX -> FoldLoops.max(ints[to], from, runs.at(), count);
              case MIN -> FoldLoops.min(ints[to], from, runs.at(), count);
              default -> FoldLoops.sum(ints[to], from, runs.at(), count);
            };
        continue;
      }
      System.arraycopy(from, runs.at(), nextInts, to, count);
      switch (fold) {
        case MAX -> FoldLoops.maxTo(ints, nextInts, to, to + count);
        case MIN -> FoldLoops.minTo(ints, nextInts, to, to + count);
        default -> FoldLoops.addTo(ints, nextInts, to, to + count);
      }
    }
    System.arraycopy(ints, 0, result, 0, ints.length);
  }

  /** Any, or all. */
  private void reduceBools(byte[] from, byte... result) {
    boolean isAny = fold == Fold.MAX;
    byte start = (byte) (isAny ? 0 : 1);
    byte found = (byte) (1 - start);
    int count = runs.count();
    Arrays.fill(result, 0, Shapes.product(shape, 0, shape.length), start);
    for (runs.begin(); runs.hasRun(); runs.next()) {
      int to = runs.b();
      if (runs.stepB() == 0) {
        if (result[to] == start && FoldLoops.hasBool(from, runs.at(), count, found)) {
          result[to] = found;
        }
        continue;
      }
      System.arraycopy(from, runs.at(), nextBools, to, count);
      if (isAny) {
        FoldLoops.orTo(result, nextBools, to, to + count);
      } else {
        FoldLoops.andTo(result, nextBools, to, to + count);
      }
    }
  }

  private void reduceReals(Tensor x, Tensor result) {
    Arrays.fill(reals, fold.startReal());
    for (runs.begin(); runs.hasRun(); runs.next()) {
      for (int k = 0; k < runs.count(); k += BLOCK) {
        int n = Math.min(BLOCK, runs.count() - k);
        NumberArrays.load(x, runs.at() + k, n, realBlock);
        int to = runs.b();
        if (runs.stepB() == 0) {
          reals[to] = fold.join(reals[to], realBlock, n);
        } else {
          fold.joinEach(reals, to + k, realBlock, n);
        }
      }
    }
    for (int i = 0; i < reals.length; i++) {
      reals[i] = fold.last(reals[i], count);
    }
    NumberArrays.store(reals, 0, reals.length, result, 0);
  }

  private void reduceIntegers(Tensor x, Tensor result) {
    // With the first bit turned, unsigned numbers are in the order of signed ones.
    long turned = dtype == DType.UINT64 && fold.isOrder() ? Long.MIN_VALUE : 0;
    Arrays.fill(integers, fold.startInteger(dtype) ^ turned);
    for (runs.begin(); runs.hasRun(); runs.next()) {
      for (int k = 0; k < runs.count(); k += BLOCK) {
        int n = Math.min(BLOCK, runs.count() - k);
        NumberArrays.load(x, runs.at() + k, n, integerBlock);
        for (int i = 0; turned != 0 && i < n; i++) {
          integerBlock[i] ^= turned;
        }
        int to = runs.b();
        if (runs.stepB() == 0) {
          integers[to] = fold.join(integers[to], integerBlock, n);
        } else {
          fold.joinEach(integers, to + k, integerBlock, n);
        }
      }
    }
    for (int i = 0; i < integers.length; i++) {
      integers[i] = fold.last(integers[i] ^ turned, count, dtype);
    }
    NumberArrays.store(integers, integers.length, result, 0);
  }

  private void reduceComplex(Tensor x, Tensor result) {
    Complex[] sums = new Complex[result.size()];
    Arrays.fill(sums, new Complex(fold.startReal(), 0));
    for (runs.begin(); runs.hasRun(); runs.next()) {
      for (int k = 0; k < runs.count(); k++) {
        int to = runs.b() + k * runs.stepB();
        sums[to] = fold.next(sums[to], Complex.get(x, runs.at() + k));
      }
    }
    for (int i = 0; i < sums.length; i++) {
      fold.last(sums[i], count).store(result, i);
    }
  }
}
