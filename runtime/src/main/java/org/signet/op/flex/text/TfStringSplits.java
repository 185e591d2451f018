package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * StringSplit and StringSplitV2: a vector of strings as a sparse matrix of their parts. Results:
 * indices, values, dense shape.
 */
final class TfStringSplits {
  private TfStringSplits() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("StringSplit", TfStringSplits::split), define("StringSplitV2", TfStringSplits::v2));
  }

  /** How an op with this call's attributes and separator takes a string apart. */
  private interface Splitter {
    List<byte[]> parts(OpCall call, byte[] text, byte[] separator);
  }

  private static OpDefinition define(String name, Splitter splitter) {
    return OpDefinition.tf(
            name,
            Rules.always(
                Shapes.plain(DType.INT64, Shape.of(Shape.UNKNOWN, 2)),
                Rules.vector(DType.STRING),
                Shapes.plain(DType.INT64, Shape.of(2))),
            call -> evaluate(call, splitter))
        .accurate(Accuracy.EXACT);
  }

  private static void evaluate(OpCall call, Splitter splitter) {
    Tensor texts = Rules.requireRank(call.operand(0), 1, "input");
    Tensor separator = Rules.requireRank(call.operand(1), 0, "separator");
    List<byte[]> values = new ArrayList<>();
    List<Long> indices = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < texts.size(); i++) {
      List<byte[]> parts = splitter.parts(call, texts.strings()[i], separator.strings()[0]);
      for (int k = 0; k < parts.size(); k++) {
        indices.add((long) i);
        indices.add((long) k);
      }
      values.addAll(parts);
      longest = Math.max(longest, parts.size());
    }
    call.result(0, Rules.integers(DType.INT64, indices).reshaped(values.size(), 2));
    call.result(1, Rules.strings(values));
    call.result(2, Tensor.of(new long[] {texts.size(), longest}));
  }

  /** Each byte of the separator separates; without one, each byte is a part. */
  private static List<byte[]> split(OpCall call, byte[] text, byte[] separator) {
    boolean skipEmpty = call.attributes().getBoolean("skip_empty", true);
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length; i++) {
      boolean ends =
          i == text.length ? separator.length > 0 && text.length > 0 : isAny(text[i], separator);
      if (separator.length == 0 && i < text.length) {
        parts.add(new byte[] {text[i]});
      } else if (ends) {
        if (i > from || !skipEmpty) {
          parts.add(Arrays.copyOfRange(text, from, i));
        }
        from = i + 1;
      }
    }
    return parts;
  }

  private static boolean isAny(byte b, byte[] separators) {
    for (byte separator : separators) {
      if (b == separator) {
        return true;
      }
    }
    return false;
  }

  /** As Python's {@code str.split}, but a limit of 0 is one, too. */
  private static List<byte[]> v2(OpCall call, byte[] text, byte[] separator) {
    int limit = call.attributes().getInt("maxsplit", -1);
    if (limit == 0) {
      return List.of(text);
    }
    return separator.length == 0 ? words(text, limit) : separated(text, separator, limit);
  }

  private static List<byte[]> words(byte[] text, int limit) {
    List<byte[]> words = new ArrayList<>();
    int at = skip(text, 0, true);
    while (at < text.length) {
      int end = skip(text, at, false);
      words.add(Arrays.copyOfRange(text, at, end));
      at = skip(text, end, true);
      if (limit > 0 && words.size() == limit) {
        words.add(Arrays.copyOfRange(text, at, text.length));
        break;
      }
    }
    return words;
  }

  private static int skip(byte[] text, int from, boolean spaces) {
    int at = from;
    while (at < text.length && AsciiText.isSpace(text[at]) == spaces) {
      at++;
    }
    return at;
  }

  private static List<byte[]> separated(byte[] text, byte[] separator, int limit) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int next = find(text, separator, 0);
        next >= 0 && (limit < 0 || parts.size() < limit);
        next = find(text, separator, from)) {
      parts.add(Arrays.copyOfRange(text, from, next));
      from = next + separator.length;
    }
    parts.add(Arrays.copyOfRange(text, from, text.length));
    return parts;
  }

  private static int find(byte[] text, byte[] part, int from) {
    for (int i = from; i + part.length <= text.length; i++) {
      if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
