package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class ConstantStoreTest {
  private static final int LARGE = 1 << 20;

  @Test
  void smallOnesStayOnTheHeap() {
    try (ConstantStore store = new ConstantStore()) {
      Tensor small = Tensor.of(new float[] {1, 2, 3});
      assertThat(store.keep(small)).isInstanceOf(ConstantData.Heap.class);
    }
  }

  static Stream<DType> numbers() {
    return Stream.of(DType.values())
        .filter(dtype -> dtype.isInTflite() && !dtype.isComplex())
        .filter(
            dtype -> dtype != DType.STRING && dtype != DType.RESOURCE && dtype != DType.VARIANT);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void largeOnesLeaveTheHeapAndComeBackTheSame(DType dtype) {
    try (ConstantStore store = new ConstantStore()) {
      Tensor large = Tensor.zeros(dtype, LARGE);
      for (int i : new int[] {0, LARGE - 1}) {
        if (dtype.isFloating()) {
          large.setDouble(i, 1);
        } else {
          large.setLong(i, 1);
        }
      }
      ConstantData data = store.keep(large);
      assertThat(data).isInstanceOf(ConstantData.Mapped.class);
      Tensor loaded = data.load(large.type());
      assertThat(ConstantData.bytesOf(loaded).mismatch(ConstantData.bytesOf(large))).isEqualTo(-1);
    }
  }

  @Test
  void stringsStayOnTheHeap() {
    try (ConstantStore store = new ConstantStore()) {
      assertThat(store.keep(Tensor.zeros(DType.STRING, LARGE)))
          .isInstanceOf(ConstantData.Heap.class);
    }
  }

  @Test
  void closingEndsLargeConstants() {
    Tensor large = Tensor.zeros(DType.FLOAT32, LARGE);
    ConstantData data;
    try (ConstantStore store = new ConstantStore()) {
      data = store.keep(large);
    }
    assertThatThrownBy(() -> data.load(large.type())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyTheElementsOfATensorCount() {
    Tensor part = Tensor.wrap(DType.INT32, new int[] {1, 2, 3, 4}, 2);
    assertThat(ConstantData.bytesOf(part).byteSize()).isEqualTo(8);
  }
}
