package org.signet.source.stablehlo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;

/** Reads a serialized module: a "portable artifact" of StableHLO. */
public final class StableHloReader {
  private static final int WITH_REGION_SECTIONS = 2;
  private static final int WITH_USE_ORDERS = 3;
  private static final int WITH_SHORT_ARGUMENTS = 4;
  private static final int DEEPEST_REGION = 64;

  private static final int HAS_ATTRIBUTES = 1;
  private static final int HAS_RESULTS = 2;
  private static final int HAS_OPERANDS = 4;
  private static final int HAS_SUCCESSORS = 8;
  private static final int HAS_REGIONS = 16;
  private static final int HAS_USE_ORDERS = 32;
  private static final int HAS_PROPERTIES = 64;

  private final int version;
  private final BytecodeNames names;
  private final BytecodeElements elements;
  private final List<BytecodeCursor> properties;
  private final VhloOps ops = new VhloOps();
  private int nextValue;
  private int depth;

  private StableHloReader(BytecodeSections sections) {
    this.version = sections.version();
    this.names = BytecodeNames.read(sections);
    this.elements = new BytecodeElements(sections, names);
    this.properties =
        sections.has(BytecodeSections.Id.PROPERTIES) ? properties(sections) : List.of();
  }

  /**
   * The module of these bytes.
   *
   * @throws SignetException MALFORMED_STABLEHLO with the place, UNSUPPORTED_SOURCE if the encoding
   *     is newer than the known ones
   */
  public static HloModule read(byte[] bytes) {
    return Malformed.guard(
        Code.MALFORMED_STABLEHLO,
        "a StableHLO module",
        Origin.NONE,
        () -> {
          BytecodeSections sections = BytecodeSections.read(bytes);
          BytecodeCursor ir = sections.get(BytecodeSections.Id.IR);
          return new StableHloReader(sections).module(ir);
        });
  }

  private HloModule module(BytecodeCursor cursor) {
    Map<String, HloFunction> functions = new HashMap<>();
    for (HloOp module : block(cursor, new Values()).ops()) {
      for (HloRegion region : module.regions()) {
        for (HloOp op : region.ops()) {
          if (op.name().equals("func")) {
            String name = op.text("sym_name");
            functions.put(name, new HloFunction(name, op.regions().getFirst()));
          }
        }
      }
    }
    if (!functions.containsKey(HloModule.MAIN)) {
      throw cursor.malformed("the module has no function main");
    }
    return new HloModule(functions);
  }

  /**
   * The values that ops see, numbered from the first region on that does not see those around it.
   */
  private static final class Values {
    final List<Optional<HloValue>> all = new ArrayList<>();
    int next;
  }

  private HloRegion region(BytecodeCursor cursor, Values values) {
    if (++depth > DEEPEST_REGION) {
      throw cursor.malformed("regions that lead too deep");
    }
    int blocks = cursor.readCount();
    if (blocks != 1) {
      throw cursor.malformed("a region of " + blocks + " blocks");
    }
    int own = cursor.readCount();
    int around = values.next;
    int first = values.all.size();
    for (int i = 0; i < own; i++) {
      values.all.add(Optional.empty());
    }
    values.next = first;
    HloRegion region = block(cursor, values);
    values.all.subList(first, values.all.size()).clear();
    values.next = around;
    depth--;
    return region;
  }

  private HloRegion block(BytecodeCursor cursor, Values values) {
    long header = cursor.readVarint();
    List<HloValue> arguments = new ArrayList<>();
    if ((header & 1) == 1) {
      int count = cursor.readCount();
      for (int i = 0; i < count; i++) {
        arguments.add(define(argument(cursor), values, cursor));
      }
      if (version >= WITH_USE_ORDERS && cursor.readByte() != 0) {
        skipUseOrders(cursor, count);
      }
    }
    List<HloOp> ops = new ArrayList<>();
    for (long left = header >>> 1; left > 0; left--) {
      ops.add(op(cursor, values));
    }
    return new HloRegion(arguments, ops);
  }

  private HloType argument(BytecodeCursor cursor) {
    if (version < WITH_SHORT_ARGUMENTS) {
      HloType type = elements.type(cursor);
      elements.attribute(cursor);
      return type;
    }
    long type = cursor.readVarint();
    if ((type & 1) == 1) {
      elements.attribute(cursor);
    }
    return elements.typeAt(type >>> 1, cursor);
  }

  private HloValue define(HloType type, Values values, BytecodeCursor cursor) {
    HloValue value = new HloValue(nextValue++, type);
    int place = values.next++;
    if (place >= values.all.size()) {
      throw cursor.malformed("a region defines more values than it states");
    }
    values.all.set(place, Optional.of(value));
    return value;
  }

  private HloOp op(BytecodeCursor cursor, Values values) {
    String name = names.ops().get(cursor.readIndex(names.ops().size(), "op name"));
    int mask = cursor.readByte();
    String place =
        elements.attribute(cursor) instanceof HloAttribute.Location(String text) ? text : "";
    Map<String, HloAttribute> attributes = new HashMap<>();
    if ((mask & HAS_ATTRIBUTES) != 0) {
      if (!(elements.attribute(cursor) instanceof HloAttribute.Dictionary(var entries))) {
        throw cursor.malformed("attributes of an op that are no dictionary");
      }
      attributes.putAll(entries);
    }
    if ((mask & HAS_PROPERTIES) != 0) {
      attributes.putAll(properties(name, cursor));
    }
    List<HloValue> results = new ArrayList<>();
    if ((mask & HAS_RESULTS) != 0) {
      for (HloType type : elements.types(cursor)) {
        results.add(define(type, values, cursor));
      }
    }
    List<HloValue> operands =
        (mask & HAS_OPERANDS) != 0 ? operands(cursor, values) : List.<HloValue>of();
    if ((mask & HAS_SUCCESSORS) != 0) {
      throw cursor.malformed(name + " jumps to another block");
    }
    if ((mask & HAS_USE_ORDERS) != 0) {
      skipUseOrders(cursor, results.size());
    }
    List<HloRegion> regions =
        (mask & HAS_REGIONS) != 0 ? regions(cursor, values) : List.<HloRegion>of();
    return new HloOp(ops.plainName(name), attributes, operands, results, regions, place);
  }

  private static List<BytecodeCursor> properties(BytecodeSections sections) {
    BytecodeCursor cursor = sections.get(BytecodeSections.Id.PROPERTIES);
    int count = cursor.readCount();
    List<BytecodeCursor> properties = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      properties.add(cursor.readPart(cursor.readVarint()));
    }
    return properties;
  }

  /** An op's own attributes where they stand apart; ops of the same ones share them. */
  private Map<String, HloAttribute> properties(String op, BytecodeCursor cursor) {
    BytecodeCursor list =
        properties.get(cursor.readIndex(properties.size(), "set of properties")).again();
    Map<String, HloAttribute> read = new HashMap<>();
    ops.attributes(op)
        .ifPresent(named -> named.forEach(name -> read.put(name, elements.attribute(list))));
    return read;
  }

  private static List<HloValue> operands(BytecodeCursor cursor, Values values) {
    int count = cursor.readCount();
    List<HloValue> operands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<HloValue> value = values.all.get(cursor.readIndex(values.all.size(), "value"));
      operands.add(value.orElseThrow(() -> cursor.malformed("a value is used before it is made")));
    }
    return operands;
  }

  /** An op whose regions do not see what is around it keeps them in a section of its own. */
  private List<HloRegion> regions(BytecodeCursor cursor, Values values) {
    long header = cursor.readVarint();
    boolean isolated = (header & 1) == 1;
    BytecodeCursor content =
        isolated && version >= WITH_REGION_SECTIONS
            ? BytecodeSections.section(cursor).content()
            : cursor;
    List<HloRegion> regions = new ArrayList<>();
    for (long left = header >>> 1; left > 0; left--) {
      regions.add(region(content, isolated ? new Values() : values));
    }
    return regions;
  }

  /** In which order uses were listed in memory, which means nothing. */
  private static void skipUseOrders(BytecodeCursor cursor, int values) {
    long count = values > 1 ? cursor.readVarint() : 1;
    for (long i = 0; i < count; i++) {
      if (values > 1) {
        cursor.readVarint();
      }
      for (long left = cursor.readVarint() >>> 1; left > 0; left--) {
        cursor.readVarint();
      }
    }
  }
}
