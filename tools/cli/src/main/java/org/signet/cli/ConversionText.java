package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.signet.api.ConversionReport;
import org.signet.api.ConversionReport.SignatureSummary;
import org.signet.diag.ReadableText;
import org.signet.lower.FlexUse;
import org.signet.type.TensorType;

/** What a conversion did, for people. */
final class ConversionText {
  private static final int MOST_ATTRIBUTE_TEXT = 60;

  private ConversionText() {}

  static String of(ConversionReport report) {
    return flex(report.flexUses()) + signatures(report) + sizes(report);
  }

  private static String flex(List<FlexUse> uses) {
    if (uses.isEmpty()) {
      return "";
    }
    List<FlexUse> listed = new ArrayList<>();
    List<FlexUse> others = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (FlexUse use : uses) {
      names.add("Flex" + use.op());
      (use.listed() ? listed : others).add(use);
    }
    StringBuilder text =
        new StringBuilder("Flex ops: ").append(String.join(", ", names)).append('\n');
    details(listed, text);
    if (!others.isEmpty()) {
      text.append(
          "Not on the list of Flex ops, and so in need of a runtime with full TensorFlow:\n");
      details(others, text);
    }
    return text.append('\n').toString();
  }

  /** Equal uses make one line. */
  private static void details(List<FlexUse> uses, StringBuilder text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FlexUse use : uses) {
      counts.merge(detail(use), 1, Integer::sum);
    }
    for (Map.Entry<String, Integer> detail : counts.entrySet()) {
      text.append("  ").append(detail.getKey());
      text.append(detail.getValue() == 1 ? "" : " (" + detail.getValue() + " times)").append('\n');
    }
  }

  private static String detail(FlexUse use) {
    StringBuilder text = new StringBuilder("Flex").append(use.op()).append('(');
    for (int i = 0; i < use.operandTypes().size(); i++) {
      text.append(i == 0 ? "" : ", ").append(use.operandTypes().get(i));
    }
    text.append(") {");
    String gap = "";
    for (Map.Entry<String, Object> attribute : use.attributes().asMap().entrySet()) {
      String value = value(attribute.getValue());
      text.append(gap).append(attribute.getKey()).append(" = ").append(value);
      gap = ", ";
    }
    return text.append("}: ").append(use.reason()).toString();
  }

  private static String value(Object value) {
    String text = value instanceof String string ? '"' + string + '"' : value.toString();
    String line = ReadableText.of(text);
    return line.length() > MOST_ATTRIBUTE_TEXT
        ? line.substring(0, MOST_ATTRIBUTE_TEXT) + "…"
        : line;
  }

  private static String signatures(ConversionReport report) {
    Table table = new Table(false, false, false, true, true);
    table.row("signature", "inputs", "outputs", "builtin", "Flex");
    for (SignatureSummary signature : report.signatures()) {
      table.row(
          signature.key(),
          types(signature.inputs()),
          types(signature.outputs()),
          String.valueOf(signature.builtinCount()),
          String.valueOf(signature.flexCount()));
    }
    if (report.signatures().size() > 1) {
      table.row(
          "all", "", "", String.valueOf(report.builtinCount()), String.valueOf(report.flexCount()));
    }
    return table.toString();
  }

  static String types(Map<String, TensorType> types) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, TensorType> type : types.entrySet()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(type.getKey())
          .append(' ')
          .append(type.getValue());
    }
    return text.isEmpty() ? "-" : text.toString();
  }

  private static String sizes(ConversionReport report) {
    return Sizes.bytes(report.sourceBytes())
        + " -> "
        + Sizes.bytes(report.modelBytes())
        + " in "
        + Sizes.seconds(report.duration().toNanos() / 1e9)
        + "\n";
  }
}
