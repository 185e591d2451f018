package org.signet.bundle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.signet.bundle.SliceSpec.Place;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedSlice;
import org.tensorflow.proto.SavedSliceMeta;
import org.tensorflow.proto.SavedTensorSliceMeta;
import org.tensorflow.proto.SavedTensorSlices;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorSliceProto;
import org.tensorflow.proto.VersionDef;

/**
 * TensorFlow's first format of checkpoints, a single file, which the ops Save and Restore use: a
 * sorted table with a description of all tensors under the empty key, and each tensor under its
 * {@link SliceKey}. Source: {@code tensorflow/core/util/saved_tensor_slice.proto}.
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
   * @throws IllegalArgumentException if a tensor is of a type that the format does not hold, or is
   *     there twice
   */
  public static void write(Path file, List<SavedTensor> tensors) {
    TreeMap<ByteString, ByteString> rows =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    TreeMap<String, SavedSliceMeta.Builder> descriptions = new TreeMap<>();
    for (SavedTensor saved : tensors) {
      String name = saved.name();
      Place place = place(saved);
      TensorSliceProto slice = TensorSlices.proto(place);
      SavedSliceMeta.Builder description =
          descriptions.computeIfAbsent(
              name,
              key ->
                  SavedSliceMeta.newBuilder()
                      .setName(key)
                      .setShape(TensorSlices.shape(place.dims()))
                      .setType(DataType.forNumber(saved.tensor().dtype().tfNumber())));
      description.addSlice(slice);
      SavedSlice data =
          SavedSlice.newBuilder()
              .setName(name)
              .setSlice(slice)
              .setData(TypedValues.proto(saved.tensor()))
              .build();
      ByteString row = SavedTensorSlices.newBuilder().setData(data).build().toByteString();
      if (rows.put(key(name, place), row) != null) {
        throw new IllegalArgumentException("there are two tensors '" + name + "'");
      }
    }
    SavedTensorSliceMeta.Builder meta =
        SavedTensorSliceMeta.newBuilder()
            .setVersions(
                VersionDef.newBuilder().setProducer(VERSION).setMinConsumer(OLDEST_READER));
    descriptions.values().forEach(meta::addTensor);
    rows.put(ByteString.EMPTY, SavedTensorSlices.newBuilder().setMeta(meta).build().toByteString());
    byte[] table = TableWriter.write(rows);
    BundleWriter.replace(file, target -> target.write(table));
  }

  /** Writes a file of whole tensors by name: see {@link #write(Path, List)}. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    write(file, SavedTensor.all(tensors));
  }

  private static Place place(SavedTensor saved) {
    int[] shape = saved.tensor().shape();
    return saved.slice().isWhole() ? whole(shape) : saved.slice().place();
  }

  private static Place whole(int... shape) {
    int[] lengths = new int[shape.length];
    Arrays.fill(lengths, SliceKey.FULL);
    return new Place(shape, new int[shape.length], lengths);
  }

  private static ByteString key(String name, Place place) {
    return ByteString.copyFrom(SliceKey.of(name, place.starts(), place.lengths()));
  }

  /**
   * The tensor of this name, or a part of it; empty if the file has none.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; MALFORMED_CHECKPOINT, CHECKSUM_MISMATCH;
   *     UNSUPPORTED_SOURCE for a tensor of a type that Signet does not know
   * @throws IllegalArgumentException if the tensor has no such part
   */
  public static Optional<Tensor> read(Path file, String name, SliceSpec slice) {
    try (Arena arena = Arena.ofConfined()) {
      Region region = Region.map(file, arena);
      SortedTable table = SortedTable.read(region);
      for (SavedSliceMeta tensor : contents(table, region)) {
        if (tensor.getName().equals(name)) {
          return Optional.of(slice.of(read(table, tensor, region)));
        }
      }
      return Optional.empty();
    }
  }

  /** What a file says of its tensors. */
  static List<SavedSliceMeta> contents(SortedTable table, Region region) {
    SavedTensorSlices contents = parse(table, ByteString.EMPTY, region);
    if (!contents.hasMeta()) {
      throw untold(region);
    }
    return contents.getMeta().getTensorList();
  }

  private static SignetException untold(Region region) {
    return region.malformed(0, "it does not tell its tensors");
  }

  static DType dtype(SavedSliceMeta meta, Region region) {
    return DType.ofTfNumber(meta.getTypeValue())
        .orElseThrow(() ->
            SignetException.of(
                Code.UNSUPPORTED_SOURCE,
                "tensor %s of %s is of an unknown type"
                    .formatted(Region.quote(meta.getName()), region.label())));
  }

  /** The shape of the whole tensor. */
  static int[] shape(SavedSliceMeta meta, Region region) {
    try {
      return meta.getShape().getDimList().stream()
          .mapToInt(dim -> Math.toIntExact(dim.getSize()))
          .toArray();
    } catch (ArithmeticException e) {
      throw Failures.withCause(incomplete(meta, region), e);
    }
  }

  /** The slices that the tensor was saved in. */
  static List<Place> places(SavedSliceMeta meta, Region region) {
    int[] shape = shape(meta, region);
    try {
      return meta.getSliceList().stream().map(slice -> TensorSlices.place(slice, shape)).toList();
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw Failures.withCause(incomplete(meta, region), e);
    }
  }

  /** How many bytes the values take that are saved under {@code place}. */
  static long bytes(SortedTable table, SavedSliceMeta meta, Place place, Region region) {
    return table
        .find(key(meta.getName(), place).toByteArray())
        .orElseThrow(() -> incomplete(meta, region))
        .size();
  }

  private static SignetException incomplete(SavedSliceMeta meta, Region region) {
    return region.malformed(0, "tensor " + Region.quote(meta.getName()) + " is incomplete");
  }

  /** The whole tensor. */
  static Tensor read(SortedTable table, SavedSliceMeta meta, Region region) {
    DType dtype = dtype(meta, region);
    int[] shape = shape(meta, region);
    try {
      return together(table, meta, dtype, shape, region);
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw Failures.withCause(incomplete(meta, region), e);
    }
  }

  /** The slices, each in its place. */
  private static Tensor together(
      SortedTable table, SavedSliceMeta meta, DType dtype, int[] shape, Region region) {
    List<Tensor> parts = new ArrayList<>();
    List<Box> boxes = new ArrayList<>();
    long elements = 0;
    for (Place place : places(meta, region)) {
      Box box = new Box(place.starts(), place.sizes());
      if (boxes.stream().anyMatch(box::overlaps)) {
        throw new IllegalArgumentException("two slices hold the same elements");
      }
      TensorProto values = parse(table, key(meta.getName(), place), region).getData().getData();
      parts.add(TypedValues.tensor(values, dtype, place.sizes()));
      boxes.add(box);
      elements += box.elements();
    }
    if (elements != Shape.elements(shape)) {
      throw new IllegalArgumentException("its slices leave something out");
    }
    Tensor whole = Tensor.zeros(dtype, shape);
    int lanes = Tensor.lanes(dtype);
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      boxes
          .get(i)
          .forEachRun(
              shape,
              (from, to, count) ->
                  System.arraycopy(
                      part.array(),
                      (int) from * lanes,
                      whole.array(),
                      (int) to * lanes,
                      (int) count * lanes));
    }
    return whole;
  }

  private static SavedTensorSlices parse(SortedTable table, ByteString key, Region region) {
    Region value = table.find(key.toByteArray()).orElseThrow(() -> untold(region));
    try {
      return SavedTensorSlices.parseFrom(value.bytes().asByteBuffer());
    } catch (InvalidProtocolBufferException e) {
      throw Failures.withCause(value.malformed(0, "a row is not valid"), e);
    }
  }
}
