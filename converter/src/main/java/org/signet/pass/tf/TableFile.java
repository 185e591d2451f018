package org.signet.pass.tf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A text file that fills a table, a line an entry. Key and value are each the whole line, the
 * line's number, or one of its columns, as TensorFlow's {@code InitializeTableFromTextFile} has it.
 */
final class TableFile {
  private static final int WHOLE_LINE = -2;
  private static final int LINE_NUMBER = -1;
  private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d+\\s*");
  private static final Pattern HEX = Pattern.compile("([+-]?)0[xX](\\p{XDigit}*\\.?\\p{XDigit}*)");

  private final String name;
  private final Origin origin;
  private final int keyColumn;
  private final int valueColumn;
  private final long size;
  private final byte delimiter;
  private final long offset;

  /**
   * @param attributes those of {@code InitializeTableFromTextFile}
   */
  TableFile(String name, Attributes attributes, Origin origin) {
    this.name = name;
    this.origin = origin;
    this.keyColumn = attributes.getInt("key_index");
    this.valueColumn = attributes.getInt("value_index");
    this.size = attributes.getLong("vocab_size", -1);
    this.offset = attributes.getLong("offset", 0);
    byte[] text = attributes.getString("delimiter", "\t").getBytes(StandardCharsets.UTF_8);
    if (text.length != 1) {
      throw malformed("the delimiter is no single character");
    }
    this.delimiter = text[0];
  }

  /**
   * The entries, in the order of the lines.
   *
   * @throws SignetException if a line is empty or lacks a column, a number does not parse, or there
   *     are fewer lines than the table is to have
   */
  TableEntries parse(byte[] content, DType keyType, DType valueType) {
    List<byte[]> lines = lines(content);
    if (size >= 0 && lines.size() < size) {
      throw malformed("it has " + lines.size() + " lines, not " + size);
    }
    int count = size >= 0 ? (int) size : lines.size();
    if (count == 0) {
      throw malformed("it has no lines");
    }
    Tensor keys = Tensor.zeros(keyType, count);
    Tensor values = Tensor.zeros(valueType, count);
    for (int i = 0; i < count; i++) {
      byte[] line = lines.get(i);
      if (line.length == 0) {
        throw malformed("line " + i + " is empty");
      }
      List<byte[]> columns =
          Math.max(keyColumn, valueColumn) < 0 ? List.of() : split(line, delimiter);
      set(keys, i, keyColumn, line, columns);
      set(values, i, valueColumn, line, columns);
    }
    return new TableEntries(keys, values);
  }

  /** The lines, without the one carriage return that may end each. */
  private static List<byte[]> lines(byte[] content) {
    List<byte[]> lines = split(content, (byte) '\n');
    if (lines.getLast().length == 0) {
      lines.removeLast();
    }
    lines.replaceAll(line ->
        line.length > 0 && line[line.length - 1] == '\r'
            ? Arrays.copyOf(line, line.length - 1)
            : line);
    return lines;
  }

  private static List<byte[]> split(byte[] text, byte at) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == at) {
        parts.add(Arrays.copyOfRange(text, start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  private void set(Tensor target, int i, int column, byte[] line, List<byte[]> columns) {
    if (column == LINE_NUMBER) {
      requireType(target.dtype() == DType.INT64, "a line number", target);
      target.setLong(i, i + offset);
      return;
    }
    if (column >= columns.size()) {
      throw malformed("line " + i + " has " + columns.size() + " columns, not " + (column + 1));
    }
    byte[] field = column == WHOLE_LINE ? line : columns.get(column);
    String text = new String(field, StandardCharsets.ISO_8859_1);
    try {
      switch (target.dtype()) {
        case STRING -> target.strings()[i] = field;
        case INT32 -> target.setLong(i, Math.toIntExact(integer(text)) + offset);
        case INT64 -> target.setLong(i, integer(text));
        case FLOAT32 -> target.floats()[i] = Float.parseFloat(real(text));
        case FLOAT64 -> target.setDouble(i, Double.parseDouble(real(text)));
        default -> requireType(false, "a column", target);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw malformed("'" + text + "' in line " + i + " is no " + target.dtype());
    }
  }

  private static long integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Long.parseLong(text.strip());
  }

  /** The text of a number as Java writes it. */
  private static String real(String text) {
    String number = text.strip();
    String sign = number.startsWith("-") ? "-" : "";
    String unsigned = number.replaceFirst("^[+-]", "").toLowerCase(java.util.Locale.ROOT);
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return sign + "Infinity";
    }
    if (unsigned.equals("nan")) {
      return "NaN";
    }
    if (HEX.matcher(number).matches()) {
      return number + "p0"; // Java wants an exponent
    }
    if (unsigned.endsWith("f") || unsigned.endsWith("d") || unsigned.contains("n")) {
      throw new NumberFormatException(text); // Java's own suffixes and names
    }
    return number;
  }

  private void requireType(boolean condition, String what, Tensor target) {
    if (!condition) {
      throw malformed(what + " does not fit " + target.dtype());
    }
  }

  private SignetException malformed(String why) {
    return new SignetException(
        Diagnostic.error(Code.MALFORMED_GRAPH, "'" + name + "' can't fill a table: " + why)
            .at(origin));
  }
}
