package org.signet.source.stablehlo;

import java.util.List;
import java.util.stream.Collectors;

/** Attributes of MLIR's own dialect: the dictionaries of ops, and where they come from. */
final class BuiltinAttributes {
  /** Longer places say no more. */
  private static final int LONGEST_PLACE = 300;

  private BuiltinAttributes() {}

  static HloAttribute read(BytecodeCursor cursor, BytecodeElements elements) {
    long code = cursor.readVarint();
    return switch (Math.clamp(code, -1, Integer.MAX_VALUE)) {
      case 0 -> new HloAttribute.Array(elements.attributes(cursor));
      case 1 -> new HloAttribute.Dictionary(elements.dictionary(cursor));
      case 2, 3 -> new HloAttribute.Text(elements.string(cursor));
      case 4 -> new HloAttribute.Text(elements.text(cursor));
      case 6 -> new HloAttribute.Typed(elements.type(cursor));
      case 7 -> new HloAttribute.Unit();
      case 10 -> place(place(elements, cursor) + " called at " + place(elements, cursor));
      case 11 -> {
        String file = elements.text(cursor);
        yield place(file + ":" + cursor.readVarint() + ":" + cursor.readVarint());
      }
      case 12 -> place(places(elements, cursor));
      case 13 -> {
        String joined = places(elements, cursor);
        elements.attribute(cursor);
        yield place(joined);
      }
      case 14 -> {
        String name = elements.text(cursor);
        String where = place(elements, cursor);
        yield place(where.isEmpty() ? name : name + " (" + where + ")");
      }
      case 15 -> place("");
      default -> new HloAttribute.Opaque("builtin attribute " + code);
    };
  }

  private static String places(BytecodeElements elements, BytecodeCursor cursor) {
    List<HloAttribute> places = elements.attributes(cursor);
    return places.stream()
        .map(BuiltinAttributes::words)
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String place(BytecodeElements elements, BytecodeCursor cursor) {
    return words(elements.attribute(cursor));
  }

  private static String words(HloAttribute place) {
    return place instanceof HloAttribute.Location(String text) ? text : "";
  }

  private static HloAttribute place(String text) {
    return new HloAttribute.Location(
        text.length() <= LONGEST_PLACE ? text : text.substring(0, LONGEST_PLACE) + "…");
  }
}
