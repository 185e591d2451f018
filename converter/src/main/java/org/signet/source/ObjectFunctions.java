package org.signet.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.Attributes.FunctionRef;
import org.signet.op.flex.NodeDefs;
import org.signet.type.TensorType;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;

/**
 * Makes signatures of functions of the object graph. For each one the main graph gets a placeholder
 * per argument, a handle per captured variable, and a call; all else then goes as for a signature.
 */
final class ObjectFunctions {
  private static final String DEFAULT_KEY = "serving_default";
  private static final Pattern TRACE = Pattern.compile("(.+)\\.trace_\\d+");

  private final SourceGraph source;
  private final SavedObjectGraph graph;
  private final ObjectGraphVariables variables;
  private final Map<String, SourceNode> nodes;

  ObjectFunctions(SourceGraph source, ObjectGraphVariables variables) {
    this.source = source;
    this.graph = source.metaGraph().getObjectGraphDef();
    this.variables = variables;
    this.nodes = new LinkedHashMap<>(source.nodes());
  }

  /** The main graph's nodes with those that were added. */
  Map<String, SourceNode> nodes() {
    return nodes;
  }

  /**
   * @throws SignetException if a path leads to no function, a trace must be chosen, or two
   *     functions would have the same key
   */
  List<SourceSignature> signatures(List<FunctionRequest> requests) {
    List<SourceSignature> signatures = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (FunctionRequest request : requests) {
      String key = request.key();
      if (key.isEmpty()) {
        key = requests.size() == 1 ? DEFAULT_KEY : request.lastSegment();
      }
      if (!keys.add(key)) {
        throw SignetException.of(
            Code.NO_SUCH_FUNCTION,
            "two functions would have the signature key '" + key + "'",
            "name them with --function KEY=PATH");
      }
      signatures.add(signature(key, concreteFunction(request)));
    }
    return signatures;
  }

  /** The traces of every function that a path leads to, by path. */
  static Map<String, List<String>> traces(SavedObjectGraph graph) {
    Map<String, List<String>> found = new TreeMap<>();
    ObjectPaths.of(graph)
        .forEach((path, node) -> {
          List<String> names = tracesOf(graph.getNodes(node));
          if (!names.isEmpty() && !path.startsWith("signatures")) {
            found.put(path, names);
          }
        });
    // A function's traces are its children, too.
    Set<String> functions = Set.copyOf(found.keySet());
    found
        .keySet()
        .removeIf(path -> {
          Matcher trace = TRACE.matcher(path);
          return trace.matches() && functions.contains(trace.group(1));
        });
    return found;
  }

  private static List<String> tracesOf(SavedObject node) {
    return switch (node.getKindCase()) {
      case FUNCTION -> node.getFunction().getConcreteFunctionsList();
      case BARE_CONCRETE_FUNCTION ->
          List.of(node.getBareConcreteFunction().getConcreteFunctionName());
      default -> List.of();
    };
  }

  private String concreteFunction(FunctionRequest request) {
    Optional<Integer> node = ObjectPaths.find(graph, request.path());
    List<String> traces = node.map(id -> tracesOf(graph.getNodes(id))).orElse(List.of());
    if (traces.isEmpty()) {
      Map<String, List<String>> all = traces(graph);
      throw SignetException.of(
          Code.NO_SUCH_FUNCTION,
          source.path()
              + " has no function '"
              + request.path()
              + "'; there are: "
              + (all.isEmpty() ? "none" : String.join(", ", all.keySet())));
    }
    if (request.index().isEmpty() && traces.size() > 1) {
      throw SignetException.of(
          Code.NO_SUCH_FUNCTION,
          "function '" + request.path() + "' has " + traces.size() + " traces",
          "choose one with --function " + request.path() + "#INDEX, from 0");
    }
    int index = request.index().orElse(0);
    if (index < 0 || index >= traces.size()) {
      throw SignetException.of(
          Code.NO_SUCH_FUNCTION,
          "function '"
              + request.path()
              + "' has no trace #"
              + index
              + "; there are: "
              + IntStream.range(0, traces.size())
                  .mapToObj(trace -> "#" + trace)
                  .collect(Collectors.joining(", ")));
    }
    return traces.get(index);
  }

  private SourceSignature signature(String key, String functionName) {
    SourceFunction function = source.functions().get(functionName);
    SavedConcreteFunction concrete = graph.getConcreteFunctionsMap().get(functionName);
    if (function == null || concrete == null) {
      throw SignetException.of(
          Code.MALFORMED_GRAPH, "the library has no function '" + functionName + "'");
    }
    String call = unique(key + "_call");
    List<String> operands = new ArrayList<>();
    List<Endpoint> inputs = new ArrayList<>();
    List<TensorType> types = FunctionTypes.inputs(function, concrete);
    for (int i = 0; i < types.size(); i++) {
      String name = function.signature().getInputArg(i).getName();
      String placeholder = placeholder(key + "_" + name, types.get(i));
      operands.add(placeholder);
      inputs.add(new Endpoint(name, placeholder + ":0", types.get(i)));
    }
    for (int bound : concrete.getBoundInputsList()) {
      operands.add(capture(bound));
    }
    nodes.put(call, call(call, functionName, operands));
    return new SourceSignature(key, "", inputs, outputs(function, concrete, call));
  }

  private static SourceNode call(String name, String function, List<String> operands) {
    FunctionRef called = new FunctionRef(function, Attributes.NONE);
    return new SourceNode(name, "StatefulPartitionedCall", operands, Attributes.of("f", called));
  }

  private static List<Endpoint> outputs(
      SourceFunction function, SavedConcreteFunction concrete, String call) {
    List<FunctionTypes.Leaf> leaves =
        FunctionTypes.leaves(concrete.getOutputSignature(), "output_");
    List<Endpoint> outputs = new ArrayList<>();
    for (int i = 0; i < leaves.size() && i < function.signature().getOutputArgCount(); i++) {
      outputs.add(new Endpoint(leaves.get(i).name(), call + ":" + i, leaves.get(i).type()));
    }
    return outputs;
  }

  private String placeholder(String wanted, TensorType type) {
    String name = unique(wanted);
    Attributes attributes = Attributes.of("dtype", type.dtype());
    nodes.put(name, new SourceNode(name, "Placeholder", List.of(), attributes));
    return name;
  }

  /** The main graph's node for what a function has captured. */
  private String capture(int id) {
    if (id < 0 || id >= graph.getNodesCount()) {
      throw SignetException.of(
          Code.MALFORMED_GRAPH, "a function captures node " + id + ", which there is not");
    }
    SavedObject object = graph.getNodes(id);
    return switch (object.getKindCase()) {
      case CONSTANT -> object.getConstant().getOperation();
      case VARIABLE -> handle(id, object.getVariable());
      case ASSET -> asset(object.getAsset().getAssetFileDefIndex());
      case RESOURCE -> variables.handleOf(id).orElseGet(() -> created(id, object));
      default ->
          throw SignetException.of(
              Code.UNSUPPORTED_SOURCE,
              "a function captures a "
                  + object.getKindCase()
                  + ", which has no place in a model file yet");
    };
  }

  private String asset(int index) {
    if (index < 0 || index >= source.metaGraph().getAssetFileDefCount()) {
      throw SignetException.of(Code.MALFORMED_GRAPH, "there is no asset " + index);
    }
    return Assets.node(source.metaGraph().getAssetFileDef(index));
  }

  /** A call of the function that makes a resource which the main graph does not use. */
  private String created(int id, SavedObject resource) {
    String creator =
        resource.getChildrenList().stream()
            .filter(child -> child.getLocalName().equals("_create_resource"))
            .map(child -> tracesOf(graph.getNodes(child.getNodeId())))
            .flatMap(List::stream)
            .findFirst()
            .orElseThrow(() ->
                SignetException.of(
                    Code.UNSUPPORTED_SOURCE,
                    "a function captures a resource that no function of the model makes"));
    String name = "captured_resource_" + id;
    if (!nodes.containsKey(name)) {
      nodes.put(name, call(name, creator, List.of()));
      variables.bind(name, id);
    }
    return name;
  }

  private String handle(int id, SavedVariable variable) {
    String name = "captured_variable_" + id;
    if (!nodes.containsKey(name)) {
      AttrValue dtype = AttrValue.newBuilder().setTypeValue(variable.getDtypeValue()).build();
      AttrValue shape = AttrValue.newBuilder().setShape(variable.getShape()).build();
      Attributes attributes =
          Attributes.of("dtype", NodeDefs.value(dtype), "shape", NodeDefs.value(shape));
      nodes.put(name, new SourceNode(name, "VarHandleOp", List.of(), attributes));
      variables.bind(name, id);
    }
    return name;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; nodes.containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
