package org.signet.op.flex.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Ops with regular expressions in RE2's syntax, on text in UTF-8. */
final class TfRegex {
  /** RE2's words for what RE2/J says otherwise. */
  private static final Map<String, String> REASONS =
      Map.of(
          "invalid named capture", "invalid named capture group",
          "invalid nested repetition operator", "bad repetition operator",
          "invalid repeat count", "invalid repetition size",
          "missing argument to repetition operator", "no argument for repetition operator",
          "missing closing )", "missing )",
          "missing closing ]", "missing ]",
          "trailing backslash at end of expression", "trailing \\");

  private TfRegex() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "RegexFullMatch",
            Rules.mapped(DType.BOOL),
            call -> match(call, TfRegex.scalar(call, 1))),
        Rules.exact(
                "StaticRegexFullMatch",
                Rules.mapped(DType.BOOL),
                call -> match(call, call.attributes().getBytes("pattern")))
            .limited(TfRegex::requirePattern),
        Rules.exact(
            "RegexReplace",
            Rules.mapped(DType.STRING),
            call -> replace(call, scalar(call, 1), scalar(call, 2))),
        Rules.exact(
                "StaticRegexReplace",
                Rules.mapped(DType.STRING),
                call ->
                    replace(
                        call,
                        call.attributes().getBytes("pattern"),
                        call.attributes().getBytes("rewrite")))
            .limited(TfRegex::requirePattern));
  }

  private static void requirePattern(OpTypes use) {
    compiled(use.attributes().getBytes("pattern"));
  }

  private static byte[] scalar(OpCall call, int i) {
    return Rules.requireRank(call.operand(i), 0, "a regular expression").strings()[0];
  }

  static Pattern compiled(byte[] pattern) {
    try {
      return Pattern.compile(new String(checked(pattern), StandardCharsets.UTF_8));
    } catch (PatternSyntaxException e) {
      String pair = e.getPattern();
      throw new IllegalArgumentException(
          "Invalid pattern: "
              + new String(pattern, StandardCharsets.UTF_8)
              + ", error: "
              + REASONS.getOrDefault(e.getDescription(), e.getDescription())
              + (pair.isEmpty() ? "" : ": " + pair),
          e);
    }
  }

  /** Bytes that are no UTF-8 match differently in either library, so they are refused. */
  static byte[] checked(byte[] text) {
    Shapes.require(CodePoints.isUtf8(text), "a regular expression on text that is not UTF-8");
    return text;
  }

  private static void match(OpCall call, byte[] expression) {
    Pattern pattern = compiled(expression);
    Tensor text = call.operand(0);
    Tensor result = call.result(0, DType.BOOL, text.shape());
    for (int i = 0; i < text.size(); i++) {
      result.setLong(i, pattern.matches(checked(text.strings()[i])) ? 1 : 0);
    }
  }

  private static void replace(OpCall call, byte[] expression, byte[] rewrite) {
    Pattern pattern = compiled(expression);
    boolean all = call.attributes().getBoolean("replace_global", true);
    UnaryOperator<byte[]> function = replacement(pattern, rewrite, all);
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      result[i] = function.apply(checked(text.strings()[i]));
    }
  }

  /** Text stays as it is if the rewriting names a group that there is not. */
  private static UnaryOperator<byte[]> replacement(Pattern pattern, byte[] rewrite, boolean all) {
    return lastGroup(rewrite) > pattern.groupCount()
        ? text -> text
        : text -> replaced(pattern, rewrite, new String(text, StandardCharsets.UTF_8), all);
  }

  private static int lastGroup(byte[] rewrite) {
    int last = 0;
    for (int i = 0; i < rewrite.length; i++) {
      if (rewrite[i] == '\\') {
        i++;
        Shapes.require(
            i < rewrite.length && (rewrite[i] == '\\' || isDigit(rewrite[i])),
            "a rewriting with '\\' before neither digit nor '\\'");
        last = isDigit(rewrite[i]) ? Math.max(last, rewrite[i] - '0') : last;
      }
    }
    return last;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * An empty match right after another match is passed over. Text is searched as characters: in
   * bytes RE2/J takes the place behind a character beyond ASCII for the text's start.
   */
  private static byte[] replaced(Pattern pattern, byte[] rewrite, String text, boolean all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    int lastEnd = -1;
    while (at <= text.length() && (all || lastEnd < 0) && matcher.find(at)) {
      write(out, text, at, matcher.start());
      if (matcher.start() == lastEnd && matcher.end() == lastEnd) {
        at = lastEnd == text.length() ? lastEnd + 1 : text.offsetByCodePoints(lastEnd, 1);
        write(out, text, lastEnd, Math.min(at, text.length()));
      } else {
        rewrite(out, rewrite, text, matcher);
        at = matcher.end();
        lastEnd = at;
      }
    }
    write(out, text, Math.min(at, text.length()), text.length());
    return out.toByteArray();
  }

  private static void rewrite(
      ByteArrayOutputStream out, byte[] rewrite, String text, Matcher matcher) {
    for (int i = 0; i < rewrite.length; i++) {
      if (rewrite[i] != '\\') {
        out.write(rewrite[i]);
      } else if (rewrite[++i] == '\\') {
        out.write('\\');
      } else {
        int group = rewrite[i] - '0';
        int start = matcher.start(group);
        if (start >= 0) {
          write(out, text, start, matcher.end(group));
        }
      }
    }
  }

  private static void write(ByteArrayOutputStream out, String text, int from, int to) {
    out.writeBytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
  }
}
