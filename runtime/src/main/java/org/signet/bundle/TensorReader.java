package org.signet.bundle;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.bundle.BundleTensor.Data;
import org.signet.bundle.SortedTable.Row;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.DataType;

/**
 * Reads one tensor by its entry in the index. Safe for use by many threads.
 *
 * @param table the index
 * @param header what the bundle says of itself
 * @param shards the data
 */
record TensorReader(SortedTable table, Header header, Shards shards) implements CheckpointTensors {
  /** TensorFlow's own limit. */
  private static final int HIGHEST_RANK = 254;

  /** To check fewer bytes takes no time. */
  private static final long LARGE = 1 << 16;

  /** An entry of the index and where it is. */
  record Entry(String key, Region place, EntryFields fields) {

    SignetException malformed(String why) {
      return place.malformed(0, "tensor " + Region.quote(key) + ": " + why);
    }

    DType dtype() {
      if (fields.dtype() == 0) {
        throw malformed("it has no type");
      }
      Optional<DType> type = DType.ofTfNumber(fields.dtype());
      if (type.isEmpty() || (type.get().bytes() <= 0 && type.get() != DType.STRING)) {
        throw SignetException.of(
            Code.UNSUPPORTED_SOURCE,
            "tensor %s of checkpoint index %s has type %s, which Signet does not read"
                .formatted(Region.quote(key), place.label(), typeName()));
      }
      return type.get();
    }

    Shape shape() {
      if (fields.unknownRank()) {
        throw malformed("its rank is unknown");
      }
      if (fields.dims().size() > HIGHEST_RANK) {
        throw malformed("it has " + fields.dims().size() + " dimensions");
      }
      int[] dims = new int[fields.dims().size()];
      for (int i = 0; i < dims.length; i++) {
        long size = fields.dims().get(i);
        if (size < 0 || size > Integer.MAX_VALUE) {
          throw malformed("dimension " + i + " has size " + size);
        }
        dims[i] = (int) size;
      }
      return Shape.of(dims);
    }

    /** The number of elements, times a number of bytes. */
    long elements(Shape shape, int bytes) {
      try {
        return Math.multiplyExact(shape.elements(), bytes);
      } catch (ArithmeticException e) {
        throw Failures.withCause(malformed("shape " + shape + " is too large"), e);
      }
    }

    private String typeName() {
      DataType type = DataType.forNumber(fields.dtype());
      return (type == null ? "UNRECOGNIZED" : type) + " (" + fields.dtype() + ")";
    }
  }

  /**
   * The keys but the header's, which is empty, and those of slices, which begin with a zero byte.
   */
  @Override
  public Set<String> names() {
    List<String> names = new ArrayList<>(table.rows().size());
    for (Row row : table.rows()) {
      byte[] key = row.key();
      if (key.length > 0 && key[0] != 0) {
        names.add(name(row));
      }
    }
    Collections.sort(names); // nearly is: UTF-16 differs from UTF-8 at its end only
    return new LinkedHashSet<>(names);
  }

  private static String name(Row row) {
    String name = new String(row.key(), StandardCharsets.UTF_8);
    // What is no UTF-8 becomes this character, which a name might have all the same.
    if (name.indexOf('\ufffd') >= 0
        && !Arrays.equals(name.getBytes(StandardCharsets.UTF_8), row.key())) {
      throw row.value().malformed(0, "a tensor's name is not UTF-8");
    }
    return name;
  }

  @Override
  public Optional<BundleTensor> slice(String key, SliceSpec slice) {
    return SlicedTensor.find(this, entry(key), slice);
  }

  @Override
  public List<SliceSpec> slices(String key) {
    return SlicedTensor.specs(entry(key));
  }

  @Override
  public int fileCount() {
    return header.shards();
  }

  @Override
  public long fileBytes() {
    return shards.bytes();
  }

  /** What the index says of the tensor of this name, which must be in it. */
  @Override
  public BundleEntry describe(String key) {
    Entry entry = entry(key);
    EntryFields fields = entry.fields;
    boolean sliced = !fields.slices().isEmpty();
    return new BundleEntry(
        key,
        entry.dtype(),
        entry.shape(),
        sliced ? SlicedTensor.slices(entry).stream().map(Box::toString).toList() : List.of(),
        sliced ? -1 : fields.shard(),
        sliced ? 0 : fields.size());
  }

  /** The entry of the tensor of this name, which must be in the index. */
  Entry entry(String key) {
    Optional<Region> place = table.find(key.getBytes(StandardCharsets.UTF_8));
    if (place.isEmpty()) {
      throw new IllegalArgumentException("no tensor " + key);
    }
    return entry(key, place.get());
  }

  /** The whole tensor of this name, which must be in the index. */
  @Override
  public BundleTensor apply(String key) {
    Entry entry = entry(key);
    return !entry.fields.slices().isEmpty()
        ? SlicedTensor.read(this, entry)
        : new BundleTensor(entry.dtype(), entry.shape(), data(entry));
  }

  Entry entry(String key, Region place) {
    try {
      return new Entry(key, place, EntryFields.parse(place));
    } catch (IOException e) {
      throw Failures.withCause(
          place.malformed(0, "the entry of tensor " + Region.quote(key) + " is not valid"), e);
    }
  }

  /** The bytes of an entry that has bytes of its own. */
  Region bytes(Entry entry) {
    EntryFields fields = entry.fields;
    return shards.slice(entry.place, entry.key, fields.shard(), fields.offset(), fields.size());
  }

  /** The checked elements of an entry that has bytes of its own. */
  Data data(Entry entry) {
    DType dtype = entry.dtype();
    Region stored = bytes(entry);
    if (dtype == DType.STRING) {
      long count = entry.elements(entry.shape(), 1);
      shards.countCopy(entry.place, stored.size());
      return new Data.Strings(StringTensor.read(stored, count, entry.fields.crc(), header.order()));
    }
    requireSize(entry, stored);
    stored.verify(Crc32c.masked(stored.bytes()), entry.fields.crc());
    stored.unload();
    int width = dtype.isComplex() ? dtype.bytes() / 2 : dtype.bytes();
    if (header.order() == ByteOrder.LITTLE_ENDIAN || width == 1) {
      return new Data.Raw(stored.bytes());
    }
    MemorySegment swapped = shards.allocate(entry.place, stored.size());
    ByteSwap.copy(stored.bytes(), swapped, width);
    return new Data.Raw(swapped.asReadOnly());
  }

  private static void requireSize(Entry entry, Region stored) {
    long expected = entry.elements(entry.shape(), entry.dtype().bytes());
    if (stored.size() != expected) {
      throw entry.malformed(
          "%d bytes are stored for %s%s, which takes %d"
              .formatted(stored.size(), entry.dtype(), entry.shape(), expected));
    }
  }

  /**
   * The tensor of this name, which must be in the index, before its bytes are checked; empty unless
   * they are many, and those of the file.
   */
  @Override
  public Optional<BundleTensor> unchecked(String key) {
    Entry entry = entry(key);
    boolean inFile =
        entry.fields.slices().isEmpty()
            && entry.dtype() != DType.STRING
            && header.order() == ByteOrder.LITTLE_ENDIAN;
    if (!inFile || entry.fields.size() < LARGE) {
      return Optional.empty();
    }
    Region stored = bytes(entry);
    requireSize(entry, stored);
    return Optional.of(
        new BundleTensor(entry.dtype(), entry.shape(), new Data.Raw(stored.bytes())));
  }
}
