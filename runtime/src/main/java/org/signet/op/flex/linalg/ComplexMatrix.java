package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.signet.op.Complex;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * A dense matrix of complex numbers in double precision, for reference evaluation; real matrices
 * are those without imaginary parts. Elements are set in place.
 */
final class ComplexMatrix {
  final int rows;
  final int columns;
  private final Complex[] elements;

  ComplexMatrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    elements = new Complex[rows * columns];
    Arrays.fill(elements, Complex.ZERO);
  }

  static ComplexMatrix identity(int size) {
    ComplexMatrix matrix = new ComplexMatrix(size, size);
    for (int i = 0; i < size; i++) {
      matrix.set(i, i, Complex.ONE);
    }
    return matrix;
  }

  /** A matrix of no numbers: all parts are NaN. */
  static ComplexMatrix nan(int rows, int columns) {
    ComplexMatrix matrix = new ComplexMatrix(rows, columns);
    Arrays.fill(matrix.elements, new Complex(Double.NaN, Double.NaN));
    return matrix;
  }

  /** Matrix {@code number} of a batch. */
  static ComplexMatrix read(Tensor batch, int number) {
    ComplexMatrix matrix = new ComplexMatrix(batch.dim(-2), batch.dim(-1));
    int from = number * matrix.elements.length;
    for (int i = 0; i < matrix.elements.length; i++) {
      matrix.elements[i] =
          batch.dtype().isComplex()
              ? Complex.get(batch, from + i)
              : new Complex(batch.getDouble(from + i), 0);
    }
    return matrix;
  }

  /** Whether no element is infinite or NaN. */
  boolean isFinite() {
    return Arrays.stream(elements)
        .allMatch(element -> Double.isFinite(element.re()) && Double.isFinite(element.im()));
  }

  /** Stores this as matrix {@code number} of a batch. */
  void store(Tensor batch, int number) {
    int to = number * elements.length;
    for (int i = 0; i < elements.length; i++) {
      store(elements[i], batch, to + i);
    }
  }

  /** Stores a number into a real or complex tensor. */
  static void store(Complex value, Tensor target, int i) {
    if (target.dtype().isComplex()) {
      value.store(target, i);
    } else {
      target.setDouble(i, value.re());
    }
  }

  Complex get(int row, int column) {
    return elements[row * columns + column];
  }

  void set(int row, int column, Complex value) {
    elements[row * columns + column] = value;
  }

  /** The conjugate transpose. */
  ComplexMatrix adjoint() {
    ComplexMatrix result = new ComplexMatrix(/* rows= */ columns, /* columns= */ rows);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        result.set(k, i, get(i, k).conjugate());
      }
    }
    return result;
  }

  ComplexMatrix times(ComplexMatrix other) {
    Shapes.require(
        columns == other.rows, "no product of %s columns and %s rows", columns, other.rows);
    ComplexMatrix result = new ComplexMatrix(rows, other.columns);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < other.columns; k++) {
        Complex sum = Complex.ZERO;
        for (int j = 0; j < columns; j++) {
          sum = sum.plus(get(i, j).times(other.get(j, k)));
        }
        result.set(i, k, sum);
      }
    }
    return result;
  }

  /** Adds {@code factor} times a row to another, from a column on. */
  void addRow(int from, int to, Complex factor, int firstColumn) {
    for (int k = firstColumn; k < columns; k++) {
      set(to, k, get(to, k).plus(get(from, k).times(factor)));
    }
  }

  /** Whether any element has an imaginary part. */
  boolean isComplex() {
    return Arrays.stream(elements).anyMatch(element -> element.im() != 0);
  }

  /** The first rows and columns. */
  ComplexMatrix part(int partRows, int partColumns) {
    ComplexMatrix result = new ComplexMatrix(partRows, partColumns);
    for (int i = 0; i < partRows; i++) {
      for (int k = 0; k < partColumns; k++) {
        result.set(i, k, get(i, k));
      }
    }
    return result;
  }

  void scaleRow(int row, Complex factor) {
    for (int k = 0; k < columns; k++) {
      set(row, k, get(row, k).times(factor));
    }
  }

  void scaleColumn(int column, Complex factor) {
    for (int i = 0; i < rows; i++) {
      set(i, column, get(i, column).times(factor));
    }
  }

  void swapColumns(int a, int b) {
    for (int i = 0; i < rows; i++) {
      Complex swapped = get(i, a);
      set(i, a, get(i, b));
      set(i, b, swapped);
    }
  }

  /** {@code this + factor · other}. */
  ComplexMatrix plus(ComplexMatrix other, double factor) {
    ComplexMatrix result = new ComplexMatrix(rows, columns);
    Complex scale = new Complex(factor, 0);
    Arrays.setAll(result.elements, i -> elements[i].plus(other.elements[i].times(scale)));
    return result;
  }

  void swapRows(int a, int b) {
    for (int k = 0; k < columns; k++) {
      Complex swapped = get(a, k);
      set(a, k, get(b, k));
      set(b, k, swapped);
    }
  }

  /**
   * Brings this into upper triangular form by rows, the largest element of a column as its pivot;
   * the factors stay below the diagonal.
   *
   * @return for each row of the result which row of the original it was
   */
  int[] eliminate() {
    int[] order = IntStream.range(0, rows).toArray();
    for (int k = 0; k < Math.min(rows, columns); k++) {
      int pivot = k;
      for (int i = k + 1; i < rows; i++) {
        pivot = get(i, k).abs() > get(pivot, k).abs() ? i : pivot;
      }
      if (get(pivot, k).abs() == 0) {
        continue;
      }
      if (pivot != k) {
        swapRows(pivot, k);
        int swapped = order[pivot];
        order[pivot] = order[k];
        order[k] = swapped;
      }
      for (int i = k + 1; i < rows; i++) {
        Complex factor = get(i, k).dividedBy(get(k, k));
        addRow(k, i, factor.negated(), k + 1);
        set(i, k, factor);
      }
    }
    return order;
  }

  /**
   * Solves {@code triangle · x = b} in place of {@code b}.
   *
   * @param lower whether the lower triangle counts, else the upper
   * @param unit whether the diagonal counts as ones
   */
  static void solveTriangle(ComplexMatrix triangle, ComplexMatrix b, boolean lower, boolean unit) {
    int n = triangle.rows;
    for (int step = 0; step < n; step++) {
      int i = lower ? step : n - 1 - step;
      for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
        b.addRow(k, i, triangle.get(i, k).negated(), 0);
      }
      for (int c = 0; !unit && c < b.columns; c++) {
        b.set(i, c, b.get(i, c).dividedBy(triangle.get(i, i)));
      }
    }
  }
}
