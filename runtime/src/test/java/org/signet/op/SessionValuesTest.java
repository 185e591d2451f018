package org.signet.op;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What state tells of itself makes the same state again. */
class SessionValuesTest {
  private static final Tensor KEYS = Tensor.of(new long[] {7, 3, 12});
  private static final Tensor VALUES = Tensor.of(new float[] {0.7f, 0.3f, 1.2f});

  private static DenseTable dense(long buckets) {
    return new DenseTable(
        Tensor.scalar(-1L), Tensor.scalar(-2L), DType.FLOAT32, new int[0], buckets, 0.8f);
  }

  private static void assertSame(LookupTable full, LookupTable empty) {
    empty.restore(full.contents());
    Map<String, Tensor> contents = empty.contents();
    assertThat(contents.keySet()).isEqualTo(full.contents().keySet());
    assertThat(requireNonNull(contents.get("keys")).longs()).containsExactly(7, 3, 12);
    assertThat(requireNonNull(contents.get("values")).floats()).containsExactly(0.7f, 0.3f, 1.2f);
  }

  @Test
  void mutableTable() {
    MutableTable full = new MutableTable(DType.INT64, DType.FLOAT32);
    full.insert(KEYS, VALUES);
    assertSame(full, new MutableTable(DType.INT64, DType.FLOAT32));
  }

  @Test
  void denseTableWithItsBuckets() {
    DenseTable full = dense(16);
    full.insert(KEYS, VALUES);
    DenseTable again = dense(4);
    assertSame(full, again);
    assertThat(requireNonNull(again.contents().get("buckets")).getLong(0)).isEqualTo(16);
  }

  @Test
  void aStaticTableThatIsNotFilledStaysSo() {
    StaticTable empty = new StaticTable(DType.INT64, DType.FLOAT32);
    assertThat(empty.contents()).isEmpty();
    StaticTable again = new StaticTable(DType.INT64, DType.FLOAT32);
    again.restore(empty.contents());
    assertThat(again.contents()).isEmpty();
  }

  @Test
  void aTableOfOtherTypesIsRefused() {
    MutableTable full = new MutableTable(DType.INT64, DType.FLOAT32);
    full.insert(KEYS, VALUES);
    MutableTable other = new MutableTable(DType.STRING, DType.FLOAT32);
    assertThatThrownBy(() -> other.restore(full.contents()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
