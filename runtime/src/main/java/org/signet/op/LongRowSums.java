package org.signet.op;

import java.util.Arrays;
import java.util.Optional;
import org.signet.tensor.Tensor;

/** Sums of integer products, which wrap. */
final class LongRowSums extends RowSums {
  private final long[] a;
  private final long[] b;
  private final Optional<long[]> bias;
  private final long[] sums;
  private final Tensor result;

  LongRowSums(Tensor a, Tensor b, Optional<Tensor> bias, Tensor result, int size) {
    this.a = NumberArrays.longs(a);
    this.b = NumberArrays.longs(b);
    this.bias = bias.map(NumberArrays::longs);
    this.sums = new long[size];
    this.result = result;
  }

  @Override
  void start(int sum, int n, int at) {
    if (bias.isEmpty()) {
      Arrays.fill(sums, sum, sum + n, 0);
      return;
    }
    long[] values = bias.get();
    for (int j = 0; j < n; j++) {
      sums[sum + j] = values[at + j];
    }
  }

  @Override
  void add(int sum, int n, int at, int stepA, int k, int bt, int stepB) {
    int i = 0;
    for (; i + 4 <= k; i += 4) {
      int x = at + i * stepA;
      addFour(
          sums,
          sum,
          n,
          a[x],
          a[x + stepA],
          a[x + 2 * stepA],
          a[x + 3 * stepA],
          b,
          bt + i * stepB,
          stepB);
    }
    for (; i < k; i++) {
      addOne(sums, sum, n, a[at + i * stepA], b, bt + i * stepB);
    }
  }

  /** Four rows at once: the sums are loaded and stored a quarter as often. */
  private static void addFour(
      long[] sums,
      int sum,
      int n,
      long a0,
      long a1,
      long a2,
      long a3,
      long[] b,
      int row,
      int step) {
    int row1 = row + step;
    int row2 = row1 + step;
    int row3 = row2 + step;
    for (int j = 0; j < n; j++) {
      sums[sum + j] += a0 * b[row + j] + a1 * b[row1 + j] + a2 * b[row2 + j] + a3 * b[row3 + j];
    }
  }

  private static void addOne(long[] sums, int sum, int n, long factor, long[] b, int row) {
    for (int j = 0; j < n; j++) {
      sums[sum + j] += factor * b[row + j];
    }
  }

  @Override
  void addDots(int sum, int n, int at, int stepA, int k, int bt, int stepB) {
    for (int j = 0; j < n; j++) {
      sums[sum + j] += dot(a, at, stepA, b, bt + j * stepB, k);
    }
  }

  /** Two chains of additions, as one alone would wait for each addition to finish. */
  private static long dot(long[] a, int at, int stepA, long[] b, int bt, int k) {
    long even = 0;
    long odd = 0;
    int i = 0;
    for (; i + 2 <= k; i += 2) {
      even += a[at + i * stepA] * b[bt + i];
      odd += a[at + (i + 1) * stepA] * b[bt + i + 1];
    }
    if (i < k) {
      even += a[at + i * stepA] * b[bt + i];
    }
    return even + odd;
  }

  @Override
  void addEach(int sum, int n, int at, int repeat, int bt) {
    if (repeat == 1) {
      for (int j = 0; j < n; j++) {
        sums[sum + j] += a[at + j] * b[bt + j];
      }
    } else {
      for (int c = 0; c < n / repeat; c++) {
        addOne(sums, sum + c * repeat, repeat, a[at + c], b, bt + c * repeat);
      }
    }
  }

  @Override
  void store(int sum, int n, int at) {
    for (int j = 0; j < n; j++) {
      result.setLong(at + j, sums[sum + j]);
    }
  }
}
