package org.signet.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a flatbuffer. Creating it checks its vtable; each getter checks what it reads. Fields
 * are named by their place in the vtable (4, 6, 8 …), as in generated code. Every getter throws
 * {@code SignetException} MALFORMED_MODEL if an offset leads outside the file.
 */
final class FlatTable {
  private final FlatFile file;
  private final int position;
  private final int vtable;
  private final int vtableSize;
  private final int size;
  private final String what;

  /**
   * @param position where it starts
   * @param what its name in messages
   */
  FlatTable(FlatFile file, long position, String what) {
    file.check(position, 4, what);
    file.countTable(position);
    long start = position - file.int32(position);
    file.check(start, 4, "the vtable of " + what);
    this.file = file;
    this.position = (int) position;
    this.vtable = (int) start;
    this.vtableSize = file.uint16(start);
    this.size = file.uint16(start + 2);
    this.what = what;
    file.check(start, vtableSize, "the vtable of " + what);
    file.check(position, size, what);
    if (vtableSize < 4 || vtableSize % 2 != 0 || size < 4) {
      throw FlatFile.malformed("the vtable of " + what, start, "has impossible sizes");
    }
  }

  int position() {
    return position;
  }

  /** Its name in messages. */
  String what() {
    return what;
  }

  FlatFile file() {
    return file;
  }

  /** Where the field lies, 0 if it is absent. */
  private int field(int offset, int width) {
    int within = offset + 2 <= vtableSize ? file.uint16(vtable + offset) : 0;
    if (within != 0 && (within < 4 || within + width > size)) {
      throw FlatFile.malformed(what, position, "has a field outside of itself");
    }
    return within == 0 ? 0 : position + within;
  }

  boolean has(int offset) {
    return field(offset, 1) != 0;
  }

  boolean bool(int offset) {
    int at = field(offset, 1);
    return at != 0 && file.int8(at) != 0;
  }

  int int8(int offset) {
    int at = field(offset, 1);
    return at == 0 ? 0 : file.int8(at);
  }

  int int32(int offset, int absent) {
    int at = field(offset, 4);
    return at == 0 ? absent : file.int32(at);
  }

  /** An unsigned 32-bit number, 0 if absent. */
  long uint32(int offset) {
    return Integer.toUnsignedLong(int32(offset, 0));
  }

  /** A 64-bit number, 0 if absent; unsigned ones above 2^63 come out negative. */
  long int64(int offset) {
    int at = field(offset, 8);
    return at == 0 ? 0 : file.int64(at);
  }

  Optional<FlatTable> table(int offset, String name) {
    int at = field(offset, 4);
    return at == 0
        ? Optional.empty()
        : Optional.of(new FlatTable(file, at + file.unsigned(at), name));
  }

  /** The tables of a vector, named {@code name 0}, {@code name 1} …; none if it is absent. */
  List<FlatTable> tables(int offset, String name) {
    Vector vector = vector(offset, 4);
    List<FlatTable> tables = new ArrayList<>();
    for (int i = 0; i < vector.length(); i++) {
      long at = vector.start() + 4L * i;
      tables.add(new FlatTable(file, at + file.unsigned(at), name + ' ' + i));
    }
    return tables;
  }

  /**
   * A vector of scalars or offsets.
   *
   * @param start where its first element lies
   * @param length how many elements it has
   */
  record Vector(int start, int length) {}

  /**
   * A vector of elements of {@code width} bytes, all within the file; an absent one has length 0.
   */
  Vector vector(int offset, int width) {
    int at = field(offset, 4);
    if (at == 0) {
      return new Vector(0, 0);
    }
    long vector = at + file.unsigned(at);
    file.check(vector, 4, "a vector of " + what);
    long length = file.unsigned(vector);
    file.check(vector + 4, length * width, "a vector of " + what);
    return new Vector((int) vector + 4, (int) length);
  }

  private Vector counted(int offset, int width) {
    Vector vector = vector(offset, width);
    file.countBytes((long) vector.length() * width, vector.start());
    return vector;
  }

  int[] ints(int offset) {
    Vector vector = counted(offset, 4);
    int[] values = new int[vector.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = file.int32(vector.start() + 4L * i);
    }
    return values;
  }

  int[] unsignedShorts(int offset) {
    Vector vector = counted(offset, 2);
    int[] values = new int[vector.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = file.uint16(vector.start() + 2 * i);
    }
    return values;
  }

  List<Long> longs(int offset) {
    Vector vector = counted(offset, 8);
    List<Long> values = new ArrayList<>(vector.length());
    for (int i = 0; i < vector.length(); i++) {
      values.add(file.int64(vector.start() + 8L * i));
    }
    return values;
  }

  List<Float> floats(int offset) {
    Vector vector = counted(offset, 4);
    List<Float> values = new ArrayList<>(vector.length());
    for (int i = 0; i < vector.length(); i++) {
      values.add(Float.intBitsToFloat(file.int32(vector.start() + 4L * i)));
    }
    return values;
  }

  byte[] bytes(int offset) {
    Vector vector = counted(offset, 1);
    byte[] values = new byte[vector.length()];
    file.bytes().get(vector.start(), values);
    return values;
  }

  /** A string, empty if absent. */
  String string(int offset) {
    return new String(bytes(offset), StandardCharsets.UTF_8);
  }
}
