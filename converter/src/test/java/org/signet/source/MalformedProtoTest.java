package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;

class MalformedProtoTest {
  @TempDir Path folder;

  private SignetException refused() {
    return catchThrowableOfType(
        SignetException.class, () -> SavedModelReader.open(folder, Set.of(), List.of()));
  }

  @Test
  void aFileThatEndsEarly() throws IOException {
    byte[] sound = Files.readAllBytes(Checkout.testModel("affine").resolve("saved_model.pb"));
    for (int length = 0; length < sound.length; length += 1 + sound.length / 101) {
      Files.write(folder.resolve("saved_model.pb"), Arrays.copyOf(sound, length));
      SignetException e = refused();
      assertThat(e).as("%s bytes", length).isNotNull();
      assertThat(e.code()).as("%s bytes: %s", length, e).isEqualTo(Code.MALFORMED_PROTO);
      assertThat(e).hasMessageContaining("truncated");
    }
  }

  @Test
  void aFileOfSomethingElse() throws IOException {
    Files.writeString(folder.resolve("saved_model.pb"), "<html>not found</html>");
    assertThat(refused().code()).isEqualTo(Code.MALFORMED_PROTO);
  }

  @Test
  void textThatEndsEarly() throws IOException {
    String sound = Files.readString(Checkout.testModel("text").resolve("saved_model.pbtxt"));
    Path file = folder.resolve("saved_model.pbtxt");
    Files.writeString(file, sound.substring(0, sound.length() / 2));
    assertThat(refused().code()).isEqualTo(Code.MALFORMED_PROTO);
    Files.writeString(file, "meta_graphs { no_such_field: 1 }");
    assertThat(refused().code()).isEqualTo(Code.MALFORMED_PROTO);
  }

  @Test
  void textThatIsNoText() throws IOException {
    Files.write(folder.resolve("saved_model.pbtxt"), new byte[] {(byte) 0xc3, 0x28, (byte) 0xff});
    assertThat(refused().code()).isEqualTo(Code.MALFORMED_PROTO);
  }

  @Test
  void attributesInAttributesWithoutEnd() throws IOException {
    String attribute = "attr { key: \"a\" value { func { ";
    String text = "meta_graphs { graph_def { node { " + attribute.repeat(20_000);
    Files.writeString(folder.resolve("saved_model.pbtxt"), text);
    assertThat(refused().code()).isEqualTo(Code.MALFORMED_PROTO);
  }

  @Test
  void textIsReadAsBinaryIs() {
    try (SourceModel text = SavedModelReader.open(Checkout.testModel("text"), Set.of(), List.of());
        SourceModel binary =
            SavedModelReader.open(Checkout.testModel("affine"), Set.of(), List.of())) {
      assertThat(text.signatures()).isEqualTo(binary.signatures());
      assertThat(text.nodes()).isEqualTo(binary.nodes());
    }
  }
}
