package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.api.ConversionReport;
import org.signet.api.ConversionReport.SignatureSummary;
import org.signet.golden.Json;
import org.signet.lower.FlexUse;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** What a conversion did, for programs. */
final class ConversionJson {
  private ConversionJson() {}

  static Map<String, Object> of(ConversionReport report) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("signatures", signatures(report.signatures()));
    members.put("builtin_ops", report.builtinCount());
    members.put("flex_ops", report.flexCount());
    members.put("flex", flex(report.flexUses()));
    members.put("diagnostics", Failures.json(report.diagnostics()));
    members.put("source_bytes", report.sourceBytes());
    members.put("model_bytes", report.modelBytes());
    members.put("seconds", report.duration().toNanos() / 1e9);
    return members;
  }

  private static Map<String, Object> signatures(List<SignatureSummary> summaries) {
    Map<String, Object> signatures = new LinkedHashMap<>();
    for (SignatureSummary summary : summaries) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("inputs", types(summary.inputs()));
      members.put("outputs", types(summary.outputs()));
      members.put("builtin_ops", summary.builtins());
      members.put("flex_ops", summary.flexOps());
      signatures.put(summary.key(), members);
    }
    return signatures;
  }

  /** Types by name, as the golden cases write them. */
  static Map<String, Object> types(Map<String, TensorType> types) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<String, TensorType> type : types.entrySet()) {
      members.put(type.getKey(), type(type.getValue()));
    }
    return members;
  }

  /** A type, as the golden cases write it. */
  static Map<String, Object> type(TensorType type) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("dtype", type.dtype().toString());
    members.put("shape", shape(type.shape()));
    return members;
  }

  private static Object shape(Shape shape) {
    if (!shape.hasRank()) {
      return Json.NULL;
    }
    List<Object> sizes = new ArrayList<>();
    for (int size : shape.dims()) {
      sizes.add(size == Shape.UNKNOWN ? Json.NULL : size);
    }
    return sizes;
  }

  private static List<Object> flex(List<FlexUse> uses) {
    List<Object> list = new ArrayList<>();
    for (FlexUse use : uses) {
      List<String> operands = new ArrayList<>();
      for (DType dtype : use.operandTypes()) {
        operands.add(dtype.toString());
      }
      Map<String, Object> attributes = new LinkedHashMap<>();
      for (Map.Entry<String, Object> attribute : use.attributes().asMap().entrySet()) {
        attributes.put(attribute.getKey(), attribute.getValue());
      }
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("op", "Flex" + use.op());
      members.put("operands", operands);
      members.put("attributes", attributes);
      members.put("reason", use.reason());
      members.put("listed", use.listed());
      members.put("signature", use.origin().signature());
      members.put("node", use.origin().node());
      list.add(members);
    }
    return list;
  }
}
