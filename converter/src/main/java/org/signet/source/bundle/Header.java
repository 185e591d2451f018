package org.signet.source.bundle;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * What a bundle says of itself, under the empty key of its index. Source: {@code
 * tensorflow/core/protobuf/tensor_bundle.proto}.
 *
 * @param shards the number of data files, at least 1
 * @param order the byte order of numbers in the data files
 */
record Header(int shards, ByteOrder order) {
  /** The version of the format that TensorFlow 1.0 to 2.21 write. */
  private static final int VERSION = 1;

  static Header read(Region index, SortedTable table) {
    Region value =
        table.find(ByteString.EMPTY).orElseThrow(() -> index.malformed(0, "it has no header"));
    // number of data files, byte order, the version of a reader that it needs
    int[] header = new int[3];
    try {
      EntryFields.message(
          CodedInputStream.newInstance(value.bytes().asByteBuffer()),
          (number, input) -> read(number, input, header));
    } catch (IOException e) {
      throw Failures.withCause(value.malformed(0, "its header is not valid"), e);
    }
    if (header[0] < 1) {
      throw value.malformed(0, "it tells of " + header[0] + " data files");
    }
    if (header[2] > VERSION) {
      throw value.malformed(0, "it needs a reader of version " + header[2]);
    }
    ByteOrder order =
        switch (header[1]) {
          case 0 -> ByteOrder.LITTLE_ENDIAN;
          case 1 -> ByteOrder.BIG_ENDIAN;
          default -> throw value.malformed(0, "it has an unknown byte order");
        };
    return new Header(header[0], order);
  }

  /** Fields of a {@code BundleHeaderProto}, and of the {@code VersionDef} in it. */
  private static boolean read(int number, CodedInputStream input, int... header)
      throws IOException {
    switch (number) {
      case 1 -> header[0] = input.readInt32();
      case 2 -> header[1] = input.readEnum();
      case 3 ->
          EntryFields.inner(
              input,
              (field, version) -> {
                if (field == 2) {
                  header[2] = version.readInt32();
                }
                return field == 2;
              });
      default -> {
        return false;
      }
    }
    return true;
  }
}
