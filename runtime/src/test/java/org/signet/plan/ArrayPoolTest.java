package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.type.DType;

class ArrayPoolTest {
  private final ArrayPool pool = new ArrayPool();

  @Test
  void usesAnArrayAgainWhenNoTensorIsLeftOnIt() {
    PooledArray array = pool.take(DType.FLOAT32, 100);
    pool.retain(array);
    pool.retain(array);
    pool.release(array);
    assertThat(pool.take(DType.FLOAT32, 100)).isNotSameAs(array);
    pool.release(array);
    assertThat(pool.take(DType.INT32, 100)).isNotSameAs(array);
    assertThat(pool.take(DType.FLOAT32, 95)).isSameAs(array);
  }

  @Test
  void doesNotWasteLongArraysOnShortTensors() {
    PooledArray array = pool.take(DType.FLOAT32, 1000);
    pool.retain(array);
    pool.release(array);
    assertThat(pool.take(DType.FLOAT32, 400)).isNotSameAs(array);
    assertThat(pool.take(DType.COMPLEX64, 400)).isSameAs(array);
  }

  @Test
  void forgetsArraysThatAreGivenAway() {
    PooledArray array = pool.take(DType.INT64, 10);
    pool.retain(array);
    pool.giveAway(array);
    pool.release(array);
    assertThat(pool.take(DType.INT64, 10)).isNotSameAs(array);
  }

  @Test
  void keepsOnlyTheArraysOfTheLastRun() {
    PooledArray large = pool.take(DType.INT8, 5000);
    pool.retain(large);
    pool.release(large);
    pool.endRun();
    PooledArray small = pool.take(DType.INT8, 10);
    pool.retain(small);
    pool.release(small);
    pool.endRun();

    assertThat(pool.take(DType.INT8, 10)).isSameAs(small);
    assertThat(pool.take(DType.INT8, 5000)).isNotSameAs(large);
  }

  @Test
  void makesArraysLongEnough() {
    for (int length : new int[] {0, 1, 63, 65, 1023, 1025, 99_999}) {
      assertThat((float[]) pool.take(DType.COMPLEX64, length).array())
          .hasSizeBetween(2 * length, 64 + 9 * length / 4);
    }
  }
}
