package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Where TensorFlow 2.21 puts the same entries. */
class TablesTest {
  private static DenseTable dense(int buckets) {
    return new DenseTable(
        Tensor.scalar(0L), Tensor.scalar(-1L), DType.INT64, new int[0], buckets, 0.8f);
  }

  private static long[] keys(LookupTable table, int buckets, int width) {
    DirectCall call = DirectCall.of(2);
    table.export(call);
    assertThat(call.currentResult(0).shape()).containsExactly(buckets, width);
    return call.currentResult(0).longs();
  }

  @Test
  void denseTablesGrowAndPlaceKeysByTheirHash() {
    DenseTable table = dense(4);
    for (long n = 1; n <= 3; n++) {
      table.insert(Tensor.of(new long[] {n * 5}), Tensor.of(new long[] {n}));
    }
    assertThat(keys(table, 4, 1)).containsExactly(0, 5, 10, 15);
    table.insert(Tensor.of(new long[] {20}), Tensor.of(new long[] {4}));
    assertThat(keys(table, 8, 1)).containsExactly(0, 0, 10, 0, 20, 5, 0, 15);
  }

  @Test
  void stringsAndPairs() {
    DenseTable words =
        new DenseTable(Tensor.scalar(""), Tensor.scalar("$"), DType.INT64, new int[0], 8, 0.8f);
    Tensor keys = Tensor.of(new String[] {"a", "hello", "hello world, this is long", "b"});
    words.insert(keys, Tensor.of(new long[] {1, 2, 3, 4}));
    DirectCall call = DirectCall.of(2);
    words.export(call);
    Tensor exported = call.currentResult(0);
    assertThat(Arrays.stream(exported.strings()).map(String::new))
        .containsExactly("", "", "hello", "hello world, this is long", "a", "b", "", "");
    DenseTable pairs =
        new DenseTable(
            Tensor.of(new long[2]),
            Tensor.of(new long[] {-1, -1}),
            DType.INT64,
            new int[0],
            8,
            0.8f);
    pairs.insert(Tensor.of(new long[] {1, 2, 3, 4, 5, 6}, 3, 2), Tensor.of(new long[] {1, 2, 3}));
    assertThat(keys(pairs, 8, 2)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 5, 6, 0, 0, 0, 0, 3, 4);
  }

  /** TensorFlow refuses whichever asks second, too. */
  @Test
  void aNameHasOneTypeOfTableInASession() {
    OpDefinition handle = OpDefinitions.standard().find(OpKey.tf("HashTableV2")).orElseThrow();
    Map<String, Object> session = new HashMap<>();
    SessionState state =
        new SessionState() {
          @Override
          public <T> T get(String name, Class<T> type, Supplier<T> initial) {
            return type.cast(session.computeIfAbsent(name, n -> initial.get()));
          }
        };
    List<TensorType> types = List.of(TensorType.of(DType.RESOURCE));
    Attributes words =
        Attributes.of("shared_name", "t")
            .with("key_dtype", DType.STRING)
            .with("value_dtype", DType.INT64);
    DirectCall.evaluate(handle, words, List.of(), types, state);
    Attributes numbers = words.with("key_dtype", DType.INT64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectCall.evaluate(handle, numbers, List.of(), types, state))
        .withMessageContaining("maps string to int64, not int64 to int64");
  }

  @Test
  void aFailedChangeChangesNothing() {
    DenseTable table = dense(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.insert(Tensor.of(new long[] {7, 0}), Tensor.of(new long[] {1, 2})));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.insert(Tensor.of(new int[] {7}), Tensor.of(new long[] {1})));
    assertThat(table.size()).isZero();
    StaticTable fixed = new StaticTable(DType.INT64, DType.INT64);
    DirectCall call =
        DirectCall.of(
            0, Tensor.scalar(0L), Tensor.of(new long[] {1, 1}), Tensor.of(new long[] {5, 6}));
    assertThatIllegalArgumentException().isThrownBy(() -> fixed.importAll(call));
    assertThat(fixed.size()).isZero();
  }

  @Test
  void rowsOfRemovedKeysAreUsedAgain() {
    MutableTable table = new MutableTable(DType.INT64, DType.INT64);
    for (long n = 0; n < 100; n++) {
      Tensor key = Tensor.of(new long[] {n});
      table.insert(key, Tensor.of(new long[] {n * n}));
      if (n % 3 != 0) {
        table.remove(DirectCall.of(0, key, key));
      }
    }
    DirectCall find =
        DirectCall.of(1, Tensor.scalar(0L), Tensor.of(new long[] {99, 98, 3}), Tensor.scalar(-1L));
    table.find(find);
    assertThat(find.currentResult(0).longs()).containsExactly(9801, -1, 9);
    assertThat(table.size()).isEqualTo(34);
  }
}
