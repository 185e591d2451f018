package org.signet.bundle;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Writes checkpoints that TensorFlow and {@link CheckpointBundle} read: an index, one data file.
 */
public final class BundleWriter {
  private BundleWriter() {}

  /** Writes a checkpoint of whole tensors by name: see {@link #write(Path, List)}. */
  public static void write(Path prefix, Map<String, Tensor> tensors) {
    write(prefix, SavedTensor.all(tensors));
  }

  /**
   * Writes a checkpoint; files of the same names are replaced once the new ones are complete.
   *
   * @param prefix what the names of its files have in common; its folder is made if need be
   * @param tensors in the order of the data file; of types that have raw bytes, or strings
   * @throws SignetException FILE_UNWRITABLE
   * @throws IllegalArgumentException if a tensor is of a type that no checkpoint holds, or is there
   *     twice
   */
  public static void write(Path prefix, List<SavedTensor> tensors) {
    BundleIndex index = new BundleIndex();
    replace(
        CheckpointBundle.withSuffix(prefix, ".data-00000-of-00001"),
        data -> {
          long offset = 0;
          for (SavedTensor saved : tensors) {
            Stored stored = stored(saved.tensor());
            data.write(stored.bytes);
            index.add(saved, offset, stored.bytes.length, Crc32c.mask(stored.checksum));
            offset += stored.bytes.length;
          }
        });
    byte[] table = TableWriter.write(index.rows());
    replace(CheckpointBundle.withSuffix(prefix, ".index"), target -> target.write(table));
  }

  /** A tensor's bytes and their checksum, unmasked. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] bytes, int checksum) {}

  private static Stored stored(Tensor tensor) {
    if (tensor.dtype() == DType.STRING) {
      return strings(tensor);
    }
    byte[] bytes = RawElements.write(tensor);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Stored(bytes, (int) crc.getValue());
  }

  /** As {@link StringTensor} tells. */
  private static Stored strings(Tensor tensor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CRC32C crc = new CRC32C();
    for (int i = 0; i < tensor.size(); i++) {
      int length = tensor.strings()[i].length;
      TableWriter.varint(bytes, length);
      crc.update(little(length));
    }
    byte[] ofLengths = little(Crc32c.mask((int) crc.getValue()));
    bytes.writeBytes(ofLengths);
    crc.update(ofLengths);
    for (int i = 0; i < tensor.size(); i++) {
      bytes.writeBytes(tensor.strings()[i]);
      Crc32c.update(crc, MemorySegment.ofArray(tensor.strings()[i]));
    }
    return new Stored(bytes.toByteArray(), (int) crc.getValue());
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** Writes a file. */
  @FunctionalInterface
  interface Writer {
    void write(OutputStream target) throws IOException;
  }

  /** Writes a file under another name beside its own, and then puts it in place. */
  static void replace(Path file, Writer writer) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    try {
      if (folder == null) {
        throw new IOException("it is in no folder");
      }
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
      try {
        try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(part))) {
          writer.write(target);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new SignetException(
          Diagnostic.error(Code.FILE_UNWRITABLE, "can't write " + file + ": " + e.getMessage()), e);
    }
  }
}
