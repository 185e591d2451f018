package org.signet.source.stablehlo;

import java.util.EnumMap;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The sections of a module's bytes.
 *
 * @param version the version of the encoding
 * @param producer who wrote it: {@code StableHLO_v1.9.5}
 */
record BytecodeSections(int version, String producer, Map<Id, BytecodeCursor> sections) {
  private static final byte[] MAGIC = {'M', 'L', (byte) 0xEF, 'R'};

  /** The newest encoding: attributes of ops may stand apart, as properties. */
  private static final int NEWEST = 6;

  private static final int ALIGNED = 0x80;

  /** Sections by their number. */
  enum Id {
    STRINGS,
    DIALECTS,
    ELEMENTS,
    ELEMENT_OFFSETS,
    IR,
    RESOURCES,
    RESOURCE_OFFSETS,
    DIALECT_VERSIONS,
    PROPERTIES
  }

  /**
   * Finds the sections.
   *
   * @throws SignetException MALFORMED_STABLEHLO, UNSUPPORTED_SOURCE
   */
  static BytecodeSections read(byte[] bytes) {
    BytecodeCursor cursor = new BytecodeCursor(bytes, 0, bytes.length);
    for (byte expected : MAGIC) {
      if ((byte) cursor.readByte() != expected) {
        throw cursor.malformed("it does not begin as MLIR bytecode does");
      }
    }
    long version = cursor.readVarint();
    if (version < 0 || version > NEWEST) {
      throw SignetException.of(
          Code.UNSUPPORTED_SOURCE,
          "a StableHLO module is MLIR bytecode of version "
              + version
              + "; known are 0 to "
              + NEWEST,
          "export the model for an older version of StableHLO");
    }
    String producer = cursor.readText();
    Map<Id, BytecodeCursor> sections = new EnumMap<>(Id.class);
    while (!cursor.isAtEnd()) {
      Section section = section(cursor);
      if (sections.put(section.id(), section.content()) != null) {
        throw cursor.malformed("a second section " + section.id());
      }
    }
    return new BytecodeSections((int) version, producer, sections);
  }

  /** A section: what it is and its bytes. */
  record Section(Id id, BytecodeCursor content) {}

  static Section section(BytecodeCursor cursor) {
    int first = cursor.readByte();
    Id id = Id.values()[cursor.index(first & ~ALIGNED, Id.values().length, "kind of section")];
    long length = cursor.readVarint();
    if ((first & ALIGNED) != 0) {
      cursor.skipPadding(cursor.readVarint());
    }
    return new Section(id, cursor.readPart(length));
  }

  boolean has(Id id) {
    return sections.containsKey(id);
  }

  /**
   * A section that has to be there.
   *
   * @throws SignetException MALFORMED_STABLEHLO
   */
  BytecodeCursor get(Id id) {
    BytecodeCursor section = sections.get(id);
    if (section == null) {
      throw new BytecodeCursor(new byte[0], 0, 0).malformed("there is no section " + id);
    }
    return section;
  }
}
