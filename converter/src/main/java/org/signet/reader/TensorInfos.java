package org.signet.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.diag.SignetException;
import org.signet.source.Endpoint;
import org.signet.source.SignatureReader;
import org.signet.source.SourceSignature;
import org.signet.source.TensorName;
import org.signet.type.DType;
import org.signet.type.TensorType;
import org.tensorflow.proto.SignatureDef;

/** Reads what a signature says of its tensors. */
final class TensorInfos {
  /** Ops that TensorFlow adds for each variable. */
  private static final Set<String> READS =
      Set.of("ReadVariableOp", "VarIsInitializedOp", "IsVariableInitialized");

  private TensorInfos() {}

  /**
   * A signature in its declared order; by name if it has parts that can't be converted, which are
   * shown all the same.
   */
  static SignatureInfo signature(String key, SignatureDef definition, SignatureReader reader) {
    try {
      SourceSignature signature = reader.signature(key, definition);
      return new SignatureInfo(
          key, signature.method(), all(signature.inputs()), all(signature.outputs()));
    } catch (SignetException | NumberFormatException e) {
      return new SignatureInfo(
          key,
          definition.getMethodName(),
          all(definition.getInputsMap()),
          all(definition.getOutputsMap()));
    }
  }

  private static List<TensorInfo> all(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(endpoint -> new TensorInfo(endpoint.name(), endpoint.tensor(), endpoint.type()))
        .toList();
  }

  private static List<TensorInfo> all(Map<String, org.tensorflow.proto.TensorInfo> protos) {
    List<TensorInfo> infos = new ArrayList<>();
    new TreeMap<>(protos)
        .forEach((name, proto) -> {
          DType dtype = DType.ofTfNumber(proto.getDtypeValue()).orElse(DType.VARIANT);
          infos.add(
              new TensorInfo(
                  name,
                  name(proto),
                  TensorType.of(dtype, ArgumentValues.shape(proto.getTensorShape()))));
        });
    return infos;
  }

  private static String name(org.tensorflow.proto.TensorInfo proto) {
    return switch (proto.getEncodingCase()) {
      case COO_SPARSE -> {
        var sparse = proto.getCooSparse();
        yield String.join(
            ",",
            sparse.getIndicesTensorName(),
            sparse.getValuesTensorName(),
            sparse.getDenseShapeTensorName());
      }
      case COMPOSITE_TENSOR ->
          String.join(
              ",",
              proto.getCompositeTensor().getComponentsList().stream()
                  .map(TensorInfos::name)
                  .toList());
      default -> proto.getName();
    };
  }

  /** The placeholders of a graph, which feeds can replace. */
  static List<TensorInfo> placeholders(List<GraphNode> nodes) {
    return nodes.stream()
        .filter(node -> node.op().startsWith("Placeholder") && !GraphNodes.outputs(node).isEmpty())
        .map(TensorInfos::tensor)
        .toList();
  }

  /** The results of nodes that no other node takes. */
  static List<TensorInfo> sinks(List<GraphNode> nodes) {
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> node.inputs().forEach(input -> used.add(TensorName.parse(input).node())));
    return nodes.stream()
        .filter(node -> !READS.contains(node.op()))
        .filter(node -> !used.contains(node.name()) && !GraphNodes.outputs(node).isEmpty())
        .map(TensorInfos::tensor)
        .sorted(Comparator.comparing(TensorInfo::name))
        .toList();
  }

  private static TensorInfo tensor(GraphNode node) {
    String name = node.name() + ":0";
    return new TensorInfo(name, name, GraphNodes.outputs(node).getFirst());
  }
}
