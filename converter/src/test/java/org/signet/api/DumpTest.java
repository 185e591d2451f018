package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.testing.Checkout;

/** The text of the program after each stage. */
class DumpTest {
  @TempDir Path folder;

  @Test
  void oneFileForEachStage() throws IOException {
    Path dump = folder.resolve("ir");
    ConversionOptions options = ConversionOptions.of(Checkout.testModel("affine")).withDumpIr(dump);
    Signet.convert(options, folder.resolve("model.tflite"));
    try (var files = Files.list(dump)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("00-import.txt", "01-lists.txt")
          .allMatch(name -> name.matches("\\d\\d-[a-z-]+\\.txt"));
    }
    assertThat(dump.resolve("00-import.txt"))
        .content()
        .contains("signature zeta {", "signature alpha {", "FlexMatMul(");
  }
}
