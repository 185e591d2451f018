package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.signet.api.ConversionOptions;
import org.signet.reader.Checkpoint;
import org.signet.reader.CheckpointEntry;
import org.signet.reader.GraphFile;
import org.signet.reader.MetaGraph;
import org.signet.reader.SavedModel;
import org.signet.reader.SignatureInfo;

/** What {@code inspect} shows of a SavedModel, a file of one graph, or a checkpoint. */
final class SourceInspection {
  /** What a TF2 checkpoint says of itself. */
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private final Inspection inspection;

  SourceInspection(Inspection inspection) {
    this.inspection = inspection;
  }

  /** Every MetaGraph, or the one whose tags are given. */
  void savedModel(SavedModel model, ConversionOptions options) {
    List<MetaGraph> graphs =
        options.tags().isEmpty() ? model.metaGraphs() : List.of(model.metaGraph(options.tags()));
    inspection.line("SavedModel " + model.directory());
    inspection.put("kind", "saved_model");
    inspection.gap();
    List<Object> all = new ArrayList<>();
    for (MetaGraph graph : graphs) {
      inspection.line("MetaGraph '" + String.join(",", graph.tags()) + "'" + version(graph));
      inspection.gap();
      List<SignatureInfo> declared =
          options.functions().isEmpty()
              ? List.copyOf(graph.signatures().values())
              : SourceSignatures.made(options.withTags(graph.tags()));
      Map<String, Object> members =
          metaGraph(graph, declared, withTags(options, graph.tags(), graphs.size()));
      all.add(members);
    }
    inspection.put("meta_graphs", all);
    if (inspection.wants(InspectSection.SIGNATURES) && all.getFirst() instanceof Map<?, ?> first) {
      for (String member : List.of("signatures", "blockers", "source_bytes", "model_bytes")) {
        if (first.containsKey(member)) {
          inspection.put(member, first.get(member));
        }
      }
    }
    model.checkpoint().ifPresent(files -> show(files, graphs));
  }

  /** The checkpoint, and what it holds besides variables: tables, an optimizer's state. */
  private void show(Checkpoint checkpoint, List<MetaGraph> graphs) {
    summary(checkpoint);
    if (!inspection.wants(InspectSection.VARIABLES)) {
      return;
    }
    Set<String> others = new TreeSet<>(checkpoint.keys());
    others.remove(OBJECT_GRAPH);
    for (MetaGraph graph : graphs) {
      graph.variables().forEach(variable -> variable.key().ifPresent(others::remove));
    }
    inspection.gap();
    inspection.table(
        "other tensors of the checkpoint", others.stream().map(key -> new String[] {key}).toList());
    inspection.put("other_tensors", others);
  }

  /** No tags at all can't be asked for, and need not where there is but one MetaGraph. */
  private static ConversionOptions withTags(
      ConversionOptions options, Set<String> tags, int graphs) {
    return graphs == 1 ? options : options.withTags(tags);
  }

  private static String version(MetaGraph graph) {
    return graph.tensorflowVersion().isEmpty() ? "" : ", TensorFlow " + graph.tensorflowVersion();
  }

  /** A GraphDef or MetaGraphDef. */
  void graphFile(GraphFile file, ConversionOptions options) {
    MetaGraph graph = file.graph();
    String kind = file.isMetaGraph() ? "MetaGraphDef " : "GraphDef ";
    inspection.line(kind + file.file() + version(graph) + ", " + graph.nodes().size() + " nodes");
    inspection.gap();
    inspection.put("kind", file.isMetaGraph() ? "meta_graph" : "graph_def");
    List<SignatureInfo> declared =
        options.endpoints().isEmpty()
            ? List.copyOf(graph.signatures().values())
            : SourceSignatures.made(options);
    metaGraph(graph, declared, options).forEach(inspection::put);
    file.checkpoint().ifPresent(files -> show(files, List.of(graph)));
  }

  private Map<String, Object> metaGraph(
      MetaGraph graph, List<SignatureInfo> declared, ConversionOptions options) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (inspection.wants(InspectSection.SIGNATURES)) {
      SourceSignatures signatures = SourceSignatures.of(declared, options);
      if (declared.isEmpty()) {
        inspection.line(
            graph.hasObjectGraph()
                ? "no signatures; functions can be converted with --function"
                : "no signatures; tensors make one with --feeds and --fetches");
        inspection.gap();
      }
      signatures.show(inspection);
      signatures.putInto(members);
    }
    new MetaGraphText(graph, inspection).show();
    members.putAll(MetaGraphJson.of(graph, inspection));
    return members;
  }

  private void summary(Checkpoint checkpoint) {
    inspection.put(
        "checkpoint",
        MetaGraphJson.ordered(
            "prefix", checkpoint.prefix().toString(),
            "tensors", checkpoint.keys().size(),
            "shards", checkpoint.shards()));
    if (inspection.wants(InspectSection.VARIABLES)) {
      inspection.line(
          "checkpoint "
              + checkpoint.prefix()
              + " of "
              + checkpoint.keys().size()
              + " tensors in "
              + checkpoint.shards()
              + (checkpoint.shards() == 1 ? " file" : " files"));
    }
  }

  /** A checkpoint by itself. */
  void checkpoint(Path prefix) {
    try (Checkpoint checkpoint = Checkpoint.open(prefix)) {
      summary(checkpoint);
      inspection.gap();
      List<String[]> rows = new ArrayList<>();
      List<Object> tensors = new ArrayList<>();
      for (String key : checkpoint.keys()) {
        checkpoint
            .entry(key)
            .ifPresent(entry -> {
              rows.add(row(entry));
              tensors.add(json(entry));
            });
      }
      inspection.table("tensors", rows);
      inspection.put("kind", "checkpoint");
      inspection.put("tensors", tensors);
    }
  }

  private static String[] row(CheckpointEntry entry) {
    boolean sliced = !entry.slices().isEmpty();
    return new String[] {
      entry.key(),
      entry.type().toString(),
      sliced ? "in " + entry.slices().size() + " slices" : Sizes.bytes(entry.bytes()),
    };
  }

  private static Map<String, Object> json(CheckpointEntry entry) {
    Map<String, Object> members = MetaGraphJson.ordered("key", entry.key());
    members.putAll(ConversionJson.type(entry.type()));
    members.put("bytes", entry.bytes());
    members.put("shard", entry.shard());
    members.put("slices", entry.slices());
    return members;
  }
}
