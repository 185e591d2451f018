package org.signet.bundle;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.bundle.BundleTensor.Data;
import org.signet.bundle.EntryFields.Extent;
import org.signet.bundle.SliceSpec.Place;
import org.signet.bundle.TensorReader.Entry;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Puts together a tensor that was saved in slices, such as a partitioned variable: its entry lists
 * the slices, each of which has an entry of its own.
 */
final class SlicedTensor {
  /** More slices than any partitioner makes; keeps the search for overlaps short. */
  private static final int MOST_SLICES = 4096;

  private SlicedTensor() {}

  /** A slice and its own entry. */
  private record Part(Box box, Entry entry) {}

  /**
   * The whole tensor.
   *
   * @throws org.signet.diag.SignetException if the slices are not there, or are not exactly the
   *     whole
   */
  static BundleTensor read(TensorReader reader, Entry whole) {
    DType dtype = whole.dtype();
    Shape shape = whole.shape();
    checkCount(whole);
    List<Part> parts = new ArrayList<>();
    for (List<Extent> slice : whole.fields().slices()) {
      parts.add(part(reader, whole, slice));
    }
    checkCover(whole, parts);
    Data data =
        dtype == DType.STRING ? strings(reader, whole, parts) : numbers(reader, whole, parts);
    return new BundleTensor(dtype, shape, data);
  }

  /** The slices that an entry lists, as specs; the whole if it has bytes of its own. */
  static List<SliceSpec> specs(Entry whole) {
    checkCount(whole);
    List<SliceSpec> specs = new ArrayList<>();
    for (List<Extent> slice : whole.fields().slices()) {
      Box box = box(whole, slice);
      int[] lengths = keyLengths(slice, box.lengths());
      specs.add(SliceSpec.of(whole.shape().dims(), box.starts(), lengths));
    }
    return specs.isEmpty() ? List.of(SliceSpec.WHOLE) : specs;
  }

  /** A slice that was saved as such; empty if none was of just these elements. */
  static Optional<BundleTensor> find(TensorReader reader, Entry whole, SliceSpec wanted) {
    Place place = wanted.place();
    for (List<Extent> slice : whole.fields().slices()) {
      Box box = box(whole, slice);
      if (whole.shape().accepts(place.dims())
          && Arrays.equals(box.starts(), place.starts())
          && Arrays.equals(box.lengths(), place.sizes())) {
        Entry entry = part(reader, whole, slice).entry;
        return Optional.of(new BundleTensor(entry.dtype(), entry.shape(), reader.data(entry)));
      }
    }
    return Optional.empty();
  }

  /** The slices that an entry lists; none if it has bytes of its own. */
  static List<Box> slices(Entry whole) {
    checkCount(whole);
    return whole.fields().slices().stream().map(slice -> box(whole, slice)).toList();
  }

  private static void checkCount(Entry whole) {
    int count = whole.fields().slices().size();
    if (count > MOST_SLICES) {
      throw whole.malformed("it has " + count + " slices");
    }
  }

  private static Box box(Entry whole, List<Extent> slice) {
    int[] dims = whole.shape().dims();
    if (slice.size() != dims.length) {
      throw whole.malformed("a slice has another rank");
    }
    int[] starts = new int[dims.length];
    int[] lengths = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      Extent extent = slice.get(i);
      long start = extent.start();
      long length = extent.length().orElse(dims[i]);
      if (start < 0 || length < 0 || start > dims[i] || length > dims[i] - start) {
        throw whole.malformed("a slice is outside of it in dimension " + i);
      }
      starts[i] = (int) start;
      lengths[i] = (int) length;
    }
    return new Box(starts, lengths);
  }

  /** In the index, a slice that is whole in a dimension has no length there. */
  private static int[] keyLengths(List<Extent> slice, int[] lengths) {
    int[] key = lengths.clone();
    for (int i = 0; i < key.length; i++) {
      if (!slice.get(i).length().isPresent()) {
        key[i] = SliceKey.FULL;
      }
    }
    return key;
  }

  private static Part part(TensorReader reader, Entry whole, List<Extent> slice) {
    Box box = box(whole, slice);
    int[] starts = box.starts();
    int[] lengths = box.lengths();
    String name = whole.key() + " slice " + box;
    Region place =
        reader
            .table()
            .find(SliceKey.of(whole.key(), starts, keyLengths(slice, lengths)))
            .orElseThrow(() -> whole.malformed("slice " + box + " is missing"));
    Entry entry = reader.entry(name, place);
    if (entry.fields().dtype() != whole.fields().dtype()
        || !Arrays.equals(entry.shape().dims(), lengths)
        || !entry.fields().slices().isEmpty()) {
      throw entry.malformed("type or shape is not that of the slice");
    }
    return new Part(box, entry);
  }

  /** Checks that every element is in exactly one slice. */
  private static void checkCover(Entry whole, List<Part> parts) {
    long missing = whole.elements(whole.shape(), 1);
    for (int i = 0; i < parts.size(); i++) {
      Box box = parts.get(i).box;
      missing -= box.elements();
      for (int j = 0; j < i; j++) {
        if (box.overlaps(parts.get(j).box)) {
          throw whole.malformed("slices " + parts.get(j).box + " and " + box + " overlap");
        }
      }
    }
    if (missing != 0) {
      throw whole.malformed("the slices leave out " + missing + " elements");
    }
  }

  private static Data numbers(TensorReader reader, Entry whole, List<Part> parts) {
    int width = whole.dtype().bytes();
    parts.forEach(part -> reader.bytes(part.entry)); // so that all files count as present
    MemorySegment bytes =
        reader.shards().allocate(whole.place(), whole.elements(whole.shape(), width));
    for (Part part : parts) {
      if (reader.data(part.entry) instanceof Data.Raw raw) {
        part.box.forEachRun(
            whole.shape().dims(),
            (from, to, length) ->
                MemorySegment.copy(raw.bytes(), from * width, bytes, to * width, length * width));
      }
    }
    return new Data.Raw(bytes.asReadOnly());
  }

  private static Data strings(TensorReader reader, Entry whole, List<Part> parts) {
    List<List<byte[]>> slices = new ArrayList<>();
    for (Part part : parts) {
      slices.add(reader.data(part.entry) instanceof Data.Strings text ? text.values() : List.of());
    }
    byte[][] all = new byte[StringTensor.count(whole.place(), whole.shape().elements())][];
    for (int i = 0; i < parts.size(); i++) {
      List<byte[]> values = slices.get(i);
      parts
          .get(i)
          .box
          .forEachRun(
              whole.shape().dims(),
              (from, to, length) -> {
                for (int k = 0; k < length; k++) {
                  all[(int) to + k] = values.get((int) from + k);
                }
              });
    }
    return new Data.Strings(List.of(all));
  }
}
