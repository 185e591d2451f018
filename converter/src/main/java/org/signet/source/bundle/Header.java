package org.signet.source.bundle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteOrder;
import org.tensorflow.proto.BundleHeaderProto;

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
    BundleHeaderProto header = parse(value);
    if (header.getNumShards() < 1) {
      throw value.malformed(0, "it tells of " + header.getNumShards() + " data files");
    }
    if (header.getVersion().getMinConsumer() > VERSION) {
      throw value.malformed(
          0, "it needs a reader of version " + header.getVersion().getMinConsumer());
    }
    ByteOrder order =
        switch (header.getEndianness()) {
          case LITTLE -> ByteOrder.LITTLE_ENDIAN;
          case BIG -> ByteOrder.BIG_ENDIAN;
          case UNRECOGNIZED -> throw value.malformed(0, "it has an unknown byte order");
        };
    return new Header(header.getNumShards(), order);
  }

  private static BundleHeaderProto parse(Region value) {
    try {
      return BundleHeaderProto.parseFrom(value.bytes().asByteBuffer());
    } catch (InvalidProtocolBufferException e) {
      throw Failures.withCause(value.malformed(0, "its header is not valid"), e);
    }
  }
}
