package org.signet.bundle;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

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
    Optional<Region> found = table.find(new byte[0]);
    if (found.isEmpty()) {
      throw index.malformed(0, "it has no header");
    }
    Region value = found.get();
    // number of data files, byte order, the version of a reader that it needs
    int[] header = new int[3];
    try {
      read(ProtoFields.of(value), header);
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

  private static void read(ProtoFields fields, int... header) throws IOException {
    while (fields.next()) {
      if (fields.is(1, ProtoFields.VARINT)) {
        header[0] = (int) fields.varint();
      } else if (fields.is(2, ProtoFields.VARINT)) {
        header[1] = (int) fields.varint();
      } else if (fields.is(3, ProtoFields.MESSAGE)) {
        readVersion(fields.message(), header);
      } else {
        fields.skip();
      }
    }
  }

  /** Of a {@code VersionDef}, the version that a reader must have. */
  private static void readVersion(ProtoFields fields, int... header) throws IOException {
    while (fields.next()) {
      if (fields.is(2, ProtoFields.VARINT)) {
        header[2] = (int) fields.varint();
      } else {
        fields.skip();
      }
    }
  }
}
