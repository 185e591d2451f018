package org.signet.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeLibraryTest {
  /** The module with the sources, from the root or from the module of this test. */
  private static Path module() {
    return Stream.of(Path.of("native"), Path.of("..", "native"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  /** In the order in which build.py takes them. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> sources = Files.list(module().resolve("src/main/c"))) {
      return Stream.concat(sources.sorted(), Stream.of(module().resolve("make/build.py"))).toList();
    }
  }

  @Test
  void isBuiltFromTheSourcesThatAreHere() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : sources()) {
      digest.update(Files.readAllBytes(file));
    }
    assertThat(text("SOURCES").strip())
        .as("run native/make/build.py")
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-x86_64/libsignetkernels.so",
        "linux-aarch64/libsignetkernels.so",
        "macos-x86_64/libsignetkernels.dylib",
        "macos-aarch64/libsignetkernels.dylib",
        "windows-x86_64/signetkernels.dll"
      })
  void isThereForEachPlatform(String resource) {
    assertThat(NativeLibrary.class.getResource(resource)).isNotNull();
  }

  @Test
  void isLoadedWhereThereIsOne() {
    assumeThat(NativeLibrary.resource()).isPresent();
    assertThat(NativeLibrary.find()).isPresent();
    NativeKernels.here().ifPresent(kernels -> assertThat(kernels.panel()).isIn(8, 16, 32));
  }
}
