package org.signet.bundle;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.signet.bundle.SliceSpec.Place;
import org.signet.type.DType;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.VersionDef;

/**
 * The index of a checkpoint with one data file, while it is written: an entry for each tensor; for
 * one saved in slices an entry that lists them, and one for each under its {@link SliceKey}.
 */
final class BundleIndex {
  /** The version of the format that TensorFlow 1.0 to 2.21 write. */
  private static final int VERSION = 1;

  private final Map<ByteString, BundleEntryProto.Builder> entries = new LinkedHashMap<>();

  /**
   * @param offset where it is in the data file
   * @param size in bytes
   * @param checksum masked
   * @throws IllegalArgumentException if it is there already, or other slices of it are of another
   *     type or shape
   */
  void add(SavedTensor saved, long offset, int size, int checksum) {
    ByteString key = ByteString.copyFromUtf8(saved.name());
    if (!saved.isWhole()) {
      Place place = saved.slice().place();
      slices(key, saved, place).addSlices(TensorSlices.proto(place));
      key = ByteString.copyFrom(SliceKey.of(saved.name(), place.starts(), place.lengths()));
    }
    BundleEntryProto.Builder entry =
        entry(saved.tensor().dtype(), saved.tensor().shape())
            .setOffset(offset)
            .setSize(size)
            .setCrc32C(checksum);
    if (entries.putIfAbsent(key, entry) != null) {
      throw new IllegalArgumentException(
          "there are two tensors '" + saved.name() + "' " + saved.slice().text());
    }
  }

  /** The entry of a tensor that lists its slices. */
  private BundleEntryProto.Builder slices(ByteString key, SavedTensor saved, Place place) {
    BundleEntryProto.Builder wanted = entry(saved.tensor().dtype(), place.dims());
    BundleEntryProto.Builder whole = entries.getOrDefault(key, wanted);
    if (whole.getDtype() != wanted.getDtype()
        || !whole.getShape().equals(wanted.getShape())
        || (whole != wanted && whole.getSlicesCount() == 0)) {
      throw new IllegalArgumentException(
          "the slices of '" + saved.name() + "' are of different tensors");
    }
    entries.put(key, whole);
    return whole;
  }

  private static BundleEntryProto.Builder entry(DType dtype, int... dims) {
    return BundleEntryProto.newBuilder()
        .setDtype(DataType.forNumber(dtype.tfNumber()))
        .setShape(TensorSlices.shape(dims));
  }

  /** Keys and values of the table, in its order. */
  SortedMap<ByteString, ByteString> rows() {
    SortedMap<ByteString, ByteString> rows =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    rows.put(
        ByteString.EMPTY,
        BundleHeaderProto.newBuilder()
            .setNumShards(1)
            .setVersion(VersionDef.newBuilder().setProducer(VERSION))
            .build()
            .toByteString());
    entries.forEach((key, entry) -> rows.put(key, entry.build().toByteString()));
    return rows;
  }
}
