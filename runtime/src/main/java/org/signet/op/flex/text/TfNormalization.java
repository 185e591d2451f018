package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * TensorFlow Text's CaseFoldUTF8 and NormalizeUTF8. Bytes that are not UTF-8 stay as they are, and
 * part what they lie between.
 */
final class TfNormalization {
  private TfNormalization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "CaseFoldUTF8", Rules.mapped(DType.STRING), call -> map(call, CaseFolding::folded)),
        Rules.exact("NormalizeUTF8", Rules.mapped(DType.STRING), TfNormalization::normalize));
  }

  private static void normalize(OpCall call) {
    String name = call.attributes().getString("normalization_form").toUpperCase(Locale.ROOT);
    Shapes.require(
        List.of("NFC", "NFD", "NFKC", "NFKD").contains(name), "the normal form '%s'", name);
    Normalizer.Form form = Normalizer.Form.valueOf(name);
    map(call, text -> Normalizer.normalize(text, form));
  }

  private static void map(OpCall call, UnaryOperator<String> function) {
    Tensor text = call.operand(0);
    byte[][] result = call.result(0, DType.STRING, text.shape()).strings();
    for (int i = 0; i < text.size(); i++) {
      result[i] = mapped(text.strings()[i], function);
    }
  }

  private static byte[] mapped(byte[] text, UnaryOperator<String> function) {
    if (CodePoints.isUtf8(text)) {
      return mapped(text, 0, text.length, function);
    }
    BitSet broken = new BitSet();
    CodePoints.walk(text, "UTF-8", (codePoint, start, bad) -> broken.set(start, text.length, bad));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < text.length; ) {
      int bad = nextBroken(broken, from, text.length);
      out.writeBytes(mapped(text, from, bad, function));
      from = Math.min(text.length, broken.nextClearBit(bad));
      out.write(text, bad, from - bad);
    }
    return out.toByteArray();
  }

  private static int nextBroken(BitSet bits, int from, int end) {
    int next = bits.nextSetBit(from);
    return next < 0 ? end : next;
  }

  private static byte[] mapped(byte[] text, int from, int to, UnaryOperator<String> function) {
    String part = new String(text, from, to - from, StandardCharsets.UTF_8);
    return function.apply(part).getBytes(StandardCharsets.UTF_8);
  }
}
