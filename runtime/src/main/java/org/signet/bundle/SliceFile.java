package org.signet.bundle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedSlice;
import org.tensorflow.proto.SavedSliceMeta;
import org.tensorflow.proto.SavedTensorSliceMeta;
import org.tensorflow.proto.SavedTensorSlices;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorSliceProto;
import org.tensorflow.proto.VersionDef;

/**
 * TensorFlow's first format of checkpoints, a single file, which the ops Save and Restore use: a
 * sorted table with a description of all tensors under the empty key, and each tensor under its
 * {@link SliceKey}. Tensors saved in several slices are not read. Source: {@code
 * tensorflow/core/util/saved_tensor_slice.proto}.
 */
public final class SliceFile {
  private static final int VERSION = 1;
  private static final int OLDEST_READER = 0;

  private SliceFile() {}

  /** Whether there is such a file of exactly this name. */
  public static boolean exists(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return Files.isRegularFile(file) && SortedTable.isTable(Region.map(file, arena));
    }
  }

  /**
   * Writes a file, which replaces one of the same name once it is complete.
   *
   * @throws SignetException FILE_UNWRITABLE
   * @throws IllegalArgumentException if a tensor is of a type that the format does not hold
   */
  public static void write(Path file, Map<String, Tensor> tensors) {
    TreeMap<ByteString, ByteString> rows =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    SavedTensorSliceMeta.Builder meta =
        SavedTensorSliceMeta.newBuilder()
            .setVersions(
                VersionDef.newBuilder().setProducer(VERSION).setMinConsumer(OLDEST_READER));
    new TreeMap<>(tensors)
        .forEach((name, tensor) -> {
          TensorSliceProto.Builder whole = TensorSliceProto.newBuilder();
          TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
          for (int size : tensor.shape()) {
            whole.addExtent(TensorSliceProto.Extent.getDefaultInstance());
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
          }
          meta.addTensor(
              SavedSliceMeta.newBuilder()
                  .setName(name)
                  .setShape(shape)
                  .setType(DataType.forNumber(tensor.dtype().tfNumber()))
                  .addSlice(whole));
          SavedSlice slice =
              SavedSlice.newBuilder()
                  .setName(name)
                  .setSlice(whole)
                  .setData(TypedValues.proto(tensor))
                  .build();
          rows.put(
              key(name, tensor.rank()),
              SavedTensorSlices.newBuilder().setData(slice).build().toByteString());
        });
    rows.put(ByteString.EMPTY, SavedTensorSlices.newBuilder().setMeta(meta).build().toByteString());
    BundleWriter.replace(file, target -> target.write(TableWriter.write(rows)));
  }

  private static ByteString key(String name, int rank) {
    int[] lengths = new int[rank];
    Arrays.fill(lengths, SliceKey.FULL);
    return ByteString.copyFrom(SliceKey.of(name, new int[rank], lengths));
  }

  /**
   * The tensor of this name; empty if the file has none.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; MALFORMED_CHECKPOINT, CHECKSUM_MISMATCH;
   *     UNSUPPORTED_SOURCE for a tensor in several slices or of a type that Signet does not know
   */
  public static Optional<Tensor> read(Path file, String name) {
    try (Arena arena = Arena.ofConfined()) {
      Region region = Region.map(file, arena);
      SortedTable table = SortedTable.read(region);
      SavedTensorSliceMeta meta = parse(table, ByteString.EMPTY, region).getMeta();
      for (SavedSliceMeta tensor : meta.getTensorList()) {
        if (tensor.getName().equals(name)) {
          return Optional.of(read(table, tensor, region));
        }
      }
      return Optional.empty();
    }
  }

  private static Tensor read(SortedTable table, SavedSliceMeta meta, Region region) {
    String quoted = Region.quote(meta.getName());
    DType dtype =
        DType.ofTfNumber(meta.getTypeValue())
            .orElseThrow(() ->
                SignetException.of(
                    Code.UNSUPPORTED_SOURCE,
                    "tensor " + quoted + " of " + region.label() + " is of an unknown type"));
    ByteString key = key(meta.getName(), meta.getShape().getDimCount());
    if (table.find(key.toByteArray()).isEmpty()) {
      throw SignetException.of(
          Code.UNSUPPORTED_SOURCE,
          "tensor " + quoted + " of " + region.label() + " is saved in slices");
    }
    int[] shape =
        meta.getShape().getDimList().stream()
            .mapToInt(dim -> Math.toIntExact(dim.getSize()))
            .toArray();
    try {
      return TypedValues.tensor(parse(table, key, region).getData().getData(), dtype, shape);
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw Failures.withCause(region.malformed(0, "tensor " + quoted + " is incomplete"), e);
    }
  }

  private static SavedTensorSlices parse(SortedTable table, ByteString key, Region region) {
    Region value =
        table
            .find(key.toByteArray())
            .orElseThrow(() -> region.malformed(0, "it does not tell its tensors"));
    try {
      return SavedTensorSlices.parseFrom(value.bytes().asByteBuffer());
    } catch (InvalidProtocolBufferException e) {
      throw Failures.withCause(value.malformed(0, "a row is not valid"), e);
    }
  }
}
