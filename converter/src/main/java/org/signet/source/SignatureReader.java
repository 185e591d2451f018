package org.signet.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * Reads the signatures of a MetaGraph in the order in which they were declared, as far as the file
 * tells it: keys are the children of the object graph's {@code signature_map}, inputs the operands
 * of the call inside the signature's wrapper function, outputs {@code output_N} by number and all
 * others by name.
 */
public final class SignatureReader {
  private static final String SIGNATURES = "signatures";
  private static final Pattern NUMBERED = Pattern.compile("(output_)(\\d{1,9})");

  private final MetaGraphDef metaGraph;
  private final Map<String, SourceNode> nodes;
  private final Map<String, SourceFunction> functions;

  public SignatureReader(
      MetaGraphDef metaGraph,
      Map<String, SourceNode> nodes,
      Map<String, SourceFunction> functions) {
    this.metaGraph = metaGraph;
    this.nodes = nodes;
    this.functions = functions;
  }

  List<SourceSignature> read() {
    return keys().stream()
        .map(key -> signature(key, metaGraph.getSignatureDefOrThrow(key)))
        .toList();
  }

  /** The keys of all signatures but the one that names the init op, in declared order. */
  public List<String> keys() {
    Map<String, SignatureDef> definitions = metaGraph.getSignatureDefMap();
    Set<String> keys = new LinkedHashSet<>(declaredKeys());
    keys.retainAll(definitions.keySet());
    definitions.keySet().stream().sorted().forEach(keys::add);
    return keys.stream()
        .filter(key -> {
          SignatureDef definition = metaGraph.getSignatureDefOrThrow(key);
          return !definition.getMethodName().isEmpty() || !key.startsWith("__saved_model_");
        })
        .toList();
  }

  private List<String> declaredKeys() {
    SavedObjectGraph graph = metaGraph.getObjectGraphDef();
    if (graph.getNodesCount() == 0) {
      return List.of();
    }
    for (ObjectReference child : graph.getNodes(0).getChildrenList()) {
      if (child.getLocalName().equals(SIGNATURES) && child.getNodeId() < graph.getNodesCount()) {
        SavedObject map = graph.getNodes(child.getNodeId());
        return map.getChildrenList().stream().map(ObjectReference::getLocalName).toList();
      }
    }
    return List.of();
  }

  /**
   * One signature.
   *
   * @throws SignetException UNSUPPORTED_SOURCE if it has a tensor of several parts
   */
  public SourceSignature signature(String key, SignatureDef definition) {
    List<Endpoint> inputs = endpoints(key, definition.getInputsMap());
    List<Endpoint> outputs = endpoints(key, definition.getOutputsMap());
    inputs.sort(inputOrder(outputs));
    outputs.sort((a, b) -> compareOutputs(a.name(), b.name()));
    return new SourceSignature(key, definition.getMethodName(), inputs, outputs);
  }

  private static List<Endpoint> endpoints(String key, Map<String, TensorInfo> infos) {
    List<Endpoint> endpoints = new ArrayList<>();
    infos.forEach((name, info) -> {
      if (info.getEncodingCase() != TensorInfo.EncodingCase.NAME) {
        throw new SignetException(
            Diagnostic.error(
                    Code.UNSUPPORTED_SOURCE,
                    "'" + name + "' is a " + info.getEncodingCase() + " tensor, of several parts",
                    "give the signature its parts as inputs and outputs of their own")
                .at(new Origin(key, "", "")));
      }
      DType dtype =
          DType.ofTfNumber(info.getDtypeValue())
              .orElseThrow(() ->
                  SignetException.of(
                      Code.UNSUPPORTED_SOURCE,
                      "'"
                          + name
                          + "' of signature '"
                          + key
                          + "' has the unknown type "
                          + info.getDtype()));
      TensorName.parse(info.getName()); // fails here rather than when the graph is made
      endpoints.add(
          new Endpoint(name, info.getName(), TensorType.of(dtype, shape(info.getTensorShape()))));
    });
    return endpoints;
  }

  /** A proto's shape; sizes that no tensor can have count as unknown. */
  public static Shape shape(TensorShapeProto proto) {
    if (proto.getUnknownRank()) {
      return Shape.unknownRank();
    }
    return Shape.of(
        proto.getDimList().stream()
            .mapToInt(dim ->
                dim.getSize() < 0 || dim.getSize() > Integer.MAX_VALUE
                    ? Shape.UNKNOWN
                    : (int) dim.getSize())
            .toArray());
  }

  /**
   * By position among the operands of the wrapper's inner call; those that are not among them last,
   * by name.
   */
  private Comparator<Endpoint> inputOrder(List<Endpoint> outputs) {
    Map<String, Integer> position = new HashMap<>();
    outputs.stream()
        .map(output -> nodes.get(TensorName.parse(output.tensor()).node()))
        .filter(call -> call != null && functions.containsKey(call.attributes().function("f")))
        .findFirst()
        .ifPresent(call -> callOrder(call).forEach((node, i) -> position.putIfAbsent(node, i)));
    ToIntFunction<Endpoint> at =
        input -> position.getOrDefault(TensorName.parse(input.tensor()).node(), Integer.MAX_VALUE);
    return (a, b) -> {
      int order = Integer.compare(at.applyAsInt(a), at.applyAsInt(b));
      return order != 0 ? order : a.name().compareTo(b.name());
    };
  }

  /**
   * For each node that feeds {@code call}, its position among the operands of the call inside the
   * function called.
   */
  private Map<String, Integer> callOrder(SourceNode call) {
    SourceFunction wrapper = functions.get(call.attributes().function("f"));
    Map<String, Integer> order = new HashMap<>();
    if (wrapper == null) {
      return order;
    }
    Map<String, String> feeds = new HashMap<>();
    for (int i = 0; i < wrapper.signature().getInputArgCount() && i < call.inputs().size(); i++) {
      feeds.put(
          wrapper.signature().getInputArg(i).getName(),
          TensorName.parse(call.inputs().get(i)).node());
    }
    wrapper.nodes().stream()
        .filter(node -> node.op().endsWith("PartitionedCall"))
        .findFirst()
        .ifPresent(inner -> {
          for (int i = 0; i < inner.inputs().size(); i++) {
            String feed = feeds.get(TensorName.parse(inner.inputs().get(i)).node());
            if (feed != null) {
              order.putIfAbsent(feed, i);
            }
          }
        });
    return order;
  }

  /** {@code output_2} before {@code output_10}, all others by name. */
  static int compareOutputs(String a, String b) {
    Matcher numberedA = NUMBERED.matcher(a);
    Matcher numberedB = NUMBERED.matcher(b);
    boolean isA = numberedA.matches();
    boolean isB = numberedB.matches();
    int byPrefix = (isA ? numberedA.group(1) : a).compareTo(isB ? numberedB.group(1) : b);
    if (byPrefix != 0 || !isA || !isB) {
      return byPrefix != 0 ? byPrefix : a.compareTo(b);
    }
    int byNumber =
        Integer.compare(Integer.parseInt(numberedA.group(2)), Integer.parseInt(numberedB.group(2)));
    return byNumber != 0 ? byNumber : a.compareTo(b);
  }
}
