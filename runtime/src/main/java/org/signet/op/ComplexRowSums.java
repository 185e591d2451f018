package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;

/** Sums of complex products, in double. There is no bias. */
final class ComplexRowSums extends RowSums {
  private final double[] a;
  private final double[] b;
  private final double[] sums;
  private final Tensor result;

  ComplexRowSums(Tensor a, Tensor b, Tensor result, int size) {
    this.a = NumberArrays.doubles(a);
    this.b = NumberArrays.doubles(b);
    this.sums = new double[2 * size];
    this.result = result;
  }

  @Override
  void start(int sum, int n, int at) {
    Arrays.fill(sums, 2 * sum, 2 * (sum + n), 0);
  }

  @Override
  void add(int sum, int n, int at, int stepA, int k, int bt, int stepB) {
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        addProduct(sum + j, at + i * stepA, bt + i * stepB + j);
      }
    }
  }

  @Override
  void addDots(int sum, int n, int at, int stepA, int k, int bt, int stepB) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < k; i++) {
        addProduct(sum + j, at + i * stepA, bt + j * stepB + i);
      }
    }
  }

  @Override
  void addEach(int sum, int n, int at, int repeat, int bt) {
    for (int j = 0; j < n; j++) {
      addProduct(sum + j, at + j / repeat, bt + j);
    }
  }

  private void addProduct(int sum, int x, int y) {
    double re = a[2 * x];
    double im = a[2 * x + 1];
    sums[2 * sum] += re * b[2 * y] - im * b[2 * y + 1];
    sums[2 * sum + 1] += re * b[2 * y + 1] + im * b[2 * y];
  }

  @Override
  void store(int sum, int n, int at) {
    NumberArrays.storeComplex(sums, sum, n, result, at);
  }
}
