package org.signet.pass.tf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.Report;
import org.signet.diag.Severity;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.TfNodes;
import org.signet.op.flex.UpdateOp;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.ModelFiles;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** Imports the nodes of one signature, operands first. */
final class NodeImporter {
  /** Deeper calls are taken for endless recursion. */
  private static final int DEEPEST_CALL = 100;

  private static final Set<String> CALLS =
      Set.of("PartitionedCall", "StatefulPartitionedCall", "TPUPartitionedCall");
  private static final Set<String> HANDLES =
      Set.of("VarHandleOp", "VariableV2", "Variable", "TemporaryVariable");
  private static final Set<String> REFERENCES =
      Set.of("VariableV2", "Variable", "TemporaryVariable");

  /** Ops that hand on operand 0 unchanged. */
  private static final Set<String> IDENTITIES =
      Set.of(
          "Identity",
          "StopGradient",
          "PreventGradient",
          "Snapshot",
          "DebugIdentity",
          "ReadVariableXlaSplitND");

  /** Ops that hand on operand 0 and check or print something besides. */
  private static final Set<String> CHECKED_IDENTITIES =
      Set.of("CheckNumerics", "CheckNumericsV2", "Print");

  /** Ops without results that only check, print or record. */
  private static final Set<String> DROPPED =
      Set.of(
          "Assert",
          "PrintV2",
          "WriteSummary",
          "WriteScalarSummary",
          "WriteHistogramSummary",
          "WriteImageSummary",
          "WriteAudioSummary",
          "WriteRawProtoSummary",
          "WriteGraphSummary");

  private static final Set<String> SILENT = Set.of("NoOp", "DisableCopyOnRead", "ControlTrigger");

  private final GraphBuilder builder;
  private final VariableValues variables;
  private final Tables tables;
  private final Report report;
  private final String signature;
  private final ModelFiles files;
  private final FunctionLibrary functions;
  private final Set<Value> references;

  NodeImporter(
      FunctionLibrary functions,
      GraphBuilder builder,
      VariableValues variables,
      Tables tables,
      ModelFiles files,
      Report report,
      String signature) {
    this(functions, builder, variables, tables, files, report, signature, new HashSet<>());
  }

  private NodeImporter(
      FunctionLibrary functions,
      GraphBuilder builder,
      VariableValues variables,
      Tables tables,
      ModelFiles files,
      Report report,
      String signature,
      Set<Value> references) {
    this.builder = builder;
    this.variables = variables;
    this.tables = tables;
    this.files = files;
    this.functions = functions;
    this.report = report;
    this.signature = signature;
    this.references = references;
  }

  /** An importer into another graph of the same signature. */
  NodeImporter nested(GraphBuilder inner) {
    return new NodeImporter(
        functions, inner, variables, tables, files, report, signature, references);
  }

  /** The functions that nodes may call. */
  FunctionLibrary functions() {
    return functions;
  }

  FunctionalControl control() {
    return new FunctionalControl(this, builder);
  }

  /** The results of a function of the library, its nodes imported here. */
  List<Value> call(String function, List<Value> operands, Origin origin, int depth) {
    Scope caller = new Scope(origin.function(), depth, Map.of(), Map.of(), new HashMap<>());
    return call(caller, function, operands, origin);
  }

  /** Values as tensors: references to variables are read. */
  List<Value> dereferenceAll(List<Value> values) {
    return values.stream().map(value -> dereference(value, Origin.NONE)).toList();
  }

  /** The same, but a variable that stands where {@code before} has one stays. */
  List<Value> dereferenceChanged(List<Value> values, List<Value> before) {
    List<Value> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean kept = i < before.size() && before.get(i) instanceof Value.Resource;
      read.add(kept ? values.get(i) : dereference(values.get(i), Origin.NONE));
    }
    return read;
  }

  /** The values of these tensors; references to variables are read. */
  List<Value> importTensors(Scope scope, List<String> tensors) {
    List<TensorName> names = tensors.stream().map(tensor -> parse(scope, tensor)).toList();
    importNodes(scope, names);
    List<Value> values = new ArrayList<>();
    for (TensorName name : names) {
      values.add(dereference(lookUp(scope, name), origin(scope, name.node())));
    }
    return values;
  }

  /** Imports nodes for what they do, in this order. */
  void importEffects(Scope scope, List<String> nodes) {
    importNodes(scope, nodes.stream().map(node -> new TensorName(node, "", 0, true)).toList());
  }

  /**
   * Imports the nodes behind {@code roots} and all they depend on, without recursion: chains may be
   * long.
   */
  private void importNodes(Scope scope, List<TensorName> roots) {
    Deque<String> stack = new ArrayDeque<>();
    Set<String> open = new HashSet<>();
    for (TensorName root : roots) {
      push(scope, root, stack);
      while (!stack.isEmpty()) {
        String name = stack.peek();
        if (scope.results().containsKey(name)) {
          stack.pop();
          continue;
        }
        NodeDef node = node(scope, name);
        if (open.add(name)) {
          for (String input : node.getInputList()) {
            TensorName operand = parse(scope, input);
            if (open.contains(operand.node()) && !scope.results().containsKey(operand.node())) {
              throw cycle(scope, operand.node());
            }
            push(scope, operand, stack);
          }
        } else {
          stack.pop();
          List<Value> results =
              Malformed.guard(
                  Code.MALFORMED_GRAPH,
                  "node '" + name + "'",
                  origin(scope, name),
                  () -> importNode(scope, node));
          scope.results().put(name, results);
        }
      }
    }
  }

  private static void push(Scope scope, TensorName tensor, Deque<String> stack) {
    boolean given = !tensor.control() && scope.given(tensor.node(), tensor.index()).isPresent();
    if (!given && !scope.results().containsKey(tensor.node())) {
      stack.push(tensor.node());
    }
  }

  private List<Value> importNode(Scope scope, NodeDef node) {
    Origin origin = origin(scope, node.getName());
    ElementTypes.requireKnown(node, origin);
    List<Value> operands = new ArrayList<>();
    for (String input : node.getInputList()) {
      TensorName operand = parse(scope, input);
      if (!operand.control()) {
        operands.add(lookUp(scope, operand));
      }
    }
    String op = node.getOp();
    Attributes attributes = attributes(node);
    if (CALLS.contains(op)) {
      return call(scope, attributes.getFunction("f").name(), operands, origin);
    }
    if (functions.has(op)) {
      return call(scope, op, operands, origin);
    }
    if (op.equals("Const")) {
      return List.of(builder.constant(node.getName(), attributes.getTensor("value")));
    }
    if (HANDLES.contains(op)) {
      return List.of(handle(node, attributes));
    }
    if (Tables.makes(op)) {
      String place = scope.isMain() ? node.getName() : scope.function() + "/" + node.getName();
      Attributes complete = withDefaults(node, attributes);
      return List.of(tables.make(op, complete, dereferenced(operands, origin), place, origin));
    }
    if (!operands.isEmpty() && tables.isTable(operands.getFirst()) && Tables.uses(op)) {
      Attributes complete = withDefaults(node, attributes);
      List<Value> read = dereferenced(operands, origin);
      return tables.apply(op, complete, read, builder, node.getName(), origin);
    }
    if (IDENTITIES.contains(op)) {
      return List.of(dereference(operands.getFirst(), origin));
    }
    if (op.equals("IdentityN")) {
      return operands.stream().map(operand -> dereference(operand, origin)).toList();
    }
    if (CHECKED_IDENTITIES.contains(op)) {
      dropped(op, origin);
      return List.of(operands.getFirst());
    }
    if (DROPPED.contains(op)) {
      dropped(op, origin);
      return List.of();
    }
    if (SILENT.contains(op)) {
      return List.of();
    }
    if (op.equals("Placeholder") || op.equals("PlaceholderV2")) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_GRAPH,
                  "the outputs need the placeholder '"
                      + node.getName()
                      + "', which is no input of the signature",
                  "add it to the signature's inputs")
              .at(origin));
    }
    if (op.equals("PlaceholderWithDefault")) {
      return List.of(operands.getFirst());
    }
    if (operands.stream().anyMatch(Value.Resource.class::isInstance)
        && !tables.isTable(operands.getFirst())) {
      Optional<List<Value>> results = onVariable(op, attributes, operands, node.getName(), origin);
      if (results.isPresent()) {
        return results.get();
      }
    }
    if (op.equals("ReadFile") && operands.size() == 1) {
      Optional<Tensor> path = builder.constantValue(operands.getFirst());
      if (path.isPresent() && path.get().size() == 1) {
        byte[][] content = {files.read(path.get().getString(0), origin)};
        return List.of(builder.constant(node.getName(), Tensor.wrap(DType.STRING, content)));
      }
    }
    return control()
        .importControl(op, attributes, operands, node.getName(), origin, scope.depth())
        .orElseGet(() -> plain(node, attributes, operands, origin));
  }

  /** The results of an op that reads or changes a variable. */
  private Optional<List<Value>> onVariable(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    return ResourceReads.importRead(op, attributes, operands, this::read, builder, name, origin)
        .or(() -> {
          // The first operands of an optimizer's step are variables, all of which it changes.
          int variablesFirst = UpdateOp.find(op).map(step -> step.variables().size()).orElse(1);
          List<Value> read = new ArrayList<>(operands.subList(0, variablesFirst));
          operands.stream()
              .skip(variablesFirst)
              .map(v -> dereference(v, origin))
              .forEach(read::add);
          return new StateWrites(builder, variables)
              .importWrite(op, attributes, read, name, origin);
        });
  }

  private List<Value> dereferenced(List<Value> operands, Origin origin) {
    return operands.stream().map(operand -> dereference(operand, origin)).toList();
  }

  private Attributes withDefaults(NodeDef node, Attributes attributes) {
    return functions
        .op(node.getOp())
        .map(definition -> TfNodes.withDefaults(definition, attributes))
        .orElse(attributes);
  }

  /** A node that stays a node. */
  private List<Value> plain(
      NodeDef node, Attributes attributes, List<Value> operands, Origin origin) {
    Optional<TfOpDef> definition = functions.op(node.getOp());
    if (definition.isEmpty()) {
      report.add(functions.unknownOp(node.getOp()).at(origin));
      return unknownResults(node, operands, origin);
    }
    boolean assigns = definition.get().inputs().stream().anyMatch(TfOpDef.ArgDef::ref);
    if (assigns && operands.stream().anyMatch(references::contains)) {
      // Nothing may read its result, and then nobody would miss it.
      report.add(
          Diagnostic.error(
                  Code.OP_NOT_CONVERTIBLE,
                  node.getOp() + " changes a variable in a way that has no place in a model file")
              .at(origin));
      return unknownResults(node, dereferenced(operands, origin), origin);
    }
    List<Value> read = dereferenced(operands, origin);
    Attributes complete = TfNodes.withDefaults(definition.get(), attributes);
    List<TensorType> types = TfNodes.resultTypes(definition.get(), complete);
    List<Shape> shapes = declaredShapes(node);
    List<TensorType> declared = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      declared.add(
          shapes.size() == types.size() ? types.get(i).withShape(shapes.get(i)) : types.get(i));
    }
    return builder.add(OpKey.tf(node.getOp()), complete, read, declared, node.getName(), origin);
  }

  /**
   * Results for a node that can't be imported, so that the import goes on and finds every other
   * blocker.
   */
  private List<Value> unknownResults(NodeDef node, List<Value> operands, Origin origin) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      types.add(TensorType.unranked(DType.VARIANT));
    }
    return builder.add(
        OpKey.tf(node.getOp()), Attributes.NONE, operands, types, node.getName(), origin);
  }

  private static List<Shape> declaredShapes(NodeDef node) {
    return node.containsAttr("_output_shapes")
        ? NodeDefs.attributes(Map.of("_output_shapes", node.getAttrOrThrow("_output_shapes")))
            .getList("_output_shapes", Shape.class)
        : List.of();
  }

  private List<Value> call(Scope scope, String name, List<Value> operands, Origin origin) {
    Optional<FunctionDef> known = functions.find(name);
    if (known.isEmpty() || known.get().getSignature().getInputArgCount() > operands.size()) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_GRAPH,
                  "the library has no function '"
                      + name
                      + "' to call with "
                      + operands.size()
                      + " operands")
              .at(origin));
    }
    if (scope.depth() >= DEEPEST_CALL) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_GRAPH,
                  "function '" + name + "' is called more than " + DEEPEST_CALL + " levels deep")
              .at(origin));
    }
    FunctionDef function = known.get();
    Map<String, Value> arguments = new HashMap<>();
    for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
      arguments.put(function.getSignature().getInputArg(i).getName(), operands.get(i));
    }
    Scope body = scope.call(name, functions.body(name), arguments);
    importEffects(body, effects(function));
    List<String> returned = new ArrayList<>();
    for (var output : function.getSignature().getOutputArgList()) {
      returned.add(function.getRetOrDefault(output.getName(), output.getName()));
    }
    List<TensorName> names = returned.stream().map(tensor -> parse(body, tensor)).toList();
    importNodes(body, names);
    return names.stream().map(tensor -> lookUp(body, tensor)).toList();
  }

  /** The nodes that a call runs for what they do, in the order in which they were made. */
  private static List<String> effects(FunctionDef function) {
    Set<String> named = Set.copyOf(function.getControlRetMap().values());
    return function.getNodeDefList().stream()
        .map(NodeDef::getName)
        .filter(named::contains)
        .toList();
  }

  private Value handle(NodeDef node, Attributes attributes) {
    Shape shape = attributes.find("shape").map(Shape.class::cast).orElse(Shape.unknownRank());
    TensorType content = TensorType.of(attributes.getType("dtype"), shape);
    Value.Resource resource =
        new Value.Resource(node.getName(), TensorType.of(DType.RESOURCE), content);
    if (REFERENCES.contains(node.getOp())) {
      references.add(resource);
    }
    return resource;
  }

  private Value read(Value handle, Origin origin) {
    return handle instanceof Value.Resource resource
        ? variables.read(resource, builder, origin)
        : handle;
  }

  /** The value of a TF1 reference variable; any other value as it is. */
  private Value dereference(Value value, Origin origin) {
    return references.contains(value) ? read(value, origin) : value;
  }

  private void dropped(String op, Origin origin) {
    report.add(
        new Diagnostic(
            Code.EFFECT_DROPPED,
            Severity.INFO,
            op + " is dropped: a model file neither checks nor prints",
            origin,
            List.of()));
  }

  private Value lookUp(Scope scope, TensorName tensor) {
    Optional<Value> given = scope.given(tensor.node(), tensor.index());
    if (given.isPresent()) {
      return given.get();
    }
    List<Value> results = scope.results().getOrDefault(tensor.node(), List.of());
    int index = tensor.index();
    if (!tensor.argument().isEmpty()) {
      NodeDef node = node(scope, tensor.node());
      Optional<TfOpDef> definition = functions.op(node.getOp());
      if (definition.isPresent() && !CALLS.contains(node.getOp()) && !functions.has(node.getOp())) {
        Attributes complete = TfNodes.withDefaults(definition.get(), attributes(node));
        index += TfNodes.firstResult(definition.get(), complete, tensor.argument());
      } else if (functions.has(node.getOp())) {
        index += functions.outputIndex(node.getOp(), tensor.argument());
      }
    }
    if (index >= results.size()) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_GRAPH, "node '" + tensor.node() + "' has no output " + index)
              .at(origin(scope, tensor.node())));
    }
    return results.get(index);
  }

  /** The node's attributes without the private ones. */
  private static Attributes attributes(NodeDef node) {
    return NodeDefs.attributes(node.getAttrMap(), name -> !name.startsWith("_"));
  }

  private NodeDef node(Scope scope, String name) {
    NodeDef node = scope.nodes().get(name);
    if (node == null) {
      throw new SignetException(
          Diagnostic.error(Code.MALFORMED_GRAPH, "there is no node '" + name + "'")
              .at(origin(scope, name)));
    }
    return node;
  }

  private TensorName parse(Scope scope, String tensor) {
    try {
      return TensorName.parse(tensor);
    } catch (NumberFormatException e) {
      throw new SignetException(
          Diagnostic.error(Code.MALFORMED_GRAPH, "'" + tensor + "' is no tensor name")
              .at(origin(scope, tensor)),
          e);
    }
  }

  private SignetException cycle(Scope scope, String node) {
    return new SignetException(
        Diagnostic.error(
                Code.UNSUPPORTED_SOURCE,
                "the graph runs in a circle through '" + node + "', as TF1 loops do")
            .at(origin(scope, node)));
  }

  private Origin origin(Scope scope, String node) {
    return new Origin(signature, scope.function(), node);
  }
}
