package org.signet.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.bundle.BundleTensor.Data;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;

/** Bundles as a big-endian machine would write them; TensorFlow's wheels can't make any. */
class BigEndianTest {
  @TempDir private Path directory;

  @Test
  void numbersAreSwapped() throws IOException {
    TestBundle test = new TestBundle().bigEndian();
    test.tensor("half", DataType.DT_HALF, ByteBuffer.allocate(2).putShort((short) 1).array(), 1);
    test.tensor("float", DataType.DT_FLOAT, ByteBuffer.allocate(4).putFloat(1.5f).array());
    test.tensor("long", DataType.DT_INT64, ByteBuffer.allocate(8).putLong(-2).array());
    test.tensor("byte", DataType.DT_INT8, new byte[] {1, 2}, 2);
    test.tensor(
        "complex", DataType.DT_COMPLEX64, ByteBuffer.allocate(8).putFloat(3).putFloat(4).array());
    try (CheckpointBundle bundle = test.open(directory)) {
      assertThat(raw(bundle, "half").get(ValueLayout.JAVA_SHORT_UNALIGNED, 0)).isOne();
      assertThat(raw(bundle, "float").get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0)).isEqualTo(1.5f);
      assertThat(raw(bundle, "long").get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isEqualTo(-2);
      assertThat(raw(bundle, "byte").toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
      assertThat(raw(bundle, "complex").toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
          .containsExactly(3, 4);
    }
  }

  @Test
  void stringsHaveSwappedChecksums() throws IOException {
    byte[] lengths = ByteBuffer.allocate(8).putInt(1).putInt(2).array();
    ByteBuffer checksum =
        ByteBuffer.allocate(4).putInt(Crc32c.masked(MemorySegment.ofArray(lengths)));
    byte[] summed =
        ByteBuffer.allocate(15).put(lengths).put(checksum.flip()).put(bytes("xyz")).array();
    byte[] stored =
        ByteBuffer.allocate(9)
            .put(new byte[] {1, 2})
            .put(checksum.flip())
            .put(bytes("xyz"))
            .array();
    TestBundle test = new TestBundle().bigEndian();
    BundleEntryProto entry =
        test.entry(DataType.DT_STRING, stored, 2)
            .setCrc32C(Crc32c.masked(MemorySegment.ofArray(summed)))
            .build();
    test.row(TestBundle.key("s"), entry.toByteString());
    try (CheckpointBundle bundle = test.open(directory)) {
      assertThat(((Data.Strings) bundle.find("s").orElseThrow().data()).values())
          .containsExactly(bytes("x"), bytes("yz"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static MemorySegment raw(CheckpointBundle bundle, String key) {
    return ((Data.Raw) bundle.find(key).orElseThrow().data()).bytes();
  }
}
