package org.signet.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpKey;
import org.signet.op.RandomStream;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.BuiltinOp;
import org.signet.schema.catalog.OptionsCatalog;
import org.signet.schema.catalog.OptionsCodec;
import org.signet.schema.catalog.OptionsTable;
import org.signet.type.Quantization;

/** Reads operator codes and operators. */
final class OperatorReader {
  private static final int CUSTOM = 32;

  /** Bytes that a value of an options table takes in memory, at most, for each element. */
  private static final int BYTES_PER_VALUE = 8;

  /**
   * An operator code of the file.
   *
   * @param key its op
   * @param builtin what is known of a builtin; empty for custom ops and for builtins newer than the
   *     catalog
   * @param version the version of the op
   */
  private record OpCode(OpKey key, Optional<BuiltinOp> builtin, int version) {}

  private final List<OpCode> codes;

  OperatorReader(List<FlatTable> operatorCodes) {
    codes = operatorCodes.stream().map(OperatorReader::code).toList();
  }

  private static OpCode code(FlatTable table) {
    // Codes above 127 do not fit the old field, which then holds 127.
    int code = Math.max(table.int8(4), table.int32(10, 0));
    int version = table.int32(8, 1);
    if (code == CUSTOM) {
      return new OpCode(CustomOptions.key(table.string(6)), Optional.empty(), version);
    }
    if (code < 0) {
      throw FlatFile.malformed(table.what(), table.position(), "has the negative code " + code);
    }
    Optional<BuiltinOp> builtin = BuiltinCatalog.standard().byCode(code);
    String name = builtin.map(BuiltinOp::name).orElse("BUILTIN_" + code);
    return new OpCode(OpKey.builtin(name), builtin, version);
  }

  /** Reads an operator on these tensors. */
  ModelOperator read(FlatTable table, List<ModelTensor> tensors) {
    long index = table.uint32(4);
    if (index >= codes.size()) {
      throw FlatFile.malformed(
          table.what(), table.position(), "has the operator code " + index + " of " + codes.size());
    }
    OpCode code = codes.get((int) index);
    Attributes attributes;
    try {
      attributes = code.key().isBuiltin() ? options(table, code) : customOptions(table, code);
    } catch (IllegalArgumentException | SignetException e) {
      throw SignetException.of(
          Code.MALFORMED_MODEL,
          table.what() + ", a " + code.key() + ", has unreadable options: " + e.getMessage());
    }
    return new ModelOperator(
        code.key(),
        withIntermediates(
            RandomStream.placed(code.key(), attributes, table.what()), table, tensors),
        table.ints(6),
        table.ints(8),
        code.version());
  }

  /** Tensors that are neither operands nor results tell scales alone. */
  private static Attributes withIntermediates(
      Attributes attributes, FlatTable table, List<ModelTensor> tensors) {
    List<Float> scales = new ArrayList<>();
    List<Long> zeroPoints = new ArrayList<>();
    for (int tensor : table.ints(20)) {
      if (tensor < 0 || tensor >= tensors.size()) {
        throw FlatFile.malformed(
            table.what(), table.position(), "has the tensor " + tensor + " of " + tensors.size());
      }
      Quantization quantization = tensors.get(tensor).type().quantization();
      scales.add(quantization.isQuantized() ? quantization.scales().getFirst() : 0f);
      zeroPoints.add(quantization.isQuantized() ? quantization.zeroPoints().getFirst() : 0L);
    }
    return scales.isEmpty()
        ? attributes
        : attributes
            .with(OpCall.INTERMEDIATE_SCALES, scales)
            .with(OpCall.INTERMEDIATE_ZERO_POINTS, zeroPoints);
  }

  private static Attributes customOptions(FlatTable table, OpCode code) {
    if (table.int64(22) != 0) {
      throw new IllegalArgumentException("options outside the flatbuffer are not supported");
    }
    return CustomOptions.attributes(code.key(), table.bytes(14));
  }

  private static Attributes options(FlatTable table, OpCode code) {
    Optional<OptionsTable> expected = code.builtin().flatMap(BuiltinOp::options);
    Optional<OptionsTable> found =
        optionsTable(table, 1, 10, 12).or(() -> optionsTable(table, 2, 26, 28));
    if (found.isEmpty() || code.builtin().isEmpty()) {
      return attributes(expected.map(OptionsTable::defaults).orElse(Map.of()));
    }
    OptionsTable layout = found.get();
    if (!expected.map(OptionsTable::name).equals(Optional.of(layout.name()))) {
      throw new IllegalArgumentException("they are " + layout.name());
    }
    FlatTable options = table.table(layout.union() == 1 ? 12 : 28, layout.name()).orElseThrow();
    Map<String, Object> values =
        OptionsCodec.read(table.file().bytes(), options.position(), layout);
    table.file().countBytes(size(values), options.position());
    return attributes(values);
  }

  /** The layout of a union's member, if both its type and its value are there. */
  private static Optional<OptionsTable> optionsTable(
      FlatTable table, int union, int typeField, int valueField) {
    int type = table.int8(typeField) & 0xFF;
    if (type == 0 || !table.has(valueField)) {
      return Optional.empty();
    }
    return Optional.of(
        OptionsCatalog.standard()
            .find(union, type)
            .orElseThrow(
                () -> new IllegalArgumentException("they are of the unknown type " + type)));
  }

  private static long size(Map<String, Object> values) {
    long size = 0;
    for (Object value : values.values()) {
      // No switch over types, which takes milliseconds to link in a JVM that has just begun.
      if (value instanceof List<?> list) {
        size += (long) BYTES_PER_VALUE * list.size();
      } else if (value instanceof String text) {
        size += text.length();
      } else if (value instanceof ByteBuffer bytes) {
        size += bytes.remaining();
      }
    }
    return size;
  }

  private static Attributes attributes(Map<String, Object> values) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    values.forEach((name, value) ->
        attributes.put(name, value instanceof ByteBuffer bytes ? copy(bytes) : value));
    return Attributes.of(attributes);
  }

  private static Attributes.Bytes copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return new Attributes.Bytes(bytes);
  }
}
