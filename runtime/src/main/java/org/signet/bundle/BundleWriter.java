package org.signet.bundle;

import com.google.protobuf.ByteString;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/**
 * Writes checkpoints that TensorFlow and {@link CheckpointBundle} read: an index, one data file.
 */
public final class BundleWriter {
  /** The version of the format that TensorFlow 1.0 to 2.21 write. */
  private static final int VERSION = 1;

  private BundleWriter() {}

  /**
   * Writes a checkpoint; files of the same names are replaced once the new ones are complete.
   *
   * @param prefix what the names of its files have in common; its folder is made if need be
   * @param tensors by name, in the order of the data file; of types that have raw bytes, or strings
   * @throws SignetException FILE_UNWRITABLE
   * @throws IllegalArgumentException if a tensor is of a type that no checkpoint holds
   */
  public static void write(Path prefix, Map<String, Tensor> tensors) {
    TreeMap<ByteString, ByteString> rows =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    rows.put(
        ByteString.EMPTY,
        BundleHeaderProto.newBuilder()
            .setNumShards(1)
            .setVersion(VersionDef.newBuilder().setProducer(VERSION))
            .build()
            .toByteString());
    replace(
        CheckpointBundle.withSuffix(prefix, ".data-00000-of-00001"),
        data -> {
          long offset = 0;
          for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Stored stored = stored(entry.getValue());
            data.write(stored.bytes);
            ByteString name = ByteString.copyFromUtf8(entry.getKey());
            rows.put(name, entry(entry.getValue(), stored, offset).toByteString());
            offset += stored.bytes.length;
          }
        });
    replace(
        CheckpointBundle.withSuffix(prefix, ".index"),
        index -> index.write(TableWriter.write(rows)));
  }

  /** A tensor's bytes and their checksum, unmasked. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] bytes, int checksum) {}

  private static BundleEntryProto entry(Tensor tensor, Stored stored, long offset) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : tensor.shape()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return BundleEntryProto.newBuilder()
        .setDtype(DataType.forNumber(tensor.dtype().tfNumber()))
        .setShape(shape)
        .setOffset(offset)
        .setSize(stored.bytes.length)
        .setCrc32C(Crc32c.mask(stored.checksum))
        .build();
  }

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
