package org.signet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;

class TfliteModelTest {
  private static final int[] NONE = {};

  @TempDir Path folder;

  private Path file() throws IOException {
    byte[] bytes =
        new ModelBuilder()
            .buffer(0, 0, 0x80, 0x3F, 1, 0, 0, 0)
            .subgraph(NONE, new int[] {0})
            .tensor(DType.FLOAT32, 1, 2)
            .tensor(DType.FLOAT32, 1, 1, 2)
            .tensor(DType.INT8, 1, 8)
            .subgraph(NONE, NONE)
            .tensor(DType.FLOAT32, 1, 2)
            .build();
    return Files.write(folder.resolve("model.tflite"), bytes);
  }

  @Test
  void readsConstantsOnce() throws IOException {
    try (TfliteModel model = TfliteModel.open(file())) {
      float[] values = model.constant(0, 0).orElseThrow().floats();

      assertThat(values).containsExactly(1, Float.MIN_VALUE);
      assertThat(model.constant(0, 0).orElseThrow().floats()).isSameAs(values);
      assertThat(model.constant(0, 1).orElseThrow().floats()).isSameAs(values);
      assertThat(model.constant(1, 0).orElseThrow().floats()).isSameAs(values);
      assertThat(model.constant(0, 2).orElseThrow().bytes()).hasSize(8);
    }
  }

  @Test
  void failsWhenClosed() throws IOException {
    TfliteModel model = TfliteModel.open(file());
    model.close();
    model.close();

    assertThatThrownBy(() -> model.constant(0, 0))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
  }

  @Test
  void readsTheSameFromAnyBuffer() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    ByteBuffer shifted = ByteBuffer.allocateDirect(bytes.length + 10).position(5);
    shifted.put(bytes).flip().position(5);

    assertThat(TfliteModel.of(shifted).constant(0, 0).orElseThrow().floats())
        .isEqualTo(TfliteModel.of(bytes).constant(0, 0).orElseThrow().floats());
  }

  @Test
  void tellsWhatCanNotBeRead() {
    assertThatThrownBy(() -> TfliteModel.open(folder))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_UNREADABLE));
  }
}
