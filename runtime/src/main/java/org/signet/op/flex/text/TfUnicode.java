package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.RaggedRows;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops on the characters of text in any encoding. */
final class TfUnicode {
  private static final int FIRST_PRINTABLE = 0x20;

  private TfUnicode() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("UnicodeTranscode", Rules.mapped(DType.STRING), TfUnicode::transcode)
            .limited(TfUnicode::requireInput)
            .limited(TfUnicode::requireOutput),
        Rules.exact("UnicodeDecode", TfUnicode::inferDecode, TfUnicode::decode)
            .limited(TfUnicode::requireInput),
        Rules.exact("UnicodeDecodeWithOffsets", TfUnicode::inferDecode, TfUnicode::decode)
            .limited(TfUnicode::requireInput),
        Rules.exact("UnicodeEncode", TfUnicode::inferEncode, TfUnicode::encode)
            .limited(TfUnicode::requireOutput),
        Rules.exact("UnicodeScript", Rules.mapped(DType.INT32), TfUnicode::script));
  }

  private static void requireInput(OpTypes use) {
    Errors.of(use.attributes());
    CodePoints.charset(use.attributes().getString("input_encoding"));
  }

  private static void requireOutput(OpTypes use) {
    Errors.of(use.attributes());
    CodePoints.written(use.attributes().getString("output_encoding"));
  }

  /**
   * What becomes of characters that are broken or unwanted.
   *
   * @param strict whether they are refused
   * @param ignore whether they are left out
   * @param replacement what else stands for them
   * @param controls whether control characters are unwanted
   */
  private record Errors(boolean strict, boolean ignore, int replacement, boolean controls) {
    static Errors of(Attributes attributes) {
      String errors = attributes.getString("errors", "replace");
      Shapes.require(
          List.of("strict", "replace", "ignore").contains(errors), "errors '%s'", errors);
      int replacement = attributes.getInt("replacement_char", 0xFFFD);
      Shapes.require(isCharacter(replacement), "%s is no character", replacement);
      return new Errors(
          errors.equals("strict"),
          errors.equals("ignore"),
          replacement,
          attributes.getBoolean("replace_control_characters", false));
    }

    /**
     * @param row the string that the character is of
     * @param at its place there
     */
    boolean keeps(int codePoint, boolean broken, int row, int at, String encoding) {
      if (broken && strict) {
        throw new IllegalArgumentException(
            ("Invalid formatting on input string %d: it is no %s at %d; only errors other than"
                    + " 'strict' would let it pass")
                .formatted(row, encoding, at));
      }
      return !broken && !(controls && codePoint < FIRST_PRINTABLE);
    }
  }

  /** Unicode's code points without surrogates. */
  private static boolean isCharacter(int codePoint) {
    return codePoint >= 0
        && codePoint <= Character.MAX_CODE_POINT
        && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  /** Adds the characters of string {@code row}, and where the bytes of each begin. */
  private static void read(
      Tensor text,
      int row,
      String encoding,
      Errors errors,
      List<Integer> characters,
      List<Long> starts) {
    CodePoints.walk(
        text.strings()[row],
        encoding,
        (codePoint, start, broken) -> {
          boolean kept = errors.keeps(codePoint, broken, row, start, encoding);
          if (kept || !errors.ignore()) {
            characters.add(kept ? codePoint : errors.replacement());
            starts.add((long) start);
          }
        });
  }

  private static int[] array(List<Integer> characters) {
    return characters.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void transcode(OpCall call) {
    Attributes attributes = call.attributes();
    Errors errors = Errors.of(attributes);
    String from = attributes.getString("input_encoding");
    String to = attributes.getString("output_encoding");
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      List<Integer> characters = new ArrayList<>();
      read(text, i, from, errors, characters, new ArrayList<>());
      result[i] = CodePoints.encoded(array(characters), characters.size(), to);
    }
  }

  /** Results: row splits, characters and perhaps where each begins. */
  private static List<TensorType> inferDecode(OpTypes op) {
    Shape shape = op.shape(0);
    int splits = shape.isStatic() ? Math.toIntExact(shape.elements()) + 1 : Shape.UNKNOWN;
    TensorType first = Shapes.plain(splitType(op.attributes()), Shape.of(splits));
    TensorType second = Rules.vector(DType.INT32);
    return op.resultCount() == 3
        ? List.of(first, second, Rules.vector(DType.INT64))
        : List.of(first, second);
  }

  private static DType splitType(Attributes attributes) {
    return KnownOperands.type(attributes, "Tsplits", DType.INT64);
  }

  private static void decode(OpCall call) {
    Attributes attributes = call.attributes();
    Errors errors = Errors.of(attributes);
    String encoding = attributes.getString("input_encoding");
    Tensor text = call.operand(0);
    Tensor splits = Tensor.zeros(splitType(attributes), text.size() + 1);
    List<Integer> characters = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      read(text, i, encoding, errors, characters, starts);
      splits.setLong(i + 1, characters.size());
    }
    call.result(0, splits);
    call.result(1, Rules.integers(DType.INT32, characters));
    if (call.resultCount() == 3) {
      call.result(2, Rules.integers(DType.INT64, starts));
    }
  }

  /** Operands: characters, row splits. */
  private static List<TensorType> inferEncode(OpTypes op) {
    int splits = Rules.dim(op, 1, 0);
    return List.of(
        Shapes.plain(DType.STRING, Shape.of(splits == Shape.UNKNOWN ? splits : splits - 1)));
  }

  private static void encode(OpCall call) {
    Errors errors = Errors.of(call.attributes());
    String encoding = call.attributes().getString("output_encoding");
    Tensor characters = Rules.requireRank(call.operand(0), 1, "input_values");
    Tensor splits = Rules.requireRank(call.operand(1), 1, "input_splits");
    RaggedRows.check(splits, characters.size());
    int rows = splits.size() - 1;
    byte[][] result = call.result(0, DType.STRING, rows).strings();
    for (int i = 0; i < rows; i++) {
      int from = (int) splits.getLong(i);
      int[] kept = new int[(int) splits.getLong(i + 1) - from];
      int count = 0;
      for (int k = 0; k < kept.length; k++) {
        int character = characters.ints()[from + k];
        Shapes.require(
            isCharacter(character) || !errors.strict(),
            "Code point is out of range for Unicode, or is a surrogate.");
        boolean good = errors.keeps(character, !isCharacter(character), i, k, encoding);
        if (good || !errors.ignore()) {
          kept[count++] = good ? character : errors.replacement();
        }
      }
      result[i] = CodePoints.encoded(kept, count, encoding);
    }
  }

  private static void script(OpCall call) {
    Tensor characters = call.operand(0);
    int[] result = call.result(0, DType.INT32, characters.shape()).ints();
    for (int i = 0; i < characters.size(); i++) {
      result[i] = UnicodeScripts.number(characters.ints()[i]);
    }
  }
}
