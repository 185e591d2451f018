package org.signet.op.flex.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
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

/**
 * TensorFlow Text's ops that split texts at white space, regular expressions or where the script
 * changes.
 */
final class TfTokenizers {
  private static final String UTF_8 = "UTF-8";

  private TfTokenizers() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "RegexSplitWithOffsets",
            op ->
                List.of(
                    Rules.vector(DType.STRING),
                    Rules.vector(DType.INT64),
                    Rules.vector(DType.INT64),
                    splits(op, DType.INT64)),
            TfTokenizers::regexSplit),
        Rules.exact(
            "TFText>WhitespaceTokenizeWithOffsetsV2",
            op ->
                List.of(
                    Rules.vector(DType.STRING),
                    splits(op, DType.INT64),
                    Rules.vector(DType.INT32),
                    Rules.vector(DType.INT32)),
            TfTokenizers::whitespaceOfTexts),
        Rules.exact(
            "UnicodeScriptTokenizeWithOffsets",
            TfTokenizers::inferCharacters,
            call -> splitCharacters(call, true)),
        Rules.exact(
            "WhitespaceTokenizeWithOffsets",
            TfTokenizers::inferCharacters,
            call -> splitCharacters(call, false)));
  }

  /** One more than there are texts. */
  private static TensorType splits(OpTypes op, DType dtype) {
    Shape shape = op.shape(0);
    return TensorType.of(
        dtype, shape.isStatic() ? Math.toIntExact(shape.elements()) + 1 : Shape.UNKNOWN);
  }

  /**
   * Operands: texts, what they are split at, which of these splitters are tokens themselves. The
   * splitter is the first group of its expression; without one, texts stay whole.
   */
  private static void regexSplit(OpCall call) {
    Tensor texts = call.operand(0);
    Pattern splitter = TfRegex.compiled(call.operand(1).strings()[0]);
    byte[] kept = call.operand(2).strings()[0];
    Optional<Pattern> keeps =
        kept.length == 0 ? Optional.empty() : Optional.of(TfRegex.compiled(kept));
    TokenLists tokens = new TokenLists();
    for (int i = 0; i < texts.size(); i++) {
      split(TfRegex.checked(texts.strings()[i]), splitter, keeps, tokens);
      tokens.endText();
    }
    call.result(0, tokens.tokens());
    call.result(1, tokens.starts(DType.INT64));
    call.result(2, tokens.ends(DType.INT64));
    call.result(3, tokens.splits());
  }

  private static void split(
      byte[] text, Pattern splitter, Optional<Pattern> keeps, TokenLists tokens) {
    int from = 0;
    while (from < text.length && splitter.groupCount() > 0) {
      // The rest alone, so that the expression sees a text's start there.
      Matcher matcher = splitter.matcher(Arrays.copyOfRange(text, from, text.length));
      if (!matcher.find()) {
        break;
      }
      Shapes.require(
          matcher.end() > 0 && matcher.start(1) >= 0, "a splitter that takes nothing of the text");
      int start = from + matcher.start(1);
      int end = from + matcher.end(1);
      addPart(tokens, text, from, start);
      byte[] found = Arrays.copyOfRange(text, start, end);
      if (keeps.isPresent() && keeps.get().matches(found)) {
        tokens.add(found, start, end);
      }
      from += matcher.end();
    }
    addPart(tokens, text, from, text.length);
  }

  private static void addPart(TokenLists tokens, byte[] text, int from, int to) {
    if (to > from) {
      tokens.add(Arrays.copyOfRange(text, from, to), from, to);
    }
  }

  /** Operands: texts, a string with a bit for each character that is white space. */
  private static void whitespaceOfTexts(OpCall call) {
    Tensor texts = call.operand(0);
    byte[] bits = call.operand(1).strings()[0];
    IntPredicate isSpace = c -> c >> 3 < bits.length && (bits[c >> 3] >> (c & 7) & 1) != 0;
    TokenLists tokens = new TokenLists();
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.strings()[i];
      int[] from = {-1};
      CodePoints.walk(
          text,
          UTF_8,
          (codePoint, start, broken) -> {
            boolean space = !broken && isSpace.test(codePoint);
            if (space && from[0] >= 0) {
              // As in TensorFlow: up to the last byte of the white space.
              addPart(tokens, text, from[0], CodePoints.next(text, start) - 1);
              from[0] = -1;
            } else if (!space && from[0] < 0) {
              from[0] = start;
            }
          });
      if (from[0] >= 0) {
        addPart(tokens, text, from[0], text.length);
      }
      tokens.endText();
    }
    tokens.store(call, tokens.splits(), DType.INT32);
  }

  private static DType splitType(OpTypes op) {
    return KnownOperands.type(op.attributes(), "Tsplits", DType.INT64);
  }

  private static List<TensorType> inferCharacters(OpTypes op) {
    return List.of(
        Rules.vector(DType.INT32),
        Rules.vector(splitType(op)),
        Rules.vector(DType.INT64),
        Rules.vector(DType.INT64),
        TensorType.of(splitType(op), Rules.dim(op, 1, 0)));
  }

  /**
   * Operands: characters, where each text begins. Results: characters of tokens, where each token
   * begins among these, its first character and the one behind it in its text, where each text's
   * tokens begin.
   */
  private static void splitCharacters(OpCall call, boolean byScript) {
    Tensor characters = call.operand(0);
    Tensor texts = call.operand(1);
    RaggedRows.check(texts, characters.size());
    boolean keepsSpace = byScript && call.attributes().getBoolean("keep_whitespace", false);
    CharacterTokens tokens = new CharacterTokens(byScript, keepsSpace);
    List<Integer> outer = new ArrayList<>(List.of(0));
    for (int text = 0; text + 1 < texts.size(); text++) {
      tokens.startText();
      for (long i = texts.getLong(text); i < texts.getLong(text + 1); i++) {
        tokens.take((int) characters.getLong((int) i));
      }
      tokens.endToken();
      outer.add(tokens.count());
    }
    tokens.store(call, texts.dtype(), outer);
  }
}
