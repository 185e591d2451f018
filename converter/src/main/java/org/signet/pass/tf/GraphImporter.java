package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;
import org.signet.source.Endpoint;
import org.signet.source.ModelFiles;
import org.signet.source.RestoreGraphVariables;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.signet.source.SourceSignature;
import org.signet.source.TensorName;

/**
 * Makes the graph of a signature from the source's nodes: starting at the outputs it takes what
 * they need, inlines calls, puts the values of variables in place of their reads, drops what only
 * checks or prints, and folds constants as they come.
 */
public final class GraphImporter {
  private final SourceModel source;
  private final OpDefinitions definitions;
  private final ConstantStore store;
  private final Report report;
  private final StateVariables variables;
  private final FunctionLibrary functions;
  private final ModelFiles files;
  private final Tables tables;
  private final Queues queues = new Queues();
  private final GraphBuilder initialization;

  private GraphImporter(
      SourceModel source,
      OpDefinitions definitions,
      ConstantStore store,
      Report report,
      Predicate<String> assigned) {
    this.source = source;
    this.definitions = definitions;
    this.store = store;
    this.report = report;
    this.initialization = new GraphBuilder(definitions, store);
    this.variables = new StateVariables(source.variables(), assigned, initialization);
    this.functions = new FunctionLibrary(source);
    this.files = new ModelFiles(source.path());
    this.tables = new Tables(files, source.variables(), initialization);
  }

  /**
   * The program of these signatures. Which variables are assigned is known once all are imported;
   * if any is, they are imported again, now knowing it, until that adds none: a branch that the
   * values at the start rule out may assign more. A signature may contradict the values that
   * variables start with, such as one that takes a row of a table that has none yet: then all are
   * taken for assigned, to find those that are.
   *
   * @throws org.signet.diag.SignetException if the source contradicts itself, or a variable or a
   *     table has no value
   */
  public static Program importAll(
      SourceModel source,
      List<SourceSignature> signatures,
      OpDefinitions definitions,
      ConstantStore store,
      Report report) {
    Function<Predicate<String>, GraphImporter> importers =
        assigned -> new GraphImporter(source, definitions, store, report, assigned);
    GraphImporter first = importers.apply(name -> false);
    Set<String> known;
    try {
      Program program = first.importAll(signatures);
      known = Set.copyOf(first.variables.found());
      if (known.isEmpty()) {
        first.variables.requireAssigned();
        return program;
      }
    } catch (SignetException e) {
      GraphImporter all = importers.apply(name -> true);
      all.importAll(signatures);
      known = Set.copyOf(all.variables.found());
      if (known.isEmpty()) {
        throw e;
      }
    }
    return importStable(importers, signatures, known);
  }

  /** Imports until no variable is assigned that was taken for a constant. */
  private static Program importStable(
      Function<Predicate<String>, GraphImporter> importers,
      List<SourceSignature> signatures,
      Set<String> known) {
    while (true) {
      GraphImporter importer = importers.apply(known::contains);
      Program program = importer.importAll(signatures);
      if (known.containsAll(importer.variables.found())) {
        importer.variables.requireAssigned();
        return program;
      }
      Set<String> more = new HashSet<>(known);
      more.addAll(importer.variables.found());
      known = Set.copyOf(more);
    }
  }

  private Program importAll(List<SourceSignature> signatures) {
    importInitialization();
    List<Signature> imported =
        signatures.stream()
            .map(signature ->
                Malformed.guard(
                    Code.MALFORMED_GRAPH,
                    "signature '" + signature.key() + "'",
                    new Origin(signature.key(), "", ""),
                    () -> importSignature(signature)))
            .toList();
    return new Program(imported, initialization(imported));
  }

  /**
   * What the model's loader runs before any signature. A bare graph names no such op; there it is
   * all that fills tables, but for what a saver restores them with: the checkpoint is read now.
   */
  private void importInitialization() {
    List<String> roots =
        source
            .initOp()
            .map(List::of)
            .orElseGet(() ->
                source.nodes().values().stream()
                    .filter(node -> Tables.FILLING.contains(node.op()))
                    .filter(node -> !RestoreGraphVariables.restoresTable(node, source.nodes()))
                    .map(SourceNode::name)
                    .toList());
    NodeImporter nodes = importer(initialization, variables.initial());
    Malformed.guard(
        Code.MALFORMED_GRAPH,
        "the initialization",
        Origin.NONE,
        () -> {
          nodes.importEffects(Scope.main("", source.nodes(), Map.of()), roots);
          return true;
        });
  }

  /** What of the initialization the signatures need, behind what the checkpoint holds. */
  private Optional<Graph> initialization(List<Signature> signatures) {
    SessionState state = new SessionState(definitions);
    Set<String> needed = new HashSet<>();
    signatures.forEach(signature -> needed.addAll(state.usedBy(signature.graph())));
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    List<Node> own = state.demanded(initialization.build(List.of()).nodes(), needed);
    List<Node> nodes = new ArrayList<>();
    GraphBuilder restored = new GraphBuilder(definitions, store);
    nodes.addAll(variables.restored(SessionState.variables(needed), restored));
    nodes.addAll(tables.restored(needed, new GraphBuilder(definitions, store)));
    nodes.addAll(own);
    List<Node> all = new ArrayList<>(own);
    signatures.forEach(signature -> all.addAll(signature.graph().nodes()));
    tables.requireFilled(needed, all.stream());
    Queues.requireFilled(all.stream(), report);
    return nodes.isEmpty() ? Optional.empty() : Optional.of(new Graph(List.of(), nodes, List.of()));
  }

  /**
   * The signature with its graph.
   *
   * @throws org.signet.diag.SignetException if the source contradicts itself, or a variable has no
   *     value
   */
  private Signature importSignature(SourceSignature signature) {
    GraphBuilder builder = new GraphBuilder(definitions, store);
    Map<String, Value> fed = new HashMap<>();
    for (Endpoint input : signature.inputs()) {
      TensorName tensor = TensorName.parse(input.tensor());
      fed.put(
          Scope.fed(tensor.node(), tensor.index()),
          builder.input(input.name(), CarriedTypes.of(input.type())));
    }
    NodeImporter nodes = importer(builder, variables);
    List<Value> outputs = new ArrayList<>();
    List<String> tensors = signature.outputs().stream().map(Endpoint::tensor).toList();
    Scope scope = Scope.main(signature.key(), source.nodes(), fed);
    outputs.addAll(nodes.importTensors(scope, tensors));
    requireValues(signature, outputs);
    Graph graph = builder.build(outputs);
    return new Signature(
        signature.key(),
        signature.inputs().stream().map(Endpoint::name).toList(),
        signature.outputs().stream().map(Endpoint::name).toList(),
        graph);
  }

  private static void requireValues(SourceSignature signature, List<Value> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) instanceof Value.Resource handle) {
        Endpoint output = signature.outputs().get(i);
        throw new SignetException(
            Diagnostic.error(
                    Code.UNSUPPORTED_SOURCE,
                    "the output '" + output.name() + "' is the handle of '" + handle.name() + "'",
                    "give the signature what is read from it")
                .at(new Origin(signature.key(), "", TensorName.parse(output.tensor()).node())));
      }
    }
  }

  private NodeImporter importer(GraphBuilder builder, VariableValues values) {
    VariableNodes nodes = new VariableNodes(builder, values);
    return new NodeImporter(
        functions, builder, nodes, tables, queues, new DataSets(), files, report, true);
  }
}
