package org.signet.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.signet.bundle.CheckpointBundle;
import org.signet.source.ObjectGraphVariables;
import org.signet.source.ObjectPaths;
import org.signet.source.SourceGraph;
import org.signet.type.DType;
import org.signet.type.TensorType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;

/** Reads the object graph of a TF2 SavedModel. */
final class ObjectGraphReader {
  private static final Pattern TRACE = Pattern.compile("\\.trace_\\d+$");

  private final SourceGraph source;
  private final SavedObjectGraph graph;
  private final Optional<Checkpoint> checkpoint;

  ObjectGraphReader(SourceGraph source, Optional<Checkpoint> checkpoint) {
    this.source = source;
    this.graph = source.metaGraph().getObjectGraphDef();
    this.checkpoint = checkpoint;
  }

  List<ObjectInfo> objects() {
    List<ObjectInfo> objects = new ArrayList<>();
    ObjectPaths.of(graph)
        .forEach((path, id) -> {
          SavedObject node = graph.getNodes(id);
          Map<String, Integer> children = new LinkedHashMap<>();
          node.getChildrenList()
              .forEach(child -> children.put(child.getLocalName(), child.getNodeId()));
          objects.add(
              new ObjectInfo(
                  id,
                  path,
                  node.getKindCase().name().toLowerCase(Locale.ROOT),
                  node.hasUserObject() ? node.getUserObject().getIdentifier() : "",
                  children));
        });
    return objects;
  }

  /** All functions but the wrappers that the signatures are, and single traces of functions. */
  List<FunctionInfo> functions() {
    FunctionReader reader = new FunctionReader(graph);
    Set<Integer> traces = new HashSet<>();
    graph.getNodesList().stream()
        .filter(SavedObject::hasFunction)
        .flatMap(function -> function.getChildrenList().stream())
        .filter(child -> child.getLocalName().startsWith("trace_"))
        .forEach(child -> traces.add(child.getNodeId()));
    List<FunctionInfo> functions = new ArrayList<>();
    ObjectPaths.of(graph)
        .forEach((path, id) -> {
          if (!path.startsWith("signatures.")
              && !(traces.contains(id) && TRACE.matcher(path).find())) {
            reader.read(path, graph.getNodes(id)).ifPresent(functions::add);
          }
        });
    return functions;
  }

  List<VariableInfo> variables() {
    Optional<CheckpointBundle> bundle = checkpoint.map(Checkpoint::bundle);
    ObjectGraphVariables resolved = new ObjectGraphVariables(source, bundle);
    List<VariableInfo> variables = new ArrayList<>();
    ObjectPaths.of(graph)
        .forEach((path, id) -> {
          if (graph.getNodes(id).hasVariable()) {
            SavedVariable variable = graph.getNodes(id).getVariable();
            variables.add(variable(variable, path, resolved.keyOf(id)));
          }
        });
    return variables;
  }

  private VariableInfo variable(SavedVariable variable, String path, Optional<String> key) {
    DType dtype =
        DType.ofTfNumber(variable.getDtypeValue())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "variable '" + path + "' has type " + variable.getDtype()));
    return new VariableInfo(
        variable.getName(),
        path,
        TensorType.of(dtype, ArgumentValues.shape(variable.getShape())),
        variable.getTrainable(),
        key,
        "",
        key.flatMap(name -> checkpoint.flatMap(files -> files.find(name))));
  }

  /** The variable that a path leads to, be it the shortest or not. */
  Optional<VariableInfo> variable(String path) {
    return ObjectPaths.find(graph, path)
        .flatMap(id ->
            ObjectPaths.of(graph).entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst())
        .flatMap(
            shortest -> variables().stream().filter(v -> v.path().equals(shortest)).findFirst());
  }
}
