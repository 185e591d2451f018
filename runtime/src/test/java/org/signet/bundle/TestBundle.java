package org.signet.bundle;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.BundleHeaderProto.Endianness;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/** Writes small bundles, as damaged as a test wants them. */
final class TestBundle {
  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final TreeMap<ByteString, ByteString> rows =
      new TreeMap<>(ByteString.unsignedLexicographicalComparator());
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  TestBundle() {
    header(BundleHeaderProto.newBuilder().setNumShards(1));
  }

  /** The prefix of a bundle that make_bundles.py wrote with TensorFlow. */
  static Path resource(String name) {
    URL index = Objects.requireNonNull(TestBundle.class.getResource(name + ".index"), name);
    try {
      return Path.of(index.toURI()).resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ByteString key(String text) {
    return ByteString.copyFromUtf8(text);
  }

  static Region region(byte... bytes) {
    return new Region("test", 0, MemorySegment.ofArray(bytes));
  }

  TestBundle header(BundleHeaderProto.Builder header) {
    return row(ByteString.EMPTY, header.build().toByteString());
  }

  TestBundle bigEndian() {
    return header(BundleHeaderProto.newBuilder().setNumShards(1).setEndianness(Endianness.BIG));
  }

  TestBundle row(ByteString key, ByteString value) {
    rows.put(key, value);
    return this;
  }

  /** A tensor whose entry is right. */
  TestBundle tensor(ByteString key, DataType dtype, byte[] bytes, int... dims) {
    return row(key, entry(dtype, bytes, dims).build().toByteString());
  }

  TestBundle tensor(String key, DataType dtype, byte[] bytes, int... dims) {
    return tensor(key(key), dtype, bytes, dims);
  }

  /** Adds these bytes to the data and makes an entry for them. */
  BundleEntryProto.Builder entry(DataType dtype, byte[] bytes, int... dims) {
    BundleEntryProto.Builder entry =
        entry(dtype, dims)
            .setOffset(data.size())
            .setSize(bytes.length)
            .setCrc32C(Crc32c.masked(MemorySegment.ofArray(bytes)));
    data.writeBytes(bytes);
    return entry;
  }

  static BundleEntryProto.Builder entry(DataType dtype, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dim : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    return BundleEntryProto.newBuilder().setDtype(dtype).setShape(shape);
  }

  /** Writes the files and opens them. */
  CheckpointBundle open(Path directory) throws IOException {
    return CheckpointBundle.open(write(directory));
  }

  Path write(Path directory) throws IOException {
    Files.write(directory.resolve("b.index"), table(List.of(rows)));
    Files.write(directory.resolve("b.data-00000-of-00001"), data.toByteArray());
    return directory.resolve("b");
  }

  /** A table of blocks, each of these rows. */
  static byte[] table(List<? extends Map<ByteString, ByteString>> blocks) {
    List<byte[]> packed = new ArrayList<>();
    TreeMap<ByteString, ByteString> handles =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    int offset = 0;
    for (int i = 0; i < blocks.size(); i++) {
      byte[] block = block(blocks.get(i));
      packed.add(block);
      handles.put(key("handle %05d".formatted(i)), handle(offset, block.length));
      offset += block.length + 5;
    }
    return table(packed, handles);
  }

  /** A table of these blocks and handles, whether they fit or not. */
  static byte[] table(List<byte[]> blocks, Map<ByteString, ByteString> handles) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    blocks.forEach(block -> append(out, block));
    byte[] index = block(handles);
    ByteString footer = handle(0, 0).concat(handle(out.size(), index.length));
    append(out, index);
    out.writeBytes(footer.toByteArray());
    out.writeBytes(new byte[40 - footer.size()]);
    out.writeBytes(littleEndian(8).putLong(MAGIC).array());
    return out.toByteArray();
  }

  static ByteString handle(long offset, long size) {
    return varint(offset).concat(varint(size));
  }

  /** A block whose keys share what they can, without limit. */
  static byte[] block(Map<ByteString, ByteString> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteString last = ByteString.EMPTY;
    for (Map.Entry<ByteString, ByteString> row : rows.entrySet()) {
      ByteString key = row.getKey();
      int shared = 0;
      while (shared < Math.min(last.size(), key.size())
          && last.byteAt(shared) == key.byteAt(shared)) {
        shared++;
      }
      out.writeBytes(varint(shared).toByteArray());
      out.writeBytes(varint(key.size() - shared).toByteArray());
      out.writeBytes(varint(row.getValue().size()).toByteArray());
      out.writeBytes(key.substring(shared).toByteArray());
      out.writeBytes(row.getValue().toByteArray());
      last = key;
    }
    out.writeBytes(littleEndian(8).putInt(0).putInt(1).array());
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, byte[] block) {
    byte[] withType = ByteBuffer.allocate(block.length + 1).put(block).array();
    out.writeBytes(withType);
    int crc = Crc32c.masked(MemorySegment.ofArray(withType));
    out.writeBytes(littleEndian(4).putInt(crc).array());
  }

  static ByteString varint(long value) {
    ByteString.Output out = ByteString.newOutput();
    long rest = value;
    while (rest > 127) {
      out.write((int) ((rest & 127) | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteString();
  }

  static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
