package org.signet.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.diag.SourceLine;
import org.tensorflow.proto.GraphDebugInfo;
import org.tensorflow.proto.GraphDebugInfo.FileLineCol;
import org.tensorflow.proto.GraphDebugInfo.StackTrace;
import org.tensorflow.proto.NodeDef.ExperimentalDebugInfo;

/**
 * The lines of the program behind a model's nodes, as a SavedModel records them if it was saved
 * with {@code SaveOptions(save_debug_info=True)}. Nothing is read until something is to be told of
 * a node.
 */
public final class SourceLines {
  private final SourceModel source;
  private final Map<String, Map<String, SourceNode>> bodies = new HashMap<>();
  private Optional<GraphDebugInfo> traces = Optional.empty();

  public SourceLines(SourceModel source) {
    this.source = source;
  }

  /** What {@code action} gives; if it fails, the lines are told. */
  public <T> T locating(Supplier<T> action) {
    try {
      return action.get();
    } catch (SignetException e) {
      throw e.located(this::located);
    }
  }

  /** The diagnostics with the lines of their nodes. */
  public List<Diagnostic> located(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(d -> d.at(located(d.origin()))).toList();
  }

  private Origin located(Origin origin) {
    return origin.node().isEmpty() ? origin : line(origin).map(origin::withLine).orElse(origin);
  }

  private Optional<SourceLine> line(Origin origin) {
    GraphDebugInfo known = traces();
    return trace(known, origin.node(), origin.function())
        .or(() -> node(origin).flatMap(node -> originalTrace(known, node)))
        .flatMap(trace -> line(known, trace));
  }

  private GraphDebugInfo traces() {
    if (traces.isEmpty()) {
      Path file = source.path().resolve("debug").resolve("saved_model_debug_info.pb");
      traces = Optional.of(Files.isRegularFile(file) ? read(file) : none());
    }
    return traces.get();
  }

  private static GraphDebugInfo none() {
    return GraphDebugInfo.getDefaultInstance();
  }

  /** What is wrong with the traces is no reason to say less of the model. */
  private static GraphDebugInfo read(Path file) {
    try {
      return ProtoFiles.read(file, GraphDebugInfo.newBuilder()).build();
    } catch (SignetException e) {
      return none();
    }
  }

  private Optional<SourceNode> node(Origin origin) {
    Map<String, SourceNode> nodes =
        origin.function().isEmpty()
            ? source.nodes()
            : bodies.computeIfAbsent(
                origin.function(),
                name ->
                    Optional.ofNullable(source.functions().get(name))
                        .map(SourceFunction::nodesByName)
                        .orElse(Map.of()));
    return Optional.ofNullable(nodes.get(origin.node()));
  }

  /** The trace of the nodes that TensorFlow made this one of. */
  private static Optional<StackTrace> originalTrace(GraphDebugInfo known, SourceNode node) {
    ExperimentalDebugInfo names = node.origin();
    for (int i = 0; i < names.getOriginalNodeNamesCount(); i++) {
      String function = i < names.getOriginalFuncNamesCount() ? names.getOriginalFuncNames(i) : "";
      Optional<StackTrace> trace = trace(known, names.getOriginalNodeNames(i), function);
      if (trace.isPresent()) {
        return trace;
      }
    }
    return Optional.empty();
  }

  private static Optional<StackTrace> trace(GraphDebugInfo known, String node, String function) {
    for (String key : List.of(node + "@" + function, node)) {
      if (known.containsNameToTraceId(key)) {
        long id = known.getNameToTraceIdOrThrow(key);
        return Optional.ofNullable(known.getTracesByIdMap().get(id));
      }
      // As TensorFlow recorded them before 2.14.
      if (known.containsTraces(key)) {
        return Optional.of(known.getTracesOrThrow(key));
      }
    }
    return Optional.empty();
  }

  /** The innermost line that is not a library's; frames are recorded from the outermost inwards. */
  private static Optional<SourceLine> line(GraphDebugInfo known, StackTrace trace) {
    Optional<SourceLine> innermost = Optional.empty();
    boolean own = false;
    for (FileLineCol frame : frames(known, trace)) {
      if (frame.getFileIndex() >= 0 && frame.getFileIndex() < known.getFilesCount()) {
        String file = known.getFiles(frame.getFileIndex());
        if (!isLibrary(file) || !own) {
          innermost = Optional.of(new SourceLine(file, frame.getLine(), frame.getFunc()));
        }
        own |= !isLibrary(file);
      }
    }
    return innermost;
  }

  private static List<FileLineCol> frames(GraphDebugInfo known, StackTrace trace) {
    return trace.getFileLineColsCount() > 0
        ? trace.getFileLineColsList()
        : trace.getFrameIdList().stream()
            .map(id -> known.getFramesByIdOrDefault(id, FileLineCol.getDefaultInstance()))
            .toList();
  }

  private static boolean isLibrary(String file) {
    return file.contains("/site-packages/")
        || file.contains("/dist-packages/")
        || file.contains("\\site-packages\\")
        || file.startsWith("<");
  }
}
