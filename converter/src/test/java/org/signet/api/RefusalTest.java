package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;

/** What is said when there is no model file, and what is left behind: nothing. */
class RefusalTest {
  @TempDir Path folder;

  private SignetException refused(ConversionOptions options) {
    return refused(options, folder.resolve("model.tflite"));
  }

  private static SignetException refused(ConversionOptions options, Path target) {
    return catchThrowableOfType(SignetException.class, () -> Signet.convert(options, target));
  }

  private static ConversionOptions model(String name) {
    return ConversionOptions.of(Checkout.testModel(name));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyUnknownOpIsNamedAtOnce() throws IOException {
    SignetException e = refused(model("unknown_ops"));
    assertThat(e.diagnostics()).extracting(Diagnostic::code).containsOnly(Code.UNKNOWN_OP);
    assertThat(e)
        .hasMessageContainingAll("'MysteriousSum'", "'MysteriousProduct'", "zeta", "alpha");
    assertThat(files()).isEmpty();
  }

  @Test
  void aSignatureThatIsNotThereListsThoseThatAre() {
    SignetException e = refused(model("affine").withSignatures(List.of("alpha", "beta")));
    assertThat(e.code()).isEqualTo(Code.NO_SUCH_SIGNATURE);
    assertThat(e).hasMessageContainingAll("'beta'", "'zeta', 'alpha'");
  }

  @Test
  void aTagSetThatIsNotThereListsThoseThatAre() {
    SignetException e = refused(model("tags").withTags(Set.of("tpu")));
    assertThat(e.code()).isEqualTo(Code.NO_SUCH_TAG_SET);
    assertThat(e).hasMessageContainingAll("'tpu'", "'serve', 'serve,gpu'");
  }

  @Test
  void aMissingSource() {
    assertThat(refused(ConversionOptions.of(folder.resolve("nowhere"))).code())
        .isEqualTo(Code.FILE_MISSING);
    assertThat(refused(ConversionOptions.of(folder)).code()).isEqualTo(Code.FILE_MISSING);
  }

  @Test
  void aTargetThatCantBeWritten() throws IOException {
    Path missing = folder.resolve("missing").resolve("model.tflite");
    assertThat(refused(model("affine"), missing).code()).isEqualTo(Code.FILE_UNWRITABLE);
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertThat(refused(model("affine"), directory).code()).isEqualTo(Code.FILE_UNWRITABLE);
    assertThat(files()).containsExactly("directory");
  }

  @Test
  void anOldTargetStaysUnlessAllGoesWell() throws IOException {
    Path target = Files.writeString(folder.resolve("model.tflite"), "old");
    assertThat(refused(model("unknown_ops"), target)).isNotNull();
    assertThat(target).hasContent("old");
    Signet.convert(model("affine"), target);
    assertThat(Files.size(target)).isGreaterThan(500);
    assertThat(files()).containsExactly("model.tflite");
  }

  @Test
  void permissionsAreThoseOfAnyNewFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Path target = folder.resolve("model.tflite");
    Signet.convert(model("affine"), target);
    if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
      assertThat(Files.getPosixFilePermissions(target))
          .isEqualTo(Files.getPosixFilePermissions(other));
    }
  }

  @Test
  void aSourceWithoutSignatures() throws IOException {
    Path source = Files.createDirectory(folder.resolve("empty"));
    Files.write(source.resolve("saved_model.pb"), new byte[] {0x08, 0x01, 0x12, 0x00});
    assertThat(refused(ConversionOptions.of(source)).code()).isEqualTo(Code.NOTHING_TO_CONVERT);
  }
}
