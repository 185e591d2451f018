package org.signet.emit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.BuiltinOp;
import org.signet.schema.catalog.OpUse;
import org.signet.schema.tflite.OperatorCode;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The operator codes of a model file: one for each op, at the highest version that any of its uses
 * needs.
 */
final class OperatorCodes {
  /** {@code BuiltinOperator.CUSTOM}. */
  private static final int CUSTOM = 32;

  private final Map<OpKey, Integer> versions = new TreeMap<>();

  private final Set<Use> uses = new HashSet<>();

  /** The place of each in the file; empty until all uses are known. */
  private final Map<OpKey, Integer> indexes = new HashMap<>();

  void use(Node node) {
    if (uses.add(Use.of(node))) {
      int version = 1;
      if (node.op().isBuiltin()) {
        version = BuiltinCatalog.standard().get(node.op().name()).version(opUse(node));
      }
      versions.merge(node.op(), version, Math::max);
      indexes.clear();
    }
  }

  /** All that the version of an op depends on; many nodes have it in common. */
  private record Use(
      OpKey op,
      Attributes attributes,
      List<Optional<TensorType>> operands,
      List<TensorType> results) {
    static Use of(Node node) {
      List<Optional<TensorType>> operands = new ArrayList<>(node.operands().size());
      for (Value operand : node.operands()) {
        operands.add(operand.isPresent() ? Optional.of(operand.type()) : Optional.empty());
      }
      return new Use(node.op(), node.attributes(), operands, node.resultTypes());
    }
  }

  private static OpUse opUse(Node node) {
    List<Optional<OpUse.Operand>> inputs = new ArrayList<>();
    for (Value operand : node.operands()) {
      inputs.add(operand.isPresent() ? Optional.of(operand(operand.type())) : Optional.empty());
    }
    List<OpUse.Operand> outputs = node.resultTypes().stream().map(OperatorCodes::operand).toList();
    return new OpUse(inputs, outputs, node.attributes().asMap());
  }

  private static OpUse.Operand operand(TensorType type) {
    List<Integer> dims = new ArrayList<>();
    Shape shape = type.shape();
    for (int i = 0; shape.hasRank() && i < shape.rank(); i++) {
      dims.add(shape.dim(i));
    }
    return new OpUse.Operand(type.dtype().name(), dims, type.quantization().scales(), false);
  }

  int indexOf(OpKey op) {
    if (indexes.isEmpty()) {
      versions.keySet().forEach(key -> indexes.put(key, indexes.size()));
    }
    return indexes.getOrDefault(op, -1);
  }

  /** The oldest runtime that has every builtin at its version; empty if there are none. */
  String minimumRuntime() {
    String highest = "";
    for (Map.Entry<OpKey, Integer> entry : versions.entrySet()) {
      if (entry.getKey().isBuiltin()) {
        String runtime =
            BuiltinCatalog.standard()
                .get(entry.getKey().name())
                .minRuntime(entry.getValue())
                .orElse("");
        if (!runtime.isEmpty()
            && (highest.isEmpty() || BuiltinCatalog.RUNTIME_ORDER.compare(runtime, highest) > 0)) {
          highest = runtime;
        }
      }
    }
    return highest;
  }

  int[] write(FlatBufferBuilder builder) {
    int[] codes = new int[versions.size()];
    int count = 0;
    for (Map.Entry<OpKey, Integer> entry : versions.entrySet()) {
      codes[count++] = write(builder, entry.getKey(), entry.getValue());
    }
    return codes;
  }

  private static int write(FlatBufferBuilder builder, OpKey op, int version) {
    if (op.isBuiltin()) {
      BuiltinOp builtin = BuiltinCatalog.standard().get(op.name());
      return OperatorCode.createOperatorCode(
          builder, (byte) builtin.deprecatedCode(), 0, version, builtin.code());
    }
    int name = builder.createString(op.toString());
    return OperatorCode.createOperatorCode(builder, (byte) CUSTOM, name, version, CUSTOM);
  }
}
