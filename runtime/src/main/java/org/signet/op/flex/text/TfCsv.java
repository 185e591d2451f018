package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * DecodeCSV: lines of comma-separated values as one tensor a column. Operands: the lines, for each
 * column its default, or nothing if it must be there.
 */
final class TfCsv {
  private TfCsv() {}

  static List<OpDefinition> definitions() {
    return List.of(Rules.exact("DecodeCSV", TfCsv::infer, TfCsv::evaluate));
  }

  private static List<TensorType> infer(OpTypes op) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 1; i < op.operandCount(); i++) {
      types.add(Shapes.plain(op.dtype(i), op.shape(0)));
    }
    return types;
  }

  private static void evaluate(OpCall call) {
    Attributes attributes = call.attributes();
    String delimiter = attributes.getString("field_delim", ",");
    Shapes.require(delimiter.length() == 1, "the delimiter '%s'", delimiter);
    boolean quotes = attributes.getBoolean("use_quote_delim", true);
    String missing = attributes.getString("na_value", "");
    int[] chosen = attributes.getInts("select_cols");
    Tensor lines = call.operand(0);
    int columns = call.operandCount() - 1;
    Shapes.require(
        chosen.length == 0 || chosen.length == columns, "%s of %s columns", chosen.length, columns);
    Tensor[] results = new Tensor[columns];
    for (int c = 0; c < columns; c++) {
      int defaults = call.operand(c + 1).size();
      Shapes.require(
          defaults <= 1,
          "There should only be 1 default per field but field %s has %s",
          c,
          defaults);
      results[c] = call.result(c, call.operand(c + 1).dtype(), lines.shape());
    }
    for (int i = 0; i < lines.size(); i++) {
      List<byte[]> fields = new Line(lines.strings()[i], (byte) delimiter.charAt(0), quotes).read();
      List<byte[]> kept = chosen.length == 0 ? fields : chosen(fields, chosen);
      Shapes.require(
          kept.size() == columns,
          "Expect %s fields but have %s in record %s",
          columns,
          kept.size(),
          i);
      for (int c = 0; c < columns; c++) {
        store(new Field(kept.get(c), c, i), missing, call.operand(c + 1), results[c]);
      }
    }
  }

  private static List<byte[]> chosen(List<byte[]> fields, int[] columns) {
    List<byte[]> chosen = new ArrayList<>();
    for (int column : columns) {
      Shapes.require(column >= 0 && column < fields.size(), "no column %s", column);
      chosen.add(fields.get(column));
    }
    return chosen;
  }

  /**
   * A field of a record.
   *
   * @param column which of those that are wanted
   * @param record the number of the line
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Field(byte[] text, int column, int record) {}

  private static void store(Field of, String missing, Tensor fallback, Tensor result) {
    byte[] field = of.text();
    int i = of.record();
    if (field.length == 0 || AsciiText.of(field).equals(missing)) {
      Shapes.require(
          fallback.size() == 1, "Field %s is required but missing in record %s!", of.column(), i);
      Elements.copy(fallback, 0, result, i, 1);
    } else if (result.dtype() == DType.STRING) {
      result.strings()[i] = field;
    } else {
      try {
        TfStringToNumber.store(field, result, i);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Field %s in record %s is not a valid %s: %s"
                .formatted(of.column(), i, ProtoTensors.name(result.dtype()), AsciiText.of(field)),
            e);
      }
    }
  }

  /** Takes one line apart. */
  private static final class Line {
    private final byte[] text;
    private final byte delimiter;
    private final boolean quotes;
    private int at;

    Line(byte[] text, byte delimiter, boolean quotes) {
      this.text = text;
      this.delimiter = delimiter;
      this.quotes = quotes;
    }

    List<byte[]> read() {
      List<byte[]> fields = new ArrayList<>();
      while (at < text.length) {
        if (isLineEnd(text[at])) {
          at++;
        } else if (quotes && text[at] == '"') {
          fields.add(quoted());
        } else {
          fields.add(plain());
        }
      }
      if (text.length > 0 && text[text.length - 1] == delimiter) {
        fields.add(new byte[0]);
      }
      return fields;
    }

    private static boolean isLineEnd(byte b) {
      return b == '\n' || b == '\r';
    }

    private byte[] plain() {
      int from = at;
      while (at < text.length && text[at] != delimiter) {
        Shapes.require(
            !(quotes && text[at] == '"') && !isLineEnd(text[at]),
            "Unquoted fields cannot have quotes/CRLFs inside");
        at++;
      }
      return Arrays.copyOfRange(text, from, at++);
    }

    /** Two quotes in a row stand for one; the field ends with a quote before a delimiter. */
    private byte[] quoted() {
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      at++;
      while (at < text.length - 1 && !(text[at] == '"' && text[at + 1] == delimiter)) {
        if (text[at] == '"') {
          Shapes.require(text[++at] == '"', "a single quote inside a field");
        }
        field.write(text[at++]);
      }
      Shapes.require(
          at < text.length && text[at] == '"',
          "Quoted field has to end with quote followed by delim or end");
      at += 2;
      return field.toByteArray();
    }
  }
}
