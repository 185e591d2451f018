package org.signet.source.stablehlo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of attributes and types, each decoded when something refers to it. */
final class BytecodeElements {
  /** Attributes within attributes beyond this depth are no program's. */
  private static final int DEEPEST = 64;

  private final BytecodeNames names;
  private final List<Element> attributes = new ArrayList<>();
  private final List<Element> types = new ArrayList<>();
  private final Map<Integer, HloAttribute> knownAttributes = new HashMap<>();
  private final Map<Integer, HloType> knownTypes = new HashMap<>();
  private int depth;

  /**
   * What is known of an element before it is decoded.
   *
   * @param coded whether the dialect encodes it, rather than MLIR's text
   */
  private record Element(String dialect, boolean coded, BytecodeCursor content) {}

  BytecodeElements(BytecodeSections sections, BytecodeNames names) {
    this.names = names;
    BytecodeCursor offsets = sections.get(BytecodeSections.Id.ELEMENT_OFFSETS);
    BytecodeCursor content = sections.get(BytecodeSections.Id.ELEMENTS);
    int attributeCount = offsets.readCount();
    int typeCount = offsets.readCount();
    readGroups(offsets, content, attributeCount, attributes);
    readGroups(offsets, content, typeCount, types);
  }

  private void readGroups(
      BytecodeCursor offsets, BytecodeCursor content, int count, List<Element> elements) {
    while (elements.size() < count) {
      String dialect = names.dialects().get(offsets.readIndex(names.dialects().size(), "dialect"));
      int size = offsets.readCount();
      if (size == 0 || size > count - elements.size()) {
        throw offsets.malformed("a group of " + size + " attributes or types");
      }
      for (int i = 0; i < size; i++) {
        long length = offsets.readVarint();
        elements.add(new Element(dialect, (length & 1) == 1, content.readPart(length >>> 1)));
      }
    }
  }

  /** The attribute whose index stands next. */
  HloAttribute attribute(BytecodeCursor cursor) {
    return attribute(cursor.readIndex(attributes.size(), "attribute"), cursor);
  }

  private HloAttribute attribute(int index, BytecodeCursor user) {
    HloAttribute known = knownAttributes.get(index);
    if (known == null) {
      enter(user);
      known = decodeAttribute(attributes.get(index));
      depth--;
      knownAttributes.put(index, known);
    }
    return known;
  }

  private HloAttribute decodeAttribute(Element element) {
    BytecodeCursor content = element.content();
    if (!element.coded()) {
      return new HloAttribute.Opaque(content.readText());
    }
    return switch (element.dialect()) {
      case "vhlo" -> VhloAttributes.read(content, this);
      case "builtin" -> BuiltinAttributes.read(content, this);
      default -> new HloAttribute.Opaque(element.dialect());
    };
  }

  List<HloAttribute> attributes(BytecodeCursor cursor) {
    int count = cursor.readCount();
    List<HloAttribute> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(attribute(cursor));
    }
    return read;
  }

  /** Attributes by name; the names are attributes, too. */
  Map<String, HloAttribute> dictionary(BytecodeCursor cursor) {
    int count = cursor.readCount();
    Map<String, HloAttribute> read = new HashMap<>();
    for (int i = 0; i < count; i++) {
      read.put(text(cursor), attribute(cursor));
    }
    return read;
  }

  /** An attribute that is text. */
  String text(BytecodeCursor cursor) {
    if (attribute(cursor) instanceof HloAttribute.Text(String value)) {
      return value;
    }
    throw cursor.malformed("a name that is no text");
  }

  /** The type whose index stands next. */
  HloType type(BytecodeCursor cursor) {
    return type(cursor.readIndex(types.size(), "type"), cursor);
  }

  private HloType type(int index, BytecodeCursor user) {
    HloType known = knownTypes.get(index);
    if (known == null) {
      enter(user);
      known = decodeType(types.get(index));
      depth--;
      knownTypes.put(index, known);
    }
    return known;
  }

  /** The type with this index. */
  HloType typeAt(long index, BytecodeCursor user) {
    return type(user.index(index, types.size(), "type"), user);
  }

  private HloType decodeType(Element element) {
    if (!element.coded()) {
      return new HloType.Other(element.content().readText());
    }
    return element.dialect().equals("vhlo")
        ? VhloTypes.read(element.content(), this)
        : new HloType.Other("a type of " + element.dialect());
  }

  List<HloType> types(BytecodeCursor cursor) {
    int count = cursor.readCount();
    List<HloType> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(type(cursor));
    }
    return read;
  }

  /** The string whose index stands next. */
  String string(BytecodeCursor cursor) {
    return names.strings().get(cursor.readIndex(names.strings().size(), "string"));
  }

  private void enter(BytecodeCursor user) {
    if (++depth > DEEPEST) {
      throw user.malformed("attributes or types that lead too deep");
    }
  }
}
