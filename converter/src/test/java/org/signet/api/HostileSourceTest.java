package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;

/**
 * Damages the files of models in many ways. Each must convert, or be refused with a diagnostic: no
 * other exception, no endless loop, no memory without end.
 */
class HostileSourceTest {
  private static final String VARIABLES = "variables/variables.data-00000-of-00001";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "affine, saved_model.pb, 400",
    "nested, saved_model.pb, 300",
    "needs_flex, saved_model.pb, 200",
    "tf1_reference, saved_model.pb, 300",
    "tf1_resource, saved_model.pb, 200",
    "affine, variables/variables.index, 200",
    "affine, " + VARIABLES + ", 100",
    "tf1_reference, variables/variables.index, 150",
    "text, saved_model.pbtxt, 100",
  })
  void damaged(String model, String name, int mutations) throws IOException {
    Path source = copy(Checkout.testModel(model));
    Path file = source.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < mutations; i++) {
      byte[] damaged = damage(sound, i, random);
      Files.write(file, damaged);
      convert(source, "mutation " + i);
    }
  }

  /** Every fourth file ends early, the others have one to three other bytes. */
  private static byte[] damage(byte[] sound, int i, Random random) {
    if (i % 4 == 0) {
      return Arrays.copyOf(sound, random.nextInt(sound.length));
    }
    byte[] damaged = sound.clone();
    for (int n = 0; n < i % 4; n++) {
      int at = random.nextInt(damaged.length);
      damaged[at] =
          random.nextBoolean()
              ? (byte) (damaged[at] ^ 1 << random.nextInt(8))
              : (byte) random.nextInt(256);
    }
    return damaged;
  }

  private void convert(Path source, String what) throws IOException {
    Path target = folder.resolve("out.tflite");
    try {
      Signet.convert(ConversionOptions.of(source), target);
      Files.delete(target);
    } catch (SignetException e) {
      assertThat(e.diagnostics()).as(what).isNotEmpty();
      assertThat(e.code()).as(what + ": " + e).isNotEqualTo(Code.BUG);
      assertThat(target).as(what).doesNotExist();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what + " gives " + e, e);
    }
  }

  private Path copy(Path model) throws IOException {
    Path target = folder.resolve("model");
    Files.walkFileTree(
        model,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(model.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, target.resolve(model.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
    return target;
  }
}
