package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.signet.golden.Json;
import org.signet.reader.ArgumentValue;
import org.signet.reader.FunctionInfo;
import org.signet.reader.FunctionInfo.Parameter;
import org.signet.reader.FunctionInfo.Trace;
import org.signet.reader.LibraryFunction;
import org.signet.reader.MetaGraph;
import org.signet.reader.ObjectInfo;
import org.signet.reader.TensorInfo;
import org.signet.reader.VariableInfo;

/** A graph and what belongs to it, but its signatures, for programs. */
final class MetaGraphJson {
  private final MetaGraph graph;
  private final Inspection inspection;
  private final Map<String, Object> members = new LinkedHashMap<>();

  private MetaGraphJson(MetaGraph graph, Inspection inspection) {
    this.graph = graph;
    this.inspection = inspection;
  }

  static Map<String, Object> of(MetaGraph graph, Inspection inspection) {
    return new MetaGraphJson(graph, inspection).members();
  }

  private Map<String, Object> members() {
    members.put("tags", graph.tags());
    members.put("tensorflow_version", graph.tensorflowVersion());
    members.put("producer", graph.producer());
    put(InspectSection.FUNCTIONS, () -> graph.functions().stream().map(MetaGraphJson::function));
    put(InspectSection.OBJECTS, () -> graph.objects().stream().map(MetaGraphJson::object));
    put(InspectSection.VARIABLES, () -> graph.variables().stream().map(MetaGraphJson::variable));
    put(
        InspectSection.ASSETS,
        () ->
            graph.assets().stream()
                .map(asset -> ordered("file", asset.file(), "tensor", asset.tensor())));
    if (inspection.wants(InspectSection.INIT)) {
      members.put("init_op", graph.initOp().<Object>map(op -> op).orElse(Json.NULL));
    }
    if (inspection.wants(InspectSection.NODES)) {
      members.put(
          "placeholders", graph.placeholders().stream().map(MetaGraphJson::tensor).toList());
      members.put("sinks", graph.sinks().stream().map(MetaGraphJson::tensor).toList());
    }
    if (inspection.wants(InspectSection.COLLECTIONS)) {
      members.put("collections", graph.collections());
    }
    put(InspectSection.LIBRARY, () -> graph.library().stream().map(MetaGraphJson::function));
    if (inspection.wants(InspectSection.OPS)) {
      members.put("ops", graph.ops());
    }
    return members;
  }

  private void put(InspectSection section, Supplier<Stream<?>> items) {
    if (inspection.wants(section)) {
      members.put(section.toString(), items.get().toList());
    }
  }

  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return members;
  }

  private static Map<String, Object> function(LibraryFunction function) {
    return ordered(
        "name", function.name(), "nodes", function.nodes(), "arguments", function.arguments());
  }

  private static Map<String, Object> function(FunctionInfo function) {
    List<Object> parameters = new ArrayList<>();
    for (Parameter parameter : function.parameters()) {
      Map<String, Object> own =
          ordered("name", parameter.name(), "keyword_only", parameter.keywordOnly());
      parameter.fallback().ifPresent(value -> own.put("default", value(value)));
      parameters.add(own);
    }
    List<Object> traces = new ArrayList<>();
    for (Trace trace : function.traces()) {
      traces.add(
          ordered(
              "index", traces.size(),
              "name", trace.name(),
              "positional", values(trace.positional()),
              "keywords", values(trace.keywords()),
              "result", value(trace.result()),
              "captures", trace.captures()));
    }
    return ordered("path", function.path(), "parameters", parameters, "traces", traces);
  }

  private static Map<String, Object> values(Map<String, ArgumentValue> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach((name, value) -> all.put(name, value(value)));
    return all;
  }

  private static Object value(ArgumentValue value) {
    return switch (value) {
      case ArgumentValue.AnyTensor tensor -> {
        Map<String, Object> members = ConversionJson.type(tensor.type());
        members.put("name", tensor.name());
        yield members;
      }
      case ArgumentValue.Constant constant ->
          ordered("type", constant.type(), "value", constant.text());
      case ArgumentValue.Sequence sequence ->
          sequence.items().stream().map(MetaGraphJson::value).toList();
      case ArgumentValue.Dictionary dictionary -> values(dictionary.entries());
      case ArgumentValue.Composite composite ->
          ordered("type_spec", composite.specClass(), "state", value(composite.state()));
    };
  }

  private static Map<String, Object> object(ObjectInfo object) {
    return ordered(
        "id", object.id(),
        "path", object.path(),
        "kind", object.kind(),
        "type", object.type(),
        "children", object.children());
  }

  private static Map<String, Object> variable(VariableInfo variable) {
    Map<String, Object> members = ordered("name", variable.name(), "path", variable.path());
    members.putAll(ConversionJson.type(variable.type()));
    members.put("bytes", variable.bytes() < 0 ? Json.NULL : variable.bytes());
    members.put("trainable", variable.trainable());
    members.put("checkpoint_key", variable.key().<Object>map(key -> key).orElse(Json.NULL));
    members.put("part", variable.part());
    return members;
  }

  static Map<String, Object> tensor(TensorInfo info) {
    Map<String, Object> members = ConversionJson.type(info.type());
    members.put("tensor", info.tensor());
    return members;
  }
}
