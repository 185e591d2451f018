package org.signet.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.bundle.BundleTensor;
import org.signet.op.Attributes;
import org.signet.source.RestoreGraphVariables;
import org.signet.source.SourceNode;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.SaverDef;

/** Reads the variables of a TF1 graph: the ops that hold them, and what a saver restores. */
final class GraphVariables {
  private static final Set<String> OPS =
      Set.of("Variable", "VariableV2", "VarHandleOp", "AutoReloadVariable");

  private final Map<String, SourceNode> nodes;
  private final RestoreGraphVariables restored;
  private final Optional<Checkpoint> checkpoint;

  GraphVariables(SaverDef saver, Map<String, SourceNode> nodes, Optional<Checkpoint> checkpoint) {
    this.nodes = nodes;
    this.checkpoint = checkpoint;
    this.restored = new RestoreGraphVariables(saver, nodes, checkpoint.map(Checkpoint::bundle));
  }

  List<VariableInfo> read() {
    List<VariableInfo> variables = new ArrayList<>();
    for (SourceNode node : nodes.values()) {
      if (OPS.contains(node.op())) {
        variables.add(variable(node));
      }
    }
    return variables;
  }

  private VariableInfo variable(SourceNode node) {
    String name = node.name();
    Optional<CheckpointEntry> entry =
        restored.key(name).flatMap(key -> checkpoint.flatMap(files -> files.entry(key)));
    String part = restored.part(name);
    TensorType type = type(node);
    return new VariableInfo(
        name,
        "",
        type,
        true,
        entry.map(CheckpointEntry::key),
        part,
        entry
            .filter(found -> part.isEmpty() || type.shape().isStatic())
            .map(found ->
                new StoredTensor(part.isEmpty() ? found.type() : type, () -> value(name))));
  }

  private BundleTensor value(String node) {
    return restored
        .read(node)
        .orElseThrow(() -> new IllegalStateException(node + " is not in the checkpoint"));
  }

  private static TensorType type(SourceNode node) {
    Attributes attributes = node.attributes().all();
    Shape shape =
        attributes
            .find("shape")
            .filter(Shape.class::isInstance)
            .map(Shape.class::cast)
            .orElse(Shape.unknownRank());
    DType dtype = attributes.has("dtype") ? attributes.getType("dtype") : DType.RESOURCE;
    return TensorType.of(dtype, shape);
  }
}
