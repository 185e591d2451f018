package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.type.DType;

/** StringFormat: a template in which each placeholder stands for an operand, written as text. */
final class TfStringFormat {
  private TfStringFormat() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "StringFormat", Rules.always(Rules.scalar(DType.STRING)), TfStringFormat::evaluate));
  }

  private static void evaluate(OpCall call) {
    Attributes attributes = call.attributes();
    String template = latin(attributes, "template");
    String placeholder = latin(attributes, "placeholder");
    int shown = attributes.getInt("summarize", 3);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int at = 0;
    for (int i = 0; i < call.operandCount(); i++) {
      int next = template.indexOf(placeholder, at);
      Shapes.require(next >= 0, "%s placeholders for %s operands", i, call.operandCount());
      text.writeBytes(bytes(template.substring(at, next)));
      text.writeBytes(new TensorText(call.operand(i), shown).bytes());
      at = next + placeholder.length();
    }
    Shapes.require(
        template.indexOf(placeholder, at) < 0, "more placeholders than operands in '%s'", template);
    text.writeBytes(bytes(template.substring(at)));
    call.result(0, DType.STRING).strings()[0] = text.toByteArray();
  }

  private static String latin(Attributes attributes, String name) {
    return attributes.has(name) ? AsciiText.of(attributes.getBytes(name)) : "%s";
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }
}
