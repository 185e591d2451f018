package org.signet.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The fields of a {@code BundleEntryProto} ({@code tensorflow/core/protobuf/tensor_bundle.proto}).
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

  static EntryFields parse(Region message) throws IOException {
    Parser parser = new Parser();
    parser.entry(ProtoFields.of(message));
    return new EntryFields(
        parser.dtype,
        parser.dims,
        parser.unknownRank,
        parser.shard,
        parser.offset,
        parser.size,
        parser.crc,
        parser.slices);
  }

  /** Numbers of fields are those of the proto. */
  private static final class Parser {
    private final List<Long> dims = new ArrayList<>();
    private final List<List<Extent>> slices = new ArrayList<>();
    private boolean unknownRank;
    private int dtype;
    private int shard;
    private long offset;
    private long size;
    private int crc;

    void entry(ProtoFields fields) throws IOException {
      while (fields.next()) {
        if (fields.is(1, ProtoFields.VARINT)) {
          dtype = (int) fields.varint();
        } else if (fields.is(2, ProtoFields.MESSAGE)) {
          shape(fields.message());
        } else if (fields.is(3, ProtoFields.VARINT)) {
          shard = (int) fields.varint();
        } else if (fields.is(4, ProtoFields.VARINT)) {
          offset = fields.varint();
        } else if (fields.is(5, ProtoFields.VARINT)) {
          size = fields.varint();
        } else if (fields.is(6, ProtoFields.FIXED32)) {
          crc = fields.fixed32();
        } else if (fields.is(7, ProtoFields.MESSAGE)) {
          slices.add(slice(fields.message()));
        } else {
          fields.skip();
        }
      }
    }

    private void shape(ProtoFields fields) throws IOException {
      while (fields.next()) {
        if (fields.is(2, ProtoFields.MESSAGE)) {
          dims.add(dim(fields.message()));
        } else if (fields.is(3, ProtoFields.VARINT)) {
          unknownRank = fields.varint() != 0;
        } else {
          fields.skip();
        }
      }
    }

    private static long dim(ProtoFields fields) throws IOException {
      long dim = 0;
      while (fields.next()) {
        if (fields.is(1, ProtoFields.VARINT)) {
          dim = fields.varint();
        } else {
          fields.skip();
        }
      }
      return dim;
    }

    private static List<Extent> slice(ProtoFields fields) throws IOException {
      List<Extent> slice = new ArrayList<>();
      while (fields.next()) {
        if (fields.is(1, ProtoFields.MESSAGE)) {
          slice.add(extent(fields.message()));
        } else {
          fields.skip();
        }
      }
      return slice;
    }

    private static Extent extent(ProtoFields fields) throws IOException {
      long start = 0;
      OptionalLong length = OptionalLong.empty();
      while (fields.next()) {
        if (fields.is(1, ProtoFields.VARINT)) {
          start = fields.varint();
        } else if (fields.is(2, ProtoFields.VARINT)) {
          length = OptionalLong.of(fields.varint());
        } else {
          fields.skip();
        }
      }
      return new Extent(start, length);
    }
  }
}
