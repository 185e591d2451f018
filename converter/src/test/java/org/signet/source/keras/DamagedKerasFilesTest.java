package org.signet.source.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.diag.SignetException;

/** Files of Keras with some damage: what is wrong with them is told, or they are converted. */
class DamagedKerasFilesTest {
  private static final int MUTATIONS = 40;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** The entries of an archive have checksums: damage that matters is always seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k3_mlp_keras.keras",
        "k2_mlp_keras.keras",
        "k3_dictionary.keras",
        "k3_whole_numbers.keras"
      })
  void archivesGiveTheRightModelOrAreRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(KerasModelsTest.model(name, folder));
    byte[] right = converted(whole, "right.keras").orElseThrow();
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Optional<byte[]> model = converted(damaged(whole, i, random), "damaged.keras");
      model.ifPresent(bytes -> assertThat(bytes).isEqualTo(right));
      refused += model.isEmpty() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(MUTATIONS / 2);
  }

  /** Numbers in HDF5 files have no checksums, so that only what can't be read is refused. */
  @ParameterizedTest
  @ValueSource(strings = {"k2_mlp_h5.h5.gz", "k3_mlp_h5.h5.gz", "k3_frozen.h5.gz"})
  void otherFilesAreConvertedOrRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(KerasModelsTest.model(name, folder));
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      refused += converted(damaged(whole, i, random), "damaged.h5").isEmpty() ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  /**
   * Cut off, with some bits changed, with a range of zeros, or with one in the place of another.
   */
  private static byte[] damaged(byte[] whole, int kind, Random random) {
    byte[] damaged = whole.clone();
    int at = random.nextInt(whole.length);
    int length = Math.min(1 + random.nextInt(64), whole.length - at);
    switch (kind % 4) {
      case 0 -> damaged = Arrays.copyOf(whole, at);
      case 1 -> {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
          damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> Arrays.fill(damaged, at, at + length, (byte) 0);
      default ->
          System.arraycopy(whole, random.nextInt(whole.length - length), damaged, at, length);
    }
    return damaged;
  }

  /** The model file; empty if the source was refused with a code. */
  private Optional<byte[]> converted(byte[] source, String name) throws IOException {
    Path file = Files.write(folder.resolve(name), source);
    Path target = folder.resolve("model.tflite");
    return Assertions.assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            Signet.convert(ConversionOptions.of(file), target);
            return Optional.of(Files.readAllBytes(target));
          } catch (SignetException e) {
            assertThat(e.code()).isNotNull();
            return Optional.empty();
          }
        });
  }
}
