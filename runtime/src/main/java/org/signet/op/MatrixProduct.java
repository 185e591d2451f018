package org.signet.op;

import java.util.Arrays;
import java.util.Optional;
import org.signet.tensor.Tensor;

/**
 * Products of matrices, in batches: what FULLY_CONNECTED, BATCH_MATMUL and TensorFlow's MatMul and
 * Einsum share.
 */
public final class MatrixProduct {
  /**
   * Rows of the first matrix that go through the second together, so that it is read less often.
   */
  private static final int ROW_BLOCK = 16;

  /**
   * Elements of the second matrix that are read again for each of those rows: as much as stays in
   * the cache.
   */
  private static final int BLOCK_ELEMENTS = 1 << 15;

  /** From this many rows on, transposing the second matrix first pays. */
  private static final int ROWS_WORTH_TRANSPOSING = 8;

  private MatrixProduct() {}

  /** The shape of {@code a · b}, with broadcasting of the leading dimensions. */
  public static int[] shape(int[] a, int[] b, boolean transposeA, boolean transposeB) {
    int rows = a[a.length - (transposeA ? 1 : 2)];
    int columns = b[b.length - (transposeB ? 2 : 1)];
    int[] batch = Shapes.broadcast(batch(a), batch(b));
    int[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = rows;
    shape[batch.length + 1] = columns;
    return shape;
  }

  private static int[] batch(int[] dims) {
    return Arrays.copyOf(dims, dims.length - 2);
  }

  /**
   * Writes {@code a · b} to {@code result}: of the matrices in the last two dimensions, broadcast
   * over the leading ones.
   *
   * @param bias added to each row
   * @param result of {@linkplain #shape this shape}, every element of which is written
   * @throws IllegalArgumentException if rows and columns don't match
   */
  public static void multiply(
      Tensor a,
      Tensor b,
      boolean transposeA,
      boolean transposeB,
      Optional<Tensor> bias,
      Tensor result) {
    int rows = result.dim(-2);
    int columns = result.dim(-1);
    int depth = a.dim(transposeA ? -2 : -1);
    if (depth != b.dim(transposeB ? -1 : -2)) {
      throw new IllegalArgumentException(
          "Matrix size-incompatible: In[0]: "
              + Shapes.tight(a.shape())
              + ", In[1]: "
              + Shapes.tight(b.shape()));
    }
    if (result.size() == 0) {
      return;
    }
    boolean dots = transposeB && rows < ROWS_WORTH_TRANSPOSING;
    Tensor right = transposeB && !dots ? swapped(b) : b;
    RowSums sums = RowSums.of(a, right, bias, result, ROW_BLOCK * columns);
    int stepRow = transposeA ? 1 : depth;
    int stepA = transposeA ? rows : 1;
    BroadcastLoop.run(
        batch(result.shape()),
        batch(a.shape()),
        batch(b.shape()),
        (i, x, y) -> {
          int at = i * rows * columns;
          int atA = x * rows * depth;
          int atB = y * depth * columns;
          if (dots) {
            multiplyByDots(sums, rows, columns, depth, atA, stepRow, stepA, atB, at);
          } else {
            multiply(sums, rows, columns, depth, atA, stepRow, stepA, atB, at);
          }
        });
  }

  private static void multiplyByDots(
      RowSums sums,
      int rows,
      int columns,
      int depth,
      int atA,
      int stepRow,
      int stepA,
      int atB,
      int at) {
    for (int row = 0; row < rows; row++) {
      sums.start(0, columns, 0);
      sums.addDots(0, columns, atA + row * stepRow, stepA, depth, atB, depth);
      sums.store(0, columns, at + row * columns);
    }
  }

  private static void multiply(
      RowSums sums,
      int rows,
      int columns,
      int depth,
      int atA,
      int stepRow,
      int stepA,
      int atB,
      int at) {
    int depthBlock = Math.max(4, BLOCK_ELEMENTS / columns & -4);
    for (int first = 0; first < rows; first += ROW_BLOCK) {
      int count = Math.min(ROW_BLOCK, rows - first);
      for (int r = 0; r < count; r++) {
        sums.start(r * columns, columns, 0);
      }
      for (int k = 0; k < depth; k += depthBlock) {
        int part = Math.min(depthBlock, depth - k);
        for (int r = 0; r < count; r++) {
          int x = atA + (first + r) * stepRow + k * stepA;
          sums.add(r * columns, columns, x, stepA, part, atB + k * columns, columns);
        }
      }
      sums.store(0, count * columns, at + first * columns);
    }
  }

  /** With the last two dimensions swapped. */
  private static Tensor swapped(Tensor matrices) {
    int rank = matrices.rank();
    int[] order = new int[rank];
    Arrays.setAll(order, i -> i < rank - 2 ? i : 2 * rank - 3 - i);
    return AxisOrder.transposed(matrices, order);
  }

  /** The complex conjugate; real tensors as they are. */
  public static Tensor conjugate(Tensor tensor) {
    if (!tensor.dtype().isComplex()) {
      return tensor;
    }
    double[] values = NumberArrays.doubles(tensor).clone();
    for (int i = 1; i < 2 * tensor.size(); i += 2) {
      values[i] = -values[i];
    }
    Tensor conjugate = Tensor.zeros(tensor.dtype(), tensor.shape());
    NumberArrays.storeComplex(values, 0, tensor.size(), conjugate, 0);
    return conjugate;
  }
}
