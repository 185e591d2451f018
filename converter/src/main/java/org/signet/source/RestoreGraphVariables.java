package org.signet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.bundle.BundleTensor;
import org.signet.bundle.CheckpointBundle;
import org.signet.bundle.SliceSpec;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.tensor.Tensor;
import org.tensorflow.proto.SaverDef;

/**
 * The variables of a TF1 model, resolved through the graph that restores them: {@code RestoreV2}
 * names checkpoint keys, an assignment leads each of its results to a variable. Variables may be
 * saved under other names than their own, so names are asked only where the graph has no restore
 * op. Tables are found by the same ops. A part of a partitioned variable is restored from a part of
 * a tensor.
 */
public final class RestoreGraphVariables implements VariableReader {
  private static final Set<String> ASSIGNMENTS = Set.of("Assign", "AssignVariableOp");

  private final Map<String, SourceNode> nodes;
  private final Optional<CheckpointBundle> checkpoint;
  private final Map<String, String> keyOfVariable = new HashMap<>();
  private final Map<String, SliceSpec> sliceOfVariable = new HashMap<>();
  private final Map<String, String> keysOfTable = new HashMap<>();
  private final Map<String, String> valuesOfTable = new HashMap<>();
  private final Map<String, BundleTensor> parts = new HashMap<>();
  private final SharedVariables shared;

  public RestoreGraphVariables(
      SaverDef saver, Map<String, SourceNode> nodes, Optional<CheckpointBundle> checkpoint) {
    this.nodes = nodes;
    this.checkpoint = checkpoint;
    if (!saver.getRestoreOpName().isEmpty()) {
      follow(TensorName.parse(saver.getRestoreOpName()).node());
    } else {
      nodes.values().stream().filter(node -> restoresTable(node, nodes)).forEach(this::noteTable);
    }
    this.shared = new SharedVariables(nodes, this::isKnown);
  }

  private boolean isKnown(String node) {
    return keyOfVariable.containsKey(node)
        || (!keyOfVariable.containsValue(node)
            && checkpoint.flatMap(bundle -> bundle.find(node)).isPresent());
  }

  /** Visits everything that {@code restoreOp} depends on and notes its assignments. */
  private void follow(String restoreOp) {
    Set<String> seen = new HashSet<>();
    Deque<String> queue = new ArrayDeque<>(List.of(restoreOp));
    while (!queue.isEmpty()) {
      String name = queue.remove();
      SourceNode node = nodes.get(name);
      if (node == null || !seen.add(name)) {
        continue;
      }
      if (ASSIGNMENTS.contains(node.op()) && node.inputs().size() >= 2) {
        note(node);
      }
      if (restoresTable(node, nodes)) {
        noteTable(node);
      }
      node.inputs().forEach(input -> queue.add(TensorName.parse(input).node()));
    }
  }

  private void note(SourceNode assignment) {
    TensorName value = TensorName.parse(assignment.inputs().get(1));
    SourceNode producer = nodes.get(value.node());
    while (producer != null && producer.op().equals("Identity")) {
      value = TensorName.parse(producer.inputs().get(0));
      producer = nodes.get(value.node());
    }
    if (producer == null || !producer.op().equals("RestoreV2") || producer.inputs().size() < 3) {
      return;
    }
    Optional<String> key = stringConstant(producer.inputs().get(1), value.index());
    String variable = TensorName.parse(assignment.inputs().get(0)).node();
    key.ifPresent(found -> keyOfVariable.put(variable, found));
    stringConstant(producer.inputs().get(2), value.index())
        .filter(slice -> !slice.isEmpty())
        .ifPresent(slice -> sliceOfVariable.put(variable, new SliceSpec(slice)));
  }

  /**
   * Whether {@code node} fills a table with what a checkpoint holds, as a saver does when it
   * restores.
   */
  public static boolean restoresTable(SourceNode node, Map<String, SourceNode> nodes) {
    if (!node.op().startsWith("LookupTableImport") || node.inputs().size() < 3) {
      return false;
    }
    SourceNode producer = nodes.get(TensorName.parse(node.inputs().get(1)).node());
    return producer != null && producer.op().equals("RestoreV2");
  }

  private void noteTable(SourceNode filling) {
    Optional<String> keys = restored(filling.inputs().get(1));
    Optional<String> values = restored(filling.inputs().get(2));
    if (keys.isPresent() && values.isPresent()) {
      String table = TensorName.parse(filling.inputs().get(0)).node();
      keysOfTable.put(table, keys.get());
      valuesOfTable.put(table, values.get());
    }
  }

  /** The checkpoint key of what a tensor of the restore graph is read from. */
  private Optional<String> restored(String tensor) {
    TensorName value = TensorName.parse(tensor);
    SourceNode producer = nodes.get(value.node());
    return producer != null && producer.op().equals("RestoreV2") && producer.inputs().size() > 1
        ? stringConstant(producer.inputs().get(1), value.index())
        : Optional.empty();
  }

  @Override
  public Optional<TableContents> table(String node) {
    String keys = keysOfTable.get(node);
    String values = valuesOfTable.get(node);
    return keys == null || values == null
        ? Optional.empty()
        : TableKeys.read(checkpoint, keys, values);
  }

  private Optional<String> stringConstant(String tensor, int index) {
    SourceNode node = nodes.get(TensorName.parse(tensor).node());
    if (node == null || !node.op().equals("Const")) {
      return Optional.empty();
    }
    Tensor names = node.attributes().all().getTensor("value");
    return index < names.size() ? Optional.of(names.getString(index)) : Optional.empty();
  }

  @Override
  public Optional<BundleTensor> read(String node) {
    String variable = shared.representative(node);
    SliceSpec slice = sliceOfVariable.getOrDefault(variable, SliceSpec.WHOLE);
    Optional<BundleTensor> whole =
        key(variable).flatMap(key -> checkpoint.flatMap(bundle -> bundle.find(key)));
    return slice.isWhole()
        ? whole
        : whole.map(tensor -> parts.computeIfAbsent(variable, name -> part(name, tensor, slice)));
  }

  private static BundleTensor part(String variable, BundleTensor whole, SliceSpec slice) {
    return Malformed.guard(
        Code.MALFORMED_GRAPH,
        "variable '" + variable + "'",
        Origin.ofNode(variable),
        () -> slice.of(whole));
  }

  /**
   * The key of a variable in the checkpoint: what it is restored from; else its own name, unless
   * another is restored from that.
   */
  public Optional<String> key(String node) {
    String variable = shared.representative(node);
    String key = keyOfVariable.get(variable);
    return key != null || keyOfVariable.containsValue(variable)
        ? Optional.ofNullable(key)
        : Optional.of(variable);
  }

  /**
   * Which part of the checkpoint's tensor a variable is: {@code 10 4 0,3:-}; empty for all of it.
   */
  public String part(String node) {
    return sliceOfVariable.getOrDefault(shared.representative(node), SliceSpec.WHOLE).text();
  }

  /** The key, and which part of it if not the whole. */
  @Override
  public String describe(String node) {
    String variable = shared.representative(node);
    SliceSpec slice = sliceOfVariable.getOrDefault(variable, SliceSpec.WHOLE);
    String key = key(variable).orElse(variable + " (not restored)");
    return slice.isWhole() ? key : key + " (" + slice.text() + ")";
  }
}
