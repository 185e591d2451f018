package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;

class ModelFilesTest {
  @TempDir private Path directory;

  private Code code(Path model, String name) {
    SignetException failure =
        assertThatExceptionOfType(SignetException.class)
            .isThrownBy(() -> new ModelFiles(model).read(name, Origin.NONE))
            .actual();
    return failure.code();
  }

  @Test
  void onlyFilesOfTheModelAreRead() throws IOException {
    Path model = directory.resolve("model");
    Files.createDirectories(model.resolve("assets"));
    Files.writeString(model.resolve("assets/words.txt"), "a");
    Files.writeString(directory.resolve("secret.txt"), "b");
    assertThat(new ModelFiles(model).read("assets/words.txt", Origin.NONE))
        .asString()
        .isEqualTo("a");
    assertThat(code(model, "assets/none.txt")).isEqualTo(Code.FILE_MISSING);
    assertThat(code(model, "../secret.txt")).isEqualTo(Code.ASSET_OUTSIDE_MODEL);
    String absolute = directory.resolve("secret.txt").toAbsolutePath().toString();
    assertThat(code(model, absolute)).isEqualTo(Code.ASSET_OUTSIDE_MODEL);
    Files.createSymbolicLink(model.resolve("assets/link.txt"), directory.resolve("secret.txt"));
    assertThat(code(model, "assets/link.txt")).isEqualTo(Code.ASSET_OUTSIDE_MODEL);
  }

  @Test
  void filesBesideAGraphFile() throws IOException {
    Files.writeString(directory.resolve("words.txt"), "a");
    Path graph = Files.writeString(directory.resolve("graph.pb"), "");
    assertThat(new ModelFiles(graph).read("words.txt", Origin.NONE)).asString().isEqualTo("a");
  }
}
