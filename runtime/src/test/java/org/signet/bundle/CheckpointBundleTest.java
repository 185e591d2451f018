package org.signet.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.bundle.BundleTensor.Data;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Reads what TensorFlow 2.21 wrote; the expected values are those of make_bundles.py. */
class CheckpointBundleTest {

  @ParameterizedTest
  @CsvSource({
    "float32, '[2, 3]', 000000000000803f000000c0000040400000c8c20000fe42",
    "float16, '[2, 3]', 0000003c00c0004240d6f057",
    "bfloat16, '[3]', c03f00c00000",
    "int8, '[2, 3]', 0001fe039c7f",
    "int16, '[2, 3]', 00000100feff03009cff7f00",
    "int32, '[2, 3]', 0000000001000000feffffff030000009cffffff7f000000",
    "uint8, '[2, 3]', 00010203647f",
    "uint16, '[2, 3]', 000001000200030064007f00",
    "uint32, '[2, 3]', 00000000010000000200000003000000640000007f000000",
    "bool, '[3]', 010001",
    "complex64, '[2]', 0000803f00000040000040c0000080c0",
    "complex128, '[2]', 000000000000f03f000000000000004000000000000008c000000000000010c0",
    "qint8, '[2]', 0102",
    "quint8, '[2]', 0102",
    "qint16, '[2]', 01000200",
    "quint16, '[2]', 01000200",
    "qint32, '[2]', 0100000002000000",
    "int4, '[3]', 010e07",
  })
  void numbers(String name, String shape, String hex) {
    try (CheckpointBundle bundle = open("dtypes")) {
      BundleTensor tensor = bundle.find(name).orElseThrow();
      assertThat(tensor.dtype()).isEqualTo(DType.ofName(name).orElseThrow());
      assertThat(tensor.shape()).hasToString(shape);
      assertThat(HexFormat.of().formatHex(raw(tensor).toArray(ValueLayout.JAVA_BYTE)))
          .isEqualTo(hex);
    }
  }

  @Test
  void whatWasReadAheadIsTheSame() {
    try (CheckpointBundle plain = open("dtypes");
        CheckpointBundle ahead = open("dtypes")) {
      ahead.readAhead(List.of("float32", "no such tensor", "int64"));
      assertThat(longs(ahead, "int64")).isEqualTo(longs(plain, "int64"));
      assertThat(
              raw(ahead.find("float32").orElseThrow())
                  .mismatch(raw(plain.find("float32").orElseThrow())))
          .isEqualTo(-1);
    }
  }

  @Test
  void closesWhileItReadsAhead() {
    CheckpointBundle bundle = open("dtypes");
    for (int i = 0; i < 50; i++) {
      bundle.readAhead(List.copyOf(bundle.keys()));
    }
    bundle.close();
    assertThatThrownBy(() -> bundle.readAhead(List.of()))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void wideNumbers() {
    try (CheckpointBundle bundle = open("dtypes")) {
      long[] signed = {0, 1, -2, 3, -100, 127};
      double[] floating = {0, 1, -2, 3, -100, 127};
      assertThat(longs(bundle, "int64")).containsExactly(signed);
      assertThat(longs(bundle, "uint64")).containsExactly(0, 1, 2, 3, 100, 127);
      assertThat(
              raw(bundle.find("float64").orElseThrow()).toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED))
          .containsExactly(floating);
    }
  }

  @Test
  void scalarsAndEmptyTensors() {
    try (CheckpointBundle bundle = open("dtypes")) {
      BundleTensor scalar = bundle.find("scalar").orElseThrow();
      assertThat(scalar.shape()).isEqualTo(Shape.scalar());
      assertThat(raw(scalar).get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0)).isEqualTo(42.5f);
      BundleTensor empty = bundle.find("empty").orElseThrow();
      assertThat(empty.shape()).isEqualTo(Shape.of(0, 3));
      assertThat(raw(empty).byteSize()).isZero();
    }
  }

  @Test
  void strings() {
    try (CheckpointBundle bundle = open("dtypes")) {
      BundleTensor tensor = bundle.find("string").orElseThrow();
      assertThat(tensor.dtype()).isEqualTo(DType.STRING);
      assertThat(tensor.shape()).isEqualTo(Shape.of(2, 2));
      assertThat(texts(tensor)).startsWith("", "a", "x".repeat(300)).hasSize(4);
      // "\0\xff" of Python is two characters, of which the second takes two bytes in UTF-8.
      assertThat(texts(tensor).get(3)).isEqualTo("\0\u00c3\u00bf".repeat(70));
      BundleTensor scalar = bundle.find("string_scalar").orElseThrow();
      assertThat(scalar.shape()).isEqualTo(Shape.scalar());
      assertThat(texts(scalar)).containsExactly("\u00ff\0raw");
      assertThat(texts(bundle.find("string_empty").orElseThrow())).isEmpty();
    }
  }

  @Test
  void namesAreUnicode() {
    try (CheckpointBundle bundle = open("dtypes")) {
      assertThat(bundle.contains("\u00fcn\u00efcode/\u540d")).isTrue();
      assertThat(bundle.find("\u00fcn\u00efcode/\u540d")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"variant, DT_VARIANT (21)", "float8_e5m2, DT_FLOAT8_E5M2 (24)"})
  void refusesTypesItDoesNotKnowOnlyWhenRead(String name, String type) {
    try (CheckpointBundle bundle = open("dtypes")) {
      assertThat(bundle.keys()).contains(name);
      assertThatThrownBy(() -> bundle.find(name))
          .isInstanceOfSatisfying(
              SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_SOURCE))
          .hasMessageContaining("tensor '" + name + "'")
          .hasMessageContaining(type);
    }
  }

  @Test
  void severalShards() {
    try (CheckpointBundle bundle = open("sharded")) {
      assertThat(List.copyOf(bundle.keys())).hasSize(21).isSorted().first().isEqualTo("s0/v0");
      for (int shard = 0; shard < 3; shard++) {
        for (int i = 0; i < 7; i++) {
          int expected = shard * 100 + i;
          assertThat(ints(bundle, "s" + shard + "/v" + i)).containsExactly(expected, expected);
        }
      }
    }
  }

  @Test
  void severalBlocksOfManyRestartsCompressed() {
    String stem = "scope/".repeat(300) + "v";
    try (CheckpointBundle bundle = open("many")) {
      assertThat(bundle.keys()).hasSize(4000);
      for (int i = 0; i < 4000; i++) {
        assertThat(ints(bundle, stem + i)).containsExactly(i);
      }
      assertThat(bundle.find(stem)).isEmpty();
    }
  }

  @Test
  void doesNotCopy() {
    try (CheckpointBundle bundle = open("small")) {
      MemorySegment bytes = raw(bundle.find("a").orElseThrow());
      assertThat(bytes.isMapped()).isTrue();
      assertThat(bytes.isReadOnly()).isTrue();
    }
  }

  @Test
  void readsTheSameFromManyThreads() {
    try (CheckpointBundle bundle = open("dtypes")) {
      List<String> keys =
          bundle.keys().stream()
              .filter(k -> !k.equals("variant") && !k.startsWith("float8"))
              .toList();
      List<BundleTensor> found =
          IntStream.range(0, 2000)
              .parallel()
              .mapToObj(i -> bundle.find(keys.get(i % keys.size())).orElseThrow())
              .toList();
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).isSameAs(found.get(i % keys.size()));
      }
    }
  }

  @Test
  void hasNoOtherKeys() {
    try (CheckpointBundle bundle = open("small")) {
      assertThat(bundle.keys()).containsExactly("a", "b");
      assertThat(bundle.contains("")).isFalse();
      assertThat(bundle.find("")).isEmpty();
      assertThat(bundle.find("c")).isEmpty();
    }
  }

  @Test
  void closing() {
    CheckpointBundle bundle = open("small");
    MemorySegment bytes = raw(bundle.find("a").orElseThrow());
    bundle.close();
    bundle.close();
    assertThat(bytes.scope().isAlive()).isFalse();
    assertThatThrownBy(() -> bundle.find("a"))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
  }

  private static Path firstFormat(String name) {
    return TestBundle.resource("small").resolveSibling(name);
  }

  @Test
  void readsTheFirstFormat(@TempDir Path directory) throws IOException {
    try (CheckpointBundle bundle = CheckpointBundle.open(firstFormat("old"))) {
      assertThat(bundle.keys()).containsExactly("ones", "ramp");
      assertThat(bundle.find("ramp").orElseThrow().load().ints()).containsExactly(0, 1, 2);
      assertThat(bundle.promise("ones").orElseThrow().load().floats()).containsExactly(1, 1);
      assertThat(bundle.find("none")).isEmpty();
      assertThat(bundle.entry("ramp").orElseThrow().shape()).isEqualTo(Shape.of(3));
      assertThat(bundle.entry("ramp").orElseThrow().slices()).isEmpty();
      assertThat(bundle.slices("ramp")).containsExactly(SliceSpec.WHOLE);
      assertThat(bundle.shards()).isEqualTo(1);
      assertThat(bundle.bytes()).isEqualTo(Files.size(firstFormat("old")));
    }
    Path other = Files.writeString(directory.resolve("other"), "not a table");
    missing(other, "other.index is missing");
  }

  @Test
  void slicesOfTheFirstFormat() {
    try (CheckpointBundle bundle = CheckpointBundle.open(firstFormat("old_slices"))) {
      assertThat(bundle.keys()).containsExactly("lost", "w", "whole");
      assertThat(bundle.find("w").orElseThrow().load().ints())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(bundle.entry("w").orElseThrow().slices()).containsExactly("0+2:0+3", "2+2:0+3");
      assertThat(bundle.slices("w"))
          .containsExactly(new SliceSpec("4 3 0,2:-"), new SliceSpec("4 3 2,2:-"));
      assertThat(bundle.find("w", new SliceSpec("4 3 1,2:-")).orElseThrow().load().ints())
          .containsExactly(3, 4, 5, 6, 7, 8);
      assertThat(bundle.find("whole").orElseThrow().load().strings()).hasNumberOfRows(2);
      assertThatThrownBy(() -> bundle.find("lost"))
          .isInstanceOfSatisfying(
              SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_CHECKPOINT))
          .hasMessageContaining("'lost' is incomplete");
    }
  }

  @Test
  void missingFiles(@TempDir Path directory) throws IOException {
    missing(directory.resolve("none"), "none.index is missing");
    missing(directory, ".index is missing");
    missing(Path.of("/"), ".index is missing");
    Path prefix = TestBundle.resource("small");
    Files.copy(prefix.resolveSibling("small.index"), directory.resolve("small.index"));
    missing(directory.resolve("smal"), "the checkpoints there are: small");
    try (CheckpointBundle bundle = CheckpointBundle.open(directory.resolve("small"))) {
      assertThatThrownBy(() -> bundle.find("a"))
          .isInstanceOfSatisfying(
              SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_MISSING))
          .hasMessageContaining("small.data-00000-of-00001 is missing");
    }
  }

  private static void missing(Path prefix, String message) {
    assertThatThrownBy(() -> CheckpointBundle.open(prefix).close())
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_MISSING))
        .hasMessageContaining(message);
  }

  private static CheckpointBundle open(String name) {
    return CheckpointBundle.open(TestBundle.resource(name));
  }

  private static MemorySegment raw(BundleTensor tensor) {
    return ((Data.Raw) tensor.data()).bytes();
  }

  private static int[] ints(CheckpointBundle bundle, String key) {
    return raw(bundle.find(key).orElseThrow()).toArray(ValueLayout.JAVA_INT_UNALIGNED);
  }

  private static long[] longs(CheckpointBundle bundle, String key) {
    return raw(bundle.find(key).orElseThrow()).toArray(ValueLayout.JAVA_LONG_UNALIGNED);
  }

  /** Strings of bytes as text in which each character is a byte. */
  private static List<String> texts(BundleTensor tensor) {
    return ((Data.Strings) tensor.data())
        .values().stream().map(bytes -> new String(bytes, ISO_8859_1)).toList();
  }
}
