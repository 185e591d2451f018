package org.signet.source.bundle;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The fields of a {@code BundleEntryProto} ({@code tensorflow/core/protobuf/tensor_bundle.proto}).
 * Read by hand: the generated classes take longer to load than a checkpoint takes to open.
 *
 * @param dtype the number of the element type; 0 if there is none
 * @param dims the sizes of the whole tensor
 * @param unknownRank whether there are no sizes
 * @param shard the number of the data file
 * @param offset where the tensor is in it, in bytes
 * @param size of the tensor in bytes
 * @param crc the masked checksum of its bytes
 * @param slices the slices it was saved in
 */
record EntryFields(
    int dtype,
    List<Long> dims,
    boolean unknownRank,
    int shard,
    long offset,
    long size,
    int crc,
    List<List<Extent>> slices) {

  /**
   * A slice in one dimension.
   *
   * @param start the first element
   * @param length how many; empty for all
   */
  record Extent(long start, OptionalLong length) {}

  /** A message's fields, one after the other; each is read or skipped. */
  @FunctionalInterface
  interface Field {
    /** Whether it has read the field. */
    boolean read(int number, CodedInputStream input) throws IOException;
  }

  static EntryFields parse(ByteBuffer bytes) throws IOException {
    Builder builder = new Builder();
    message(CodedInputStream.newInstance(bytes), builder::field);
    return new EntryFields(
        builder.dtype,
        builder.dims,
        builder.unknownRank,
        builder.shard,
        builder.offset,
        builder.size,
        builder.crc,
        builder.slices);
  }

  /** Reads all fields of a message. */
  static void message(CodedInputStream input, Field field) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (!field.read(WireFormat.getTagFieldNumber(tag), input)) {
        input.skipField(tag);
      }
    }
  }

  /** Reads a message within a message. */
  static boolean inner(CodedInputStream input, Field field) throws IOException {
    int limit = input.pushLimit(input.readRawVarint32());
    message(input, field);
    input.checkLastTagWas(0);
    input.popLimit(limit);
    return true;
  }

  /** Numbers of fields are those of the proto. */
  private static final class Builder {
    private final List<Long> dims = new ArrayList<>();
    private final List<List<Extent>> slices = new ArrayList<>();
    private boolean unknownRank;
    private int dtype;
    private int shard;
    private long offset;
    private long size;
    private int crc;

    boolean field(int number, CodedInputStream input) throws IOException {
      switch (number) {
        case 1 -> dtype = input.readEnum();
        case 2 -> inner(input, this::shape);
        case 3 -> shard = input.readInt32();
        case 4 -> offset = input.readInt64();
        case 5 -> size = input.readInt64();
        case 6 -> crc = input.readFixed32();
        case 7 -> {
          List<Extent> slice = new ArrayList<>();
          slices.add(slice);
          inner(input, (inner, in) -> inner == 1 && extent(slice, in));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean shape(int number, CodedInputStream input) throws IOException {
      if (number == 2) {
        long[] sizes = {0};
        inner(input, (inner, in) -> only(inner == 1, () -> sizes[0] = in.readInt64()));
        dims.add(sizes[0]);
        return true;
      }
      return only(number == 3, () -> unknownRank = input.readBool());
    }

    private static boolean extent(List<Extent> slice, CodedInputStream input) throws IOException {
      long[] start = {0};
      OptionalLong[] length = {OptionalLong.empty()};
      inner(
          input,
          (number, in) ->
              number == 1
                  ? only(true, () -> start[0] = in.readInt64())
                  : only(number == 2, () -> length[0] = OptionalLong.of(in.readInt64())));
      slice.add(new Extent(start[0], length[0]));
      return true;
    }

    /** Reading that may fail. */
    @FunctionalInterface
    private interface Reading {
      void read() throws IOException;
    }

    private static boolean only(boolean known, Reading reading) throws IOException {
      if (known) {
        reading.read();
      }
      return known;
    }
  }
}
