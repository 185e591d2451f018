package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.testing.Checkout;

/** The same source and options give the same bytes. */
class DeterminismTest {
  @TempDir Path folder;

  private byte[] convert(Path source) throws IOException {
    Path target = folder.resolve("model.tflite");
    Signet.convert(ConversionOptions.of(source), target);
    return Files.readAllBytes(target);
  }

  private Path copy(Path source) throws IOException {
    Path target = Files.createDirectories(folder.resolve("a b").resolve("ü"));
    try (var files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path there = target.resolve(source.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.createDirectories(there.getParent());
          Files.copy(file, there);
        }
      }
    }
    return target;
  }

  @ParameterizedTest
  @ValueSource(strings = {"affine", "needs_flex", "counter", "control", "nested", "tf1_resource"})
  void againAndFromAnotherFolder(String model) throws IOException {
    Path source = Checkout.testModel(model);
    byte[] once = convert(source);
    assertThat(convert(source)).isEqualTo(once);
    assertThat(convert(copy(source))).isEqualTo(once);
  }

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    byte[] once = convert(Checkout.testModel("affine"));
    Files.writeString(folder.resolve("model.tflite"), "another");
    assertThat(convert(Checkout.testModel("affine"))).isEqualTo(once);
    assertThat(folder.toFile().list()).containsExactly("model.tflite");
  }

  @Test
  void textAndBinary() throws IOException {
    assertThat(convert(Checkout.testModel("text")))
        .isEqualTo(convert(Checkout.testModel("affine")));
  }

  @Test
  void inAnotherLocale() throws IOException {
    byte[] once = convert(Checkout.testModel("needs_flex"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(convert(Checkout.testModel("needs_flex"))).isEqualTo(once);
    } finally {
      Locale.setDefault(before);
    }
  }
}
