package org.signet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.TensorFiles;
import org.signet.tensor.Tensor;

/** Writes files so that nobody ever sees half of one: to another name, then moved. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @throws SignetException FILE_UNWRITABLE
   */
  static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws SignetException FILE_UNWRITABLE
   */
  static void write(Path target, byte[] content) {
    Path temporary = temporary(target, ".tmp");
    try {
      Files.write(temporary, content);
      move(temporary, target);
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      delete(temporary);
    }
  }

  /**
   * @throws SignetException FILE_UNWRITABLE
   */
  static void write(Path target, Tensor tensor) {
    Path temporary = temporary(target, TensorFiles.suffix(tensor.dtype()));
    try {
      TensorFiles.write(temporary, tensor);
      move(temporary, target);
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      delete(temporary);
    }
  }

  /** Makes a folder, unless it is there. */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static Path temporary(Path target, String suffix) {
    return target.resolveSibling("." + UUID.randomUUID() + suffix);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // Nothing more can be done; the failure that led here is what counts.
    }
  }

  private static SignetException unwritable(Path target, IOException cause) {
    return SignetException.of(
        Code.FILE_UNWRITABLE, "can't write " + target + ": " + cause.getMessage());
  }
}
