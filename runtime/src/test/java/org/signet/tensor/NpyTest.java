package org.signet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;

/** Files in {@code npy/} are NumPy's: {@code npy_files.py}. */
class NpyTest {
  private static byte[] file(String name) {
    try (InputStream stream = NpyTest.class.getResourceAsStream("npy/" + name + ".npy")) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor read(String name) {
    return Npy.read(file(name), name);
  }

  @ParameterizedTest
  @CsvSource({
    "f2,FLOAT16",
    "f4,FLOAT32",
    "f8,FLOAT64",
    "i1,INT8",
    "u1,UINT8",
    "i2,INT16",
    "u2,UINT16",
    "i4,INT32",
    "u4,UINT32",
    "i8,INT64",
    "u8,UINT64"
  })
  void readsAndWritesWhatNumPyWrites(String name, DType dtype) {
    Tensor tensor = read("grid_" + name);
    assertThat(tensor.dtype()).isEqualTo(dtype);
    assertThat(tensor.shape()).containsExactly(2, 3);
    for (int i = 0; i < tensor.size(); i++) {
      assertThat(tensor.getDouble(i)).isEqualTo(i);
    }
    assertThat(Npy.write(tensor)).isEqualTo(file("grid_" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid_b1", "grid_c8", "grid_c16", "scalar", "vector", "empty"})
  void writesBackTheSameBytes(String name) {
    assertThat(Npy.write(read(name))).isEqualTo(file(name));
  }

  @Test
  void readsBools() {
    assertThat(read("grid_b1").bytes()).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"big_endian_f4", "fortran_f4", "version2", "version3"})
  void readsOtherLayouts(String name) {
    Tensor tensor = read(name);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.floats()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"big_endian_c8", "fortran_c8"})
  void readsOtherLayoutsOfComplexNumbers(String name) {
    assertThat(read(name).floats()).containsExactly(0, 0, 1, 2, 2, 4, 3, 6, 4, 8, 5, 10);
  }

  @Test
  void readsColumnMajorArraysOfThreeDimensions() {
    Tensor tensor = read("fortran_3d");
    assertThat(tensor.shape()).containsExactly(2, 3, 4);
    for (int i = 0; i < tensor.size(); i++) {
      assertThat(tensor.ints()[i]).isEqualTo(i);
    }
  }

  @Test
  void readsScalarsAndEmptyArrays() {
    assertThat(read("scalar").shape()).isEmpty();
    assertThat(read("scalar").floats()).containsExactly(2.5f);
    assertThat(read("empty").shape()).containsExactly(2, 0, 3);
  }

  @Test
  void readsTextAsStrings() {
    assertThat(read("bytes").toString()).isEqualTo("string[3] {\"a\", \"bcd\", \"\"}");
    assertThat(read("text").getString(1)).isEqualTo("ü😀");
    assertThat(read("text").getString(2)).isEmpty();
    assertThat(read("text_big_endian").getString(1)).isEqualTo("ü");
  }

  @Test
  void writesBfloat16AsItsBits() {
    Tensor tensor = Tensor.wrap(DType.BFLOAT16, new short[] {0x3F80, (short) 0xC000}, 2);
    Tensor read = Npy.read(Npy.write(tensor), "bfloat16");
    assertThat(read.dtype()).isEqualTo(DType.UINT16);
    assertThat(read.shorts()).isEqualTo(tensor.shorts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects", "records"})
  void refusesWhatNoTensorHolds(String name) {
    assertMalformed(file(name));
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = file("grid_f4");
    for (int length = 0; length < whole.length; length++) {
      assertMalformed(Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3), 'more': 1}",
        "{'descr': '<f4', 'shape': (0,), }",
        "{'descr': '', 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<U999999999', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<S-1', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)",
        "{'descr",
        ""
      })
  void refusesHostileHeaders(String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] start = Arrays.copyOf(file("vector"), 10 + text.length);
    start[8] = (byte) text.length;
    start[9] = 0;
    System.arraycopy(text, 0, start, 10, text.length);
    assertMalformed(start);
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> Npy.read(bytes, "file"))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_VALUE));
  }

  @Test
  void saysWhichFileIsMissing(@TempDir Path folder) {
    assertThatThrownBy(() -> Npy.read(folder.resolve("no.npy")))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("SIG-0201")
        .hasMessageContaining("no.npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two.npz", "two_compressed.npz"})
  void readsArchives(String name) throws Exception {
    Path path = Path.of(Objects.requireNonNull(NpyTest.class.getResource("npy/" + name)).toURI());
    Map<String, Tensor> tensors = Npz.read(path);
    assertThat(tensors.keySet()).containsExactly("b", "a");
    assertThat(Objects.requireNonNull(tensors.get("a")).ints()).containsExactly(0, 1);
  }

  @Test
  void writesArchivesThatItReads(@TempDir Path folder) {
    Path file = folder.resolve("some.npz");
    Npz.write(file, Map.of("x", Tensor.of(new float[] {1, 2})));
    assertThat(Npz.read(file)).hasSize(1);
    assertThat(Objects.requireNonNull(Npz.read(file).get("x")).floats()).containsExactly(1, 2);
  }
}
