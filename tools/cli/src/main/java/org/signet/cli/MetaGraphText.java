package org.signet.cli;

import java.util.ArrayList;
import java.util.List;
import org.signet.reader.ArgumentValue;
import org.signet.reader.FunctionInfo;
import org.signet.reader.FunctionInfo.Parameter;
import org.signet.reader.FunctionInfo.Trace;
import org.signet.reader.LibraryFunction;
import org.signet.reader.MetaGraph;
import org.signet.reader.ObjectInfo;
import org.signet.reader.TensorInfo;
import org.signet.reader.VariableInfo;

/** A graph and what belongs to it, but its signatures, for people. */
final class MetaGraphText {
  private final MetaGraph graph;
  private final Inspection inspection;

  MetaGraphText(MetaGraph graph, Inspection inspection) {
    this.graph = graph;
    this.inspection = inspection;
  }

  void show() {
    if (inspection.wants(InspectSection.FUNCTIONS)) {
      functions();
    }
    if (inspection.wants(InspectSection.OBJECTS)) {
      objects();
    }
    if (inspection.wants(InspectSection.VARIABLES)) {
      variables();
    }
    if (inspection.wants(InspectSection.ASSETS)) {
      inspection.table(
          "assets",
          graph.assets().stream()
              .map(asset -> new String[] {asset.file(), asset.tensor()})
              .toList());
    }
    if (inspection.wants(InspectSection.INIT) && graph.initOp().isPresent()) {
      inspection.line("init op " + graph.initOp().get());
      inspection.gap();
    }
    if (inspection.wants(InspectSection.NODES)) {
      nodes();
    }
    if (inspection.wants(InspectSection.COLLECTIONS)) {
      inspection.table(
          "collections",
          graph.collections().entrySet().stream()
              .map(entry -> new String[] {entry.getKey(), String.join(" ", entry.getValue())})
              .toList());
    }
    if (inspection.wants(InspectSection.LIBRARY)) {
      library();
    }
    if (inspection.wants(InspectSection.OPS)) {
      ops();
    }
  }

  private void functions() {
    List<FunctionInfo> functions = graph.functions();
    List<String[]> rows = new ArrayList<>();
    for (FunctionInfo function : functions) {
      rows.add(new String[] {function.path() + parameters(function)});
      for (int i = 0; i < function.traces().size(); i++) {
        rows.add(new String[] {"  #" + i + " " + trace(function.traces().get(i))});
      }
    }
    inspection.table("functions, with their traces", rows);
  }

  private static String parameters(FunctionInfo function) {
    if (function.parameters().isEmpty()) {
      return "";
    }
    List<String> texts = new ArrayList<>();
    boolean star = false;
    for (Parameter parameter : function.parameters()) {
      if (parameter.keywordOnly() && !star && !parameter.name().startsWith("**")) {
        texts.add("*");
      }
      star |= parameter.keywordOnly() || parameter.name().startsWith("*");
      texts.add(parameter.toString());
    }
    return "(" + String.join(", ", texts) + ")";
  }

  private static String trace(Trace trace) {
    List<String> arguments = new ArrayList<>();
    trace.positional().forEach((name, value) -> arguments.add(argument(name, value)));
    if (!trace.keywords().isEmpty()) {
      arguments.add("*");
      trace.keywords().forEach((name, value) -> arguments.add(argument(name, value)));
    }
    return "(" + String.join(", ", arguments) + ") -> " + trace.result();
  }

  private static String argument(String name, ArgumentValue value) {
    return (name.startsWith("#") ? "" : name + "=") + value;
  }

  private void objects() {
    List<String[]> rows = new ArrayList<>();
    for (ObjectInfo object : graph.objects()) {
      String children = String.join(" ", object.children().keySet());
      String kind = object.kind() + (object.type().isEmpty() ? "" : " " + object.type());
      String path = object.path().isEmpty() ? "(root)" : object.path();
      rows.add(new String[] {path, kind, children.isEmpty() ? "" : "{" + children + "}"});
    }
    inspection.table("objects", rows);
  }

  private void variables() {
    List<VariableInfo> variables = graph.variables();
    List<String[]> rows = new ArrayList<>();
    long bytes = 0;
    for (VariableInfo variable : variables) {
      bytes += Math.max(0, variable.bytes());
      String key = variable.key().map(name -> "<- " + name).orElse("not in the checkpoint");
      rows.add(
          new String[] {
            variable.path().isEmpty() ? variable.name() : variable.path(),
            variable.type().toString(),
            variable.bytes() < 0 ? "" : Sizes.bytes(variable.bytes()),
            key + (variable.part().isEmpty() ? "" : " [" + variable.part() + "]"),
            variable.path().isEmpty() ? "" : "(" + variable.name() + ")",
          });
    }
    inspection.table(variables.size() + " variables of " + Sizes.bytes(bytes), rows);
  }

  private void nodes() {
    inspection.table("placeholders (possible feeds)", tensors(graph.placeholders()));
    inspection.table("last nodes (possible fetches)", tensors(graph.sinks()));
  }

  private static List<String[]> tensors(List<TensorInfo> infos) {
    return infos.stream()
        .map(info -> new String[] {info.tensor(), info.type().toString()})
        .toList();
  }

  private void library() {
    List<LibraryFunction> library = graph.library();
    int nodes = library.stream().mapToInt(LibraryFunction::nodes).sum();
    if (!library.isEmpty()) {
      inspection.line("function library of " + library.size() + " functions, " + nodes + " nodes");
      inspection.gap();
    }
  }

  private void ops() {
    inspection.line("TensorFlow ops: " + Inspection.counted(graph.ops()));
    inspection.gap();
  }
}
