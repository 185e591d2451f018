package org.signet.source.stablehlo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of names: strings, dialects and ops.
 *
 * @param ops names with their dialects: {@code vhlo.add_v1}
 */
record BytecodeNames(List<String> strings, List<String> dialects, List<String> ops) {
  /** From this version on a dialect may state its own. */
  private static final int WITH_VERSIONS = 1;

  private static final int WITH_OP_COUNT = 4;
  private static final int WITH_REGISTERED = 5;

  static BytecodeNames read(BytecodeSections sections) {
    List<String> strings = strings(sections.get(BytecodeSections.Id.STRINGS));
    BytecodeCursor cursor = sections.get(BytecodeSections.Id.DIALECTS);
    int version = sections.version();
    List<String> dialects = new ArrayList<>();
    int count = cursor.readCount();
    for (int i = 0; i < count; i++) {
      long name = cursor.readVarint();
      boolean versioned = version >= WITH_VERSIONS && (name & 1) == 1;
      long index = version >= WITH_VERSIONS ? name >>> 1 : name;
      dialects.add(strings.get(cursor.index(index, strings.size(), "string")));
      if (versioned) {
        BytecodeSections.section(cursor);
      }
    }
    if (version >= WITH_OP_COUNT) {
      cursor.readVarint();
    }
    List<String> ops = new ArrayList<>();
    while (!cursor.isAtEnd()) {
      String dialect = dialects.get(cursor.readIndex(dialects.size(), "dialect"));
      int named = cursor.readCount();
      for (int i = 0; i < named; i++) {
        long name = cursor.readVarint();
        long index = version >= WITH_REGISTERED ? name >>> 1 : name;
        ops.add(dialect + "." + strings.get(cursor.index(index, strings.size(), "string")));
      }
    }
    return new BytecodeNames(strings, dialects, ops);
  }

  /** Lengths come first, that of the last string before all. */
  private static List<String> strings(BytecodeCursor cursor) {
    int count = cursor.readCount();
    long[] lengths = new long[count];
    for (int i = count - 1; i >= 0; i--) {
      lengths[i] = cursor.readVarint();
    }
    List<String> strings = new ArrayList<>();
    for (long length : lengths) {
      byte[] text = cursor.readPart(length).readRest();
      int end = text.length > 0 && text[text.length - 1] == 0 ? text.length - 1 : text.length;
      strings.add(new String(text, 0, end, StandardCharsets.UTF_8));
    }
    return strings;
  }
}
