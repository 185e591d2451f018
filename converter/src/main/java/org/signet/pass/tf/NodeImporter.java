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
import org.signet.diag.RefusedOp;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.UnknownNodes;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.flex.TfNodes;
import org.signet.pass.stablehlo.CalledFunctions;
import org.signet.pass.stablehlo.ModuleImporter;
import org.signet.source.ModelFiles;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Imports the nodes of one signature, operands first. */
final class NodeImporter {
  /** The name that TensorFlow gives all resources without one. */
  private static final String ANONYMOUS = "cd2c9b7c-88b7-44c8-ad83-06c2a9158347";

  /** Deeper calls are taken for endless recursion. */
  private static final int DEEPEST_CALL = 100;

  private final FunctionLibrary functions;
  private final GraphBuilder builder;
  private final VariableNodes variables;
  private final Tables tables;
  private final Queues queues;
  private final DataSets dataSets;
  private final ModelFiles files;
  private final Report report;
  private final boolean always;
  private final VanishingNodes vanishing;
  private final FunctionalControl control;
  private final PlainNodes plain;

  /**
   * @param always whether the graph runs in each call, being of no branch and no loop
   */
  NodeImporter(
      FunctionLibrary functions,
      GraphBuilder builder,
      VariableNodes variables,
      Tables tables,
      Queues queues,
      DataSets dataSets,
      ModelFiles files,
      Report report,
      boolean always) {
    this.functions = functions;
    this.builder = builder;
    this.variables = variables;
    this.tables = tables;
    this.queues = queues;
    this.dataSets = dataSets;
    this.files = files;
    this.report = report;
    this.always = always;
    this.vanishing = new VanishingNodes(variables, report);
    this.control = new FunctionalControl(this, builder);
    this.plain = new PlainNodes(functions, builder, variables);
  }

  /** An importer into another graph of the same signature. */
  NodeImporter nested(GraphBuilder inner) {
    return new NodeImporter(
        functions, inner, variables.nested(inner), tables, queues, dataSets, files, report, false);
  }

  /** The variables, as the nodes of this graph see them. */
  VariableNodes variables() {
    return variables;
  }

  /** The graph that the nodes are imported into. */
  GraphBuilder builder() {
    return builder;
  }

  /** The functions that nodes may call. */
  FunctionLibrary functions() {
    return functions;
  }

  FunctionalControl control() {
    return control;
  }

  /** The results of a function of the library, its nodes imported here. */
  List<Value> call(String function, List<Value> operands, Origin origin, int depth) {
    return call(Scope.caller(origin, depth), function, operands, origin);
  }

  /** The values of these tensors; references to variables are read. */
  List<Value> importTensors(Scope scope, List<String> tensors) {
    List<TensorName> names = tensors.stream().map(scope::tensor).toList();
    importNodes(scope, names);
    List<Value> values = new ArrayList<>();
    for (TensorName name : names) {
      values.add(variables.dereference(lookUp(scope, name), scope.origin(name.node())));
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
        SourceNode node = scope.node(name);
        if (open.add(name)) {
          for (String input : node.inputs()) {
            TensorName operand = scope.tensor(input);
            if (open.contains(operand.node()) && !scope.results().containsKey(operand.node())) {
              throw cycle(scope, operand.node());
            }
            push(scope, operand, stack);
          }
        } else {
          stack.pop();
          scope.results().put(name, importOrReport(scope, node));
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

  /** The results of a node; if it is refused, what stands for them, to find what else is. */
  private List<Value> importOrReport(Scope scope, SourceNode node) {
    Origin origin = scope.origin(node.name());
    String what = "node '" + node.name() + "'";
    List<Value> operands =
        Malformed.guard(Code.MALFORMED_GRAPH, what, origin, () -> operands(scope, node));
    try {
      return Malformed.guard(
          Code.MALFORMED_GRAPH, what, origin, () -> importNode(scope, node, operands, origin));
    } catch (SignetException e) {
      if (e.code().kind() == Code.Kind.NOT_CONVERTIBLE) {
        RefusedOp op = new RefusedOp(node.op(), List.of());
        e.diagnostics().stream().map(diagnostic -> diagnostic.refusing(op)).forEach(report::add);
      } else if (operands.stream().noneMatch(UnknownNodes::give)) {
        throw e;
      }
      return UnknownNodes.add(builder, operands, node.name(), origin);
    }
  }

  private List<Value> operands(Scope scope, SourceNode node) {
    List<Value> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      TensorName operand = scope.tensor(input);
      if (!operand.control()) {
        operands.add(lookUp(scope, operand));
      }
    }
    return operands;
  }

  private List<Value> importNode(
      Scope scope, SourceNode node, List<Value> operands, Origin origin) {
    ElementTypes.requireKnown(node, origin);
    functions.op(node.op()).ifPresent(op -> TfNodes.requireOperands(op, operands.size()));
    String op = node.op();
    String name = node.name();
    Optional<String> called = functions.called(node);
    if (called.isPresent()) {
      return call(scope, called.get(), operands, origin);
    }
    if (op.equals("Placeholder") || op.equals("PlaceholderV2")) {
      throw unfed(name, origin);
    }
    Attributes attributes = functions.attributes(node);
    if (op.equals("Const")) {
      return List.of(builder.constant(name, attributes.getTensor("value")));
    }
    if (VariableNodes.makes(op)) {
      return List.of(variables.make(op, attributes, scope.isMain() ? name : shared(node)));
    }
    String place = scope.isMain() ? name : scope.function() + "/" + name;
    if (Queues.makes(op)) {
      return List.of(queues.make(op, functions.completeAttributes(node), place));
    }
    if (Tables.makes(op)) {
      List<Value> read = variables.dereference(operands, origin);
      return List.of(tables.make(op, functions.completeAttributes(node), read, place, origin));
    }
    Optional<List<Value>> data = dataSet(op, node, operands, origin, scope.depth());
    if (data.isPresent()) {
      return data.get();
    }
    boolean onTable = !operands.isEmpty() && tables.isTable(operands.getFirst());
    if (onTable && Tables.uses(op)) {
      List<Value> read = variables.dereference(operands, origin);
      return tables.apply(
          op, functions.completeAttributes(node), read, builder, always, name, origin);
    }
    if (!operands.isEmpty() && queues.isQueue(operands.getFirst()) && op.startsWith("Queue")) {
      List<Value> read = variables.dereference(operands, origin);
      return queues.apply(op, functions.completeAttributes(node), read, builder, name, origin);
    }
    boolean onVariable = !onTable && operands.stream().anyMatch(Value.Resource.class::isInstance);
    Optional<List<Value>> results = vanishing.results(op, operands, origin);
    if (results.isEmpty() && onVariable) {
      results = variables.apply(op, functions.completeAttributes(node), operands, name, origin);
    }
    if (results.isEmpty()) {
      results = fileContent(op, operands, name, origin);
    }
    if (op.equals(ModuleImporter.OP)) {
      List<Value> read = variables.dereference(operands, origin);
      CalledFunctions byNumber =
          (number, values) ->
              call(
                  attributes
                      .getList("function_list", Attributes.FunctionRef.class)
                      .get(number)
                      .name(),
                  values,
                  origin,
                  scope.depth() + 1);
      return ModuleImporter.results(attributes, read, builder, byNumber, report, name, origin);
    }
    if (results.isEmpty()) {
      results = control.importControl(op, attributes, operands, name, origin, scope.depth());
    }
    return results.isPresent() ? results.get() : plain.add(node, attributes, operands, origin);
  }

  private Optional<List<Value>> dataSet(
      String op, SourceNode node, List<Value> operands, Origin origin, int depth) {
    if (!op.contains("Dataset")) {
      return Optional.empty();
    }
    if (operands.stream().anyMatch(UnknownNodes::give)) {
      return Optional.of(UnknownNodes.add(builder, operands, node.name(), origin));
    }
    List<Value> read = variables.dereference(operands, origin);
    DataSetGraph graph = new DataSetGraph(this, node.name(), origin, depth);
    return dataSets.importOp(op, functions.completeAttributes(node), read, graph);
  }

  /** A file whose name is known is read now. */
  private Optional<List<Value>> fileContent(
      String op, List<Value> operands, String name, Origin origin) {
    if (!op.equals("ReadFile") || operands.size() != 1) {
      return Optional.empty();
    }
    return builder
        .constantValue(operands.getFirst())
        .filter(path -> path.size() == 1)
        .map(path -> new byte[][] {files.read(path.getString(0), origin)})
        .map(content -> List.of(builder.constant(name, Tensor.wrap(DType.STRING, content))));
  }

  /**
   * The name of a variable of which a function makes the handle itself: nodes of several functions
   * may have one name.
   */
  private static String shared(SourceNode node) {
    String shared = node.attributes().text("shared_name");
    return shared.isEmpty() || shared.equals(ANONYMOUS) ? node.name() : shared;
  }

  private static SignetException unfed(String placeholder, Origin origin) {
    return new SignetException(
        Diagnostic.error(
                Code.MALFORMED_GRAPH,
                "the outputs need the placeholder '"
                    + placeholder
                    + "', which is no input of the signature",
                "add it to the signature's inputs")
            .at(origin));
  }

  private List<Value> call(Scope scope, String name, List<Value> operands, Origin origin) {
    Optional<SourceFunction> known = functions.find(name);
    if (known.isEmpty() || known.get().signature().getInputArgCount() > operands.size()) {
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
    SourceFunction function = known.get();
    Map<String, Value> arguments = new HashMap<>();
    for (int i = 0; i < function.signature().getInputArgCount(); i++) {
      arguments.put(function.signature().getInputArg(i).getName(), operands.get(i));
    }
    Scope body = scope.call(name, functions.body(name), arguments);
    importEffects(body, effects(function));
    List<String> returned = new ArrayList<>();
    for (var output : function.signature().getOutputArgList()) {
      returned.add(function.returned(output));
    }
    List<TensorName> names = returned.stream().map(body::tensor).toList();
    importNodes(body, names);
    return names.stream().map(tensor -> lookUp(body, tensor)).toList();
  }

  /** The nodes that a call runs for what they do, in the order in which they were made. */
  private static List<String> effects(SourceFunction function) {
    Set<String> named = Set.copyOf(function.effects().values());
    return function.nodes().stream().map(SourceNode::name).filter(named::contains).toList();
  }

  private Value lookUp(Scope scope, TensorName tensor) {
    Optional<Value> given = scope.given(tensor.node(), tensor.index());
    if (given.isPresent()) {
      return given.get();
    }
    List<Value> results = scope.results().getOrDefault(tensor.node(), List.of());
    SourceNode node = scope.node(tensor.node());
    int first = tensor.argument().isEmpty() ? 0 : functions.firstResult(node, tensor.argument());
    int index = first + tensor.index();
    if (index >= results.size()) {
      throw scope.malformed("node '" + tensor.node() + "' has no output " + index, tensor.node());
    }
    return results.get(index);
  }

  private static SignetException cycle(Scope scope, String node) {
    return new SignetException(
        Diagnostic.error(
                Code.UNSUPPORTED_SOURCE,
                "the graph runs in a circle through '" + node + "', as TF1 loops do")
            .at(scope.origin(node)));
  }
}
