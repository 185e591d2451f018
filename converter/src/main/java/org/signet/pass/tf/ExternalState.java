package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Prune;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;
import org.signet.type.TensorType;

/**
 * Turns the variables of the session into inputs and outputs: a signature takes those whose value
 * it needs and gives those that it assigns, under the same names, and one more signature, {@value
 * #INITIAL}, gives the values that they begin with. So the caller keeps the state. Tables and
 * queues follow: {@link ExternalContainers}.
 */
public final class ExternalState {
  /** The key of the signature that gives the first values. */
  public static final String INITIAL = "initial_state";

  private final Supplier<GraphBuilder> builders;
  private final OpDefinitions definitions;
  private final SessionState state;
  private final Report report;
  private final String initialKey;
  private final Map<String, TensorType> types = new TreeMap<>();
  private final Map<String, String> names = new TreeMap<>();
  private final SortedSet<String> taken = new TreeSet<>();

  private ExternalState(
      Program program,
      String initialKey,
      Supplier<GraphBuilder> builders,
      OpDefinitions definitions,
      Report report) {
    this.initialKey = initialKey;
    this.builders = builders;
    this.definitions = definitions;
    this.state = new SessionState(definitions);
    this.report = report;
    Set<String> used = new HashSet<>();
    for (Signature signature : program.signatures()) {
      findTypes(signature.graph());
      used.addAll(signature.inputNames());
      used.addAll(signature.outputNames());
    }
    program.initialization().ifPresent(this::findTypes);
    types.keySet().forEach(variable -> names.put(variable, free(variable, used)));
  }

  /** The program without variables, and without tables and queues that outlive a call. */
  public static Program apply(
      Program program, Supplier<GraphBuilder> builders, OpDefinitions definitions, Report report) {
    Set<String> keys = new HashSet<>();
    program.signatures().forEach(signature -> keys.add(signature.key()));
    String initialKey = free(INITIAL, keys);
    Program without =
        new ExternalState(program, initialKey, builders, definitions, report).convert(program);
    return ExternalContainers.apply(without, initialKey, builders, definitions, report);
  }

  /** A name like this one that nothing has yet. */
  static String free(String name, Set<String> used) {
    String candidate = name;
    for (int i = 1; !used.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** The declared type of a variable, or of what is assigned if nothing reads it. */
  private void findTypes(Graph graph) {
    for (Node node : graph.nodes()) {
      if (VariableAccess.isRead(node)) {
        types.put(variable(node), node.result().type());
      } else if (VariableAccess.isAssignment(node)) {
        types.merge(
            variable(node),
            node.operand(1).type(),
            (a, b) -> a.withShape(a.shape().common(b.shape())));
      }
      node.bodies().forEach(this::findTypes);
    }
  }

  /** The variable that a node reads or assigns. */
  static String variable(Node node) {
    return SessionState.variables(Set.of(SessionState.referred(node.operand(0)).orElseThrow()))
        .iterator()
        .next();
  }

  private Program convert(Program program) {
    if (types.isEmpty()) {
      return program;
    }
    List<Signature> signatures = new ArrayList<>();
    program.signatures().forEach(signature -> signatures.add(convert(signature)));
    GraphBuilder builder = builders.get();
    Map<String, Value> first = new TreeMap<>();
    program.initialization().ifPresent(graph -> convert(graph, builder, first));
    signatures.add(initial(builder, first));
    Graph rest = Prune.apply(builder.build(List.of()), definitions);
    return new Program(signatures, rest.nodes().isEmpty() ? Optional.empty() : Optional.of(rest));
  }

  private Signature convert(Signature signature) {
    Graph graph = signature.graph();
    SortedSet<String> used = used(List.of(graph));
    Map<String, Value> current = new TreeMap<>();
    List<Value.Input> before = new ArrayList<>();
    for (String variable : used) {
      Value.Input input = new Value.Input(name(variable), type(variable));
      before.add(input);
      current.put(variable, input);
    }
    GraphBuilder builder = builders.get();
    graph.inputs().forEach(builder::keep);
    List<Value> outputs = new ArrayList<>(convert(graph, builder, current));
    List<String> outputNames = new ArrayList<>(signature.outputNames());
    for (String variable : assigned(List.of(graph))) {
      outputs.add(current.get(variable));
      outputNames.add(name(variable));
    }
    Set<Value> needed = new HashSet<>(outputs);
    builder.build(outputs).nodes().forEach(node -> needed.addAll(node.operands()));
    List<String> inputNames = new ArrayList<>(signature.inputNames());
    for (Value.Input input : before) {
      if (needed.contains(input)) {
        builder.keep(input);
        inputNames.add(input.name());
        taken.add(input.name());
      }
    }
    return new Signature(signature.key(), inputNames, outputNames, builder.build(outputs));
  }

  /** What the initialization leaves in the variables that signatures take. */
  private Signature initial(GraphBuilder builder, Map<String, Value> first) {
    List<String> outputNames = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    for (String variable : types.keySet()) {
      Value value = first.get(variable);
      if (value != null) {
        outputNames.add(name(variable));
        outputs.add(value);
      } else if (taken.contains(name(variable))) {
        report.add(
            Diagnostic.warning(
                Code.VARIABLE_WITHOUT_VALUE,
                "variable '" + variable + "' has no first value, so " + INITIAL + " lacks it"));
      }
    }
    List<Node> nodes =
        builder.build(outputs).nodes().stream().filter(node -> !state.writes(node)).toList();
    return new Signature(
        initialKey,
        List.of(),
        outputNames,
        Prune.apply(new Graph(List.of(), nodes, outputs), definitions));
  }

  private String name(String variable) {
    return names.getOrDefault(variable, variable);
  }

  private TensorType type(String variable) {
    TensorType type = types.get(variable);
    if (type == null) {
      throw new IllegalStateException("nothing uses " + variable);
    }
    return type;
  }

  /**
   * Adds the graph's nodes without variables.
   *
   * @param current the values of variables, changed on the way
   * @return what its outputs become
   */
  private List<Value> convert(Graph graph, GraphBuilder builder, Map<String, Value> current) {
    return convert(graph, graph.inputs(), builder, current);
  }

  /**
   * The same of a graph inside another.
   *
   * @param inputs what stands for its inputs
   */
  private List<Value> convert(
      Graph graph, List<? extends Value> inputs, GraphBuilder builder, Map<String, Value> current) {
    IdentityHashMap<Value, Value> made = new IdentityHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      made.put(graph.inputs().get(i), inputs.get(i));
    }
    for (Node node : graph.nodes()) {
      List<Value> operands =
          node.operands().stream().map(value -> made.getOrDefault(value, value)).toList();
      if (VariableAccess.isRead(node)) {
        made.put(node.result(), current(variable(node), node, current));
      } else if (VariableAccess.isAssignment(node)) {
        current.put(variable(node), operands.get(1));
      } else if (VariableAccess.made(node).isEmpty()) {
        List<Value> results = convert(node, operands, builder, current);
        for (int i = 0; i < results.size(); i++) {
          made.put(node.results().get(i), results.get(i));
        }
      }
    }
    return graph.outputs().stream().map(value -> made.getOrDefault(value, value)).toList();
  }

  private static Value current(String variable, Node reader, Map<String, Value> current) {
    Value value = current.get(variable);
    if (value == null) {
      throw new SignetException(
          Diagnostic.error(
                  Code.VARIABLE_WITHOUT_VALUE,
                  "the initialization reads variable '" + variable + "' before it has a value")
              .at(reader.origin()));
    }
    return value;
  }

  /** Branches and loops take the variables that they use, and give those that they assign. */
  private List<Value> convert(
      Node node, List<Value> operands, GraphBuilder builder, Map<String, Value> current) {
    SortedSet<String> used = used(node.bodies());
    if (used.isEmpty()) {
      return builder.copy(node, operands);
    }
    boolean loop = node.is("WHILE");
    if (loop && !assigned(node.bodies().subList(0, 1)).isEmpty()) {
      return conditionFirst(node, operands, builder, current);
    }
    SortedSet<String> given = loop ? used : assigned(node.bodies());
    List<Value> all = new ArrayList<>(operands);
    used.forEach(variable -> all.add(current(variable, node, current)));
    List<Graph> bodies = new ArrayList<>();
    for (Graph body : node.bodies()) {
      boolean isCondition = loop && bodies.isEmpty();
      bodies.add(body(body, used, isCondition ? new TreeSet<>() : given));
    }
    List<TensorType> resultTypes = new ArrayList<>(node.resultTypes());
    given.forEach(variable -> resultTypes.add(type(variable)));
    List<Value> results =
        builder.addWithBodies(node.op(), all, resultTypes, bodies, node.name(), node.origin());
    int next = node.results().size();
    for (String variable : given) {
      current.put(variable, results.get(next++));
    }
    return results.subList(0, node.results().size());
  }

  /**
   * A loop whose condition assigns variables, which a condition can't give: it is computed before
   * the loop and at the end of each turn, and the loop's own condition only looks at that.
   */
  private List<Value> conditionFirst(
      Node node, List<Value> operands, GraphBuilder builder, Map<String, Value> current) {
    Graph condition = node.bodies().get(0);
    Graph body = node.bodies().get(1);
    SortedSet<String> used = used(node.bodies());
    Value first = convert(condition, operands, builder, current).getFirst();
    List<Value> all = new ArrayList<>(List.of(first));
    all.addAll(operands);
    used.forEach(variable -> all.add(current(variable, node, current)));

    GraphBuilder test = builders.get();
    Value goesOn = test.input(first.name(), first.type());
    takeInputs(condition, used, test);
    GraphBuilder turn = builders.get();
    turn.input(first.name(), first.type());
    Map<String, Value> inner = takeInputs(body, used, turn);
    List<Value> given = new ArrayList<>(convert(body, turn, inner));
    given.addFirst(convert(condition, given, turn, inner).getFirst());
    used.forEach(variable -> given.add(inner.get(variable)));

    List<TensorType> types = new ArrayList<>(List.of(first.type()));
    types.addAll(node.resultTypes());
    used.forEach(variable -> types.add(type(variable)));
    List<Graph> bodies = List.of(test.build(List.of(goesOn)), turn.build(given));
    List<Value> results =
        builder.addWithBodies(node.op(), all, types, bodies, node.name(), node.origin());
    int next = 1 + node.results().size();
    for (String variable : used) {
      current.put(variable, results.get(next++));
    }
    return results.subList(1, 1 + node.results().size());
  }

  /** Makes the inputs of a branch, a condition or a body: its own and those for variables. */
  private Map<String, Value> takeInputs(Graph body, SortedSet<String> used, GraphBuilder builder) {
    body.inputs().forEach(builder::keep);
    Map<String, Value> current = new TreeMap<>();
    used.forEach(variable -> current.put(variable, builder.input(name(variable), type(variable))));
    return current;
  }

  private Graph body(Graph body, SortedSet<String> used, SortedSet<String> given) {
    GraphBuilder builder = builders.get();
    Map<String, Value> current = takeInputs(body, used, builder);
    List<Value> outputs = new ArrayList<>(convert(body, builder, current));
    given.forEach(variable -> outputs.add(current.get(variable)));
    return builder.build(outputs);
  }

  private SortedSet<String> used(List<Graph> graphs) {
    SortedSet<String> used = new TreeSet<>();
    graphs.forEach(graph -> used.addAll(SessionState.variables(state.usedBy(graph))));
    return used;
  }

  private static SortedSet<String> assigned(List<Graph> graphs) {
    SortedSet<String> assigned = new TreeSet<>();
    for (Graph graph : graphs) {
      for (Node node : graph.nodes()) {
        if (VariableAccess.isAssignment(node)) {
          assigned.add(variable(node));
        }
        assigned.addAll(assigned(node.bodies()));
      }
    }
    return assigned;
  }
}
