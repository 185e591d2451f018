package org.signet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Checkpoints that {@code make_bundles.py} wrote with TensorFlow. */
class CheckpointTest {
  @TempDir private Path folder = Path.of("");

  private static Path bundle(String name) {
    return Checkout.root().resolve("runtime/src/test/resources/org/signet/bundle").resolve(name);
  }

  private static Code codeOf(Runnable action) {
    try {
      action.run();
    } catch (SignetException e) {
      return e.code();
    }
    throw new AssertionError("nothing is thrown");
  }

  @Test
  void tellsTypesFromTheIndexAlone() throws IOException {
    Files.copy(bundle("dtypes.index"), folder.resolve("copy.index"));
    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("copy"))) {
      assertThat(checkpoint.keys()).contains("ünïcode/名", "string", "variant").hasSize(29);
      assertThat(checkpoint.shards()).isEqualTo(1);
      StoredTensor tensor = checkpoint.tensor("bfloat16");
      assertThat(tensor.type()).isEqualTo(TensorType.of(DType.BFLOAT16, 3));
      assertThat(codeOf(tensor::bytes)).isEqualTo(Code.FILE_MISSING);
    }
  }

  @Test
  void givesNumbersAndStrings() {
    try (Checkpoint checkpoint = Checkpoint.open(bundle("dtypes"))) {
      assertThat(checkpoint.tensor("int16").load().array())
          .isEqualTo(new short[] {0, 1, -2, 3, -100, 127});
      assertThat(checkpoint.tensor("int4").load().array()).isEqualTo(new byte[] {1, -2, 7});
      assertThat(checkpoint.tensor("scalar").load().floats()).containsExactly(42.5f);
      assertThat(checkpoint.tensor("complex64").load().floats()).containsExactly(1, 2, -3, -4);
      assertThat(checkpoint.tensor("empty").load().shape()).containsExactly(0, 3);
      StoredTensor strings = checkpoint.tensor("string");
      assertThat(strings.shape().dims()).containsExactly(2, 2);
      assertThat(strings.strings().get(1)).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
      assertThat(strings.load().strings()[2]).hasSize(300);
      assertThatThrownBy(strings::bytes).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(checkpoint.tensor("scalar")::strings)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void tellsSlicesAndShards() {
    try (Checkpoint checkpoint = Checkpoint.open(bundle("partitioned"))) {
      CheckpointEntry rows = checkpoint.entry("rows").orElseThrow();
      assertThat(rows.type()).isEqualTo(TensorType.of(DType.FLOAT32, 7, 2));
      assertThat(rows.slices()).contains("0+3:0+2");
      assertThat(rows.shard()).isNegative();
      assertThat(checkpoint.tensor("rows").load().floats()[13]).isEqualTo(13);
    }
    try (Checkpoint checkpoint = Checkpoint.open(bundle("sharded"))) {
      assertThat(checkpoint.shards()).isEqualTo(3);
      CheckpointEntry entry = checkpoint.entry("s2/v1").orElseThrow();
      assertThat(entry.shard()).isEqualTo(2);
      assertThat(entry.bytes()).isEqualTo(8);
      assertThat(checkpoint.tensor("s2/v1").load().array()).isEqualTo(new int[] {201, 201});
    }
  }

  @Test
  void saysWhatThereIsInstead() {
    try (Checkpoint checkpoint = Checkpoint.open(bundle("small"))) {
      assertThat(checkpoint.find("c")).isEmpty();
      assertThatThrownBy(() -> checkpoint.tensor("c"))
          .hasMessageContaining("has no tensor 'c'; there are: 'a', 'b'");
    }
  }

  @Test
  void refusesTypesThatItDoesNotKnowOneByOne() {
    try (Checkpoint checkpoint = Checkpoint.open(bundle("dtypes"))) {
      assertThat(codeOf(() -> checkpoint.entry("float8_e5m2"))).isEqualTo(Code.UNSUPPORTED_SOURCE);
    }
  }

  @Test
  void comparesTheChecksumWhenATensorIsRead() throws IOException {
    Files.copy(bundle("small.index"), folder.resolve("bad.index"));
    Path data = folder.resolve("bad.data-00000-of-00001");
    Files.copy(bundle("small.data-00000-of-00001"), data);
    try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
      file.write(0x55);
    }
    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("bad"))) {
      StoredTensor broken = checkpoint.tensor("a");
      assertThat(codeOf(broken::load)).isEqualTo(Code.CHECKSUM_MISMATCH);
      assertThat(checkpoint.tensor("b").load().size()).isEqualTo(2);
    }
  }

  @Test
  void isReadByManyThreadsAtOnce() {
    try (Checkpoint checkpoint = Checkpoint.open(bundle("partitioned"))) {
      assertThat(
              IntStream.range(0, 64)
                  .parallel()
                  .mapToDouble(i -> checkpoint.tensor("long").load().getDouble(8999)))
          .containsOnly(8999.0);
    }
  }

  @Test
  void givesNothingOnceItIsClosed() {
    Checkpoint checkpoint = Checkpoint.open(bundle("small"));
    MemorySegment bytes = checkpoint.tensor("a").bytes();
    StoredTensor later = checkpoint.tensor("b");
    checkpoint.close();
    checkpoint.close();
    assertThatThrownBy(() -> bytes.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThat(codeOf(later::load)).isEqualTo(Code.CLOSED);
    assertThat(codeOf(() -> checkpoint.tensor("a"))).isEqualTo(Code.CLOSED);
  }
}
