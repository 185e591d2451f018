package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Report;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Prune;
import org.signet.ir.Signature;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;

/**
 * Turns tables and queues that signatures change into inputs and outputs: a signature that uses one
 * takes its tensors and fills it with them before anything else, and gives what is in it at the end
 * if it changes it. Tables that no signature changes stay, filled by the initialization.
 */
final class ExternalContainers {
  private static final String CLOSE = "QueueCloseV2";

  private final String initialKey;
  private final Supplier<GraphBuilder> builders;
  private final OpDefinitions definitions;
  private final SessionState state;

  /** Those that signatures change, by what {@link SessionState} calls them, as they come. */
  private final Map<String, Container> containers = new LinkedHashMap<>();

  /** What their tensors are called, in all signatures. */
  private final Map<String, List<String>> partNames = new LinkedHashMap<>();

  private ExternalContainers(
      String initialKey, Supplier<GraphBuilder> builders, OpDefinitions definitions) {
    this.initialKey = initialKey;
    this.builders = builders;
    this.definitions = definitions;
    this.state = new SessionState(definitions);
  }

  /**
   * The program without tables and queues that outlive a call.
   *
   * @param initialKey the key of the signature that gives what is in them at first
   * @param report told of those that can't be had as tensors
   */
  static Program apply(
      Program program,
      String initialKey,
      Supplier<GraphBuilder> builders,
      OpDefinitions definitions,
      Report report) {
    ExternalContainers external = new ExternalContainers(initialKey, builders, definitions);
    List<Graph> graphs =
        program.signatures().stream()
            .filter(signature -> !signature.key().equals(initialKey))
            .map(Signature::graph)
            .toList();
    graphs.forEach(graph -> external.find(graph, external.changed(graphs)));
    external.refuse(graphs, report);
    external.name(program.signatures());
    return external.containers.isEmpty() ? program : external.convert(program);
  }

  private void find(Graph graph, Set<String> changed) {
    for (Node node : graph.nodes()) {
      SessionState.made(node)
          .filter(changed::contains)
          .filter(name -> StateHandles.isHandle(node.op().name()))
          .ifPresent(name -> containers.putIfAbsent(name, new Container(node)));
      node.bodies().forEach(body -> find(body, changed));
    }
  }

  /** What the graphs change. */
  private Set<String> changed(List<Graph> graphs) {
    Set<String> changed = new HashSet<>();
    flat(graphs)
        .filter(node -> node.bodies().isEmpty() && state.writes(node))
        .forEach(node -> SessionState.referred(node.operand(0)).ifPresent(changed::add));
    return changed;
  }

  private static Stream<Node> flat(List<Graph> graphs) {
    return graphs.stream()
        .flatMap(graph -> graph.nodes().stream())
        .flatMap(node -> Stream.concat(Stream.of(node), flat(node.bodies())));
  }

  private void name(List<Signature> signatures) {
    Set<String> taken = new HashSet<>();
    for (Signature signature : signatures) {
      taken.addAll(signature.inputNames());
      taken.addAll(signature.outputNames());
    }
    containers.forEach((name, container) ->
        partNames.put(
            name,
            container.parts().stream().map(part -> ExternalState.free(part, taken)).toList()));
  }

  private List<String> parts(String container) {
    return partNames.getOrDefault(container, List.of());
  }

  private void refuse(List<Graph> graphs, Report report) {
    Set<String> closed = new HashSet<>();
    flat(graphs)
        .filter(node -> node.op().name().equals(CLOSE))
        .forEach(node -> SessionState.referred(node.operand(0)).ifPresent(closed::add));
    containers.forEach((name, container) -> {
      Optional<String> reason = reason(container, closed.contains(name));
      reason.ifPresent(why ->
          report.add(
              Diagnostic.error(
                      Code.OP_NOT_CONVERTIBLE,
                      why + ", so what is in it can't be an input and an output",
                      "convert without --externalize-state, which leaves it in the session")
                  .at(container.handle().origin())));
    });
  }

  private static Optional<String> reason(Container container, boolean isClosed) {
    String name = "'" + container.name() + "'";
    String op = container.handle().op().name();
    if (op.equals(StateHandles.STATIC_TABLE)) {
      return Optional.of("a signature fills the table " + name + ", which takes entries once only");
    }
    if (isClosed) {
      return Optional.of("a signature closes the queue " + name);
    }
    if (op.equals(StateHandles.SHUFFLED_QUEUE)) {
      return Optional.of("the queue " + name + " draws its next entry at random");
    }
    boolean known = container.types().stream().allMatch(type -> type.shape().hasRank());
    return known ? Optional.empty() : Optional.of(name + " has entries of unknown shape");
  }

  private Program convert(Program program) {
    List<Signature> signatures = new ArrayList<>();
    Optional<Signature> initial = Optional.empty();
    for (Signature signature : program.signatures()) {
      if (signature.key().equals(initialKey)) {
        initial = Optional.of(signature);
      } else {
        signatures.add(convert(signature));
      }
    }
    List<Node> initialization = program.initialization().map(Graph::nodes).orElse(List.of());
    Signature before =
        initial.orElseGet(
            () -> new Signature(initialKey, List.of(), List.of(), builders.get().build(List.of())));
    signatures.add(initial(before, initialization));
    List<Node> kept =
        initialization.stream()
            .filter(node -> changedBy(node).noneMatch(containers::containsKey))
            .toList();
    Graph rest = Prune.apply(new Graph(List.of(), kept, List.of()), definitions);
    return new Program(signatures, rest.nodes().isEmpty() ? Optional.empty() : Optional.of(rest));
  }

  private Stream<String> changedBy(Node node) {
    return changed(List.of(new Graph(List.of(), List.of(node), List.of()))).stream();
  }

  private Signature convert(Signature signature) {
    Graph graph = signature.graph();
    Set<String> used = state.usedBy(graph);
    Set<String> changed = changed(List.of(graph));
    GraphBuilder builder = builders.get();
    graph.inputs().forEach(builder::keep);
    List<String> inputNames = new ArrayList<>(signature.inputNames());
    List<String> outputNames = new ArrayList<>(signature.outputNames());
    containers.forEach((name, container) -> {
      if (used.contains(name)) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < parts(name).size(); i++) {
          parts.add(builder.input(parts(name).get(i), container.types().get(i)));
        }
        inputNames.addAll(parts(name));
        container.fill(parts, builder);
      }
    });
    graph.nodes().forEach(node -> builder.copy(node, node.operands()));
    List<Value> outputs = new ArrayList<>(graph.outputs());
    containers.forEach((name, container) -> {
      if (changed.contains(name)) {
        outputNames.addAll(parts(name));
        outputs.addAll(container.contents(builder));
      }
    });
    return new Signature(signature.key(), inputNames, outputNames, builder.build(outputs));
  }

  /**
   * Gives what the initialization leaves in them. It is done here again, on tables and queues that
   * no other signature knows, so that it does not matter which calls there were before.
   */
  private Signature initial(Signature before, List<Node> initialization) {
    List<Node> demanded = state.demanded(initialization, new HashSet<>(containers.keySet()));
    Program own =
        new Program(List.of(), Optional.of(new Graph(List.of(), demanded, List.of())))
            .mapGraphs(this::onOwn);
    GraphBuilder builder = builders.get();
    Stream.concat(
            before.graph().nodes().stream(), own.initialization().orElseThrow().nodes().stream())
        .forEach(node -> builder.copy(node, node.operands()));
    List<String> names = new ArrayList<>(before.outputNames());
    List<Value> outputs = new ArrayList<>(before.graph().outputs());
    containers.forEach((name, container) -> {
      names.addAll(parts(name));
      outputs.addAll(own(container).contents(builder));
    });
    return new Signature(initialKey, List.of(), names, builder.build(outputs));
  }

  private Graph onOwn(Graph graph) {
    GraphBuilder builder = builders.get();
    return builder.rebuild(graph, (node, operands) -> onOwn(node, operands, builder));
  }

  /** The node, of one of the containers a handle of the initial signature's own. */
  private List<Value> onOwn(Node node, List<Value> operands, GraphBuilder builder) {
    return SessionState.made(node).filter(containers::containsKey).isPresent()
        ? List.of(own(new Container(node)).handle(builder))
        : builder.copy(node, operands);
  }

  private Container own(Container container) {
    return container.another("/" + initialKey);
  }
}
