package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Compares the copy with one that goes element by element, on boxes of all kinds. */
class StridedCopyTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void equalsTheElementwiseCopy(DType dtype) {
    Random random = new Random(dtype.tfNumber());
    for (int round = 0; round < 60; round++) {
      int rank = random.nextInt(5);
      int[] dims = new int[rank];
      int[] padded = new int[rank];
      for (int d = 0; d < rank; d++) {
        dims[d] = random.nextInt(8) == 0 ? 40 : random.nextInt(5);
        padded[d] = dims[d] + random.nextInt(3);
      }
      Tensor source = numbered(dtype, padded);
      int[] own = Shapes.strides(padded);
      int[] strides = new int[rank];
      int from = 0;
      for (int d = 0; d < rank; d++) {
        // Forward, backward or standing still.
        strides[d] = (random.nextInt(3) - 1) * own[d];
        from += strides[d] < 0 ? Math.max(0, dims[d] - 1) * own[d] : 0;
      }
      shuffle(dims, strides, random);
      Tensor actual = Tensor.zeros(dtype, dims);
      StridedCopy.gather(source, from, strides, dims, actual);
      Tensor expected = Tensor.zeros(dtype, dims);
      for (int i = 0; i < expected.size(); i++) {
        Elements.copy(source, position(i, dims, from, strides), expected, i, 1);
      }
      assertThat(actual.array()).isEqualTo(expected.array());
      if (rank > 0 && actual.size() > 0) {
        scattersBack(actual, random);
      }
    }
  }

  private static void scattersBack(Tensor source, Random random) {
    int[] dims = source.shape();
    int[] wide = dims.clone();
    wide[random.nextInt(wide.length)] += 2;
    Tensor target = Tensor.zeros(source.dtype(), wide);
    int[] strides = Shapes.strides(wide);
    StridedCopy.scatter(source, dims, target, 0, strides);
    Tensor back = Tensor.zeros(source.dtype(), dims);
    StridedCopy.gather(target, 0, strides, dims, back);
    assertThat(back.array()).isEqualTo(source.array());
  }

  /** Dimensions in another order, so that runs are not contiguous. */
  private static void shuffle(int[] dims, int[] strides, Random random) {
    for (int d = dims.length - 1; d > 0; d--) {
      int other = random.nextInt(d + 1);
      int dim = dims[d];
      int stride = strides[d];
      dims[d] = dims[other];
      strides[d] = strides[other];
      dims[other] = dim;
      strides[other] = stride;
    }
  }

  private static int position(int i, int[] dims, int from, int[] strides) {
    int position = from;
    int rest = i;
    for (int d = dims.length - 1; d >= 0; d--) {
      position += rest % dims[d] * strides[d];
      rest /= dims[d];
    }
    return position;
  }

  private static Tensor numbered(DType dtype, int... shape) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size() * Tensor.lanes(dtype); i++) {
      switch (tensor.array()) {
        case float[] a -> a[i] = i + 1;
        case double[] a -> a[i] = i + 1;
        case byte[] a -> a[i] = (byte) (i + 1);
        case short[] a -> a[i] = (short) (i + 1);
        case int[] a -> a[i] = i + 1;
        case long[] a -> a[i] = i + 1L;
        case byte[][] a -> a[i] = new byte[] {(byte) i};
        default -> tensor.objects()[i] = i;
      }
    }
    return tensor;
  }
}
