package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.Report;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;
import org.signet.source.Endpoint;
import org.signet.source.SourceModel;
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

  private GraphImporter(
      SourceModel source,
      OpDefinitions definitions,
      ConstantStore store,
      Report report,
      StateVariables variables) {
    this.source = source;
    this.definitions = definitions;
    this.store = store;
    this.report = report;
    this.variables = variables;
  }

  /**
   * The program of these signatures. Which variables are assigned is known once all are imported;
   * if any is, they are imported again, now knowing it.
   *
   * @throws org.signet.diag.SignetException if the source contradicts itself, or a variable has no
   *     value
   */
  public static Program importAll(
      SourceModel source,
      List<SourceSignature> signatures,
      OpDefinitions definitions,
      ConstantStore store,
      Report report) {
    StateVariables first = new StateVariables(source.variables(), Set.of());
    Program program =
        new GraphImporter(source, definitions, store, report, first).importAll(signatures);
    first.requireAssigned();
    if (first.found().isEmpty()) {
      return program;
    }
    StateVariables known = new StateVariables(source.variables(), Set.copyOf(first.found()));
    return new GraphImporter(source, definitions, store, report, known).importAll(signatures);
  }

  private Program importAll(List<SourceSignature> signatures) {
    List<Signature> imported =
        signatures.stream()
            .map(signature ->
                Malformed.guard(
                    Code.MALFORMED_GRAPH,
                    "signature '" + signature.key() + "'",
                    new Origin(signature.key(), "", ""),
                    () -> importSignature(signature)))
            .toList();
    Optional<Graph> initialization = variables.initialization(new GraphBuilder(definitions, store));
    return new Program(imported, initialization);
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
      fed.put(tensor.node() + ":" + tensor.index(), builder.input(input.name(), input.type()));
    }
    NodeImporter nodes = new NodeImporter(source, builder, variables, report, signature.key());
    List<Value> outputs = new ArrayList<>();
    List<String> tensors = signature.outputs().stream().map(Endpoint::tensor).toList();
    outputs.addAll(nodes.importTensors(Scope.main(source.nodes(), fed), tensors));
    Graph graph = builder.build(outputs);
    return new Signature(
        signature.key(),
        signature.inputs().stream().map(Endpoint::name).toList(),
        signature.outputs().stream().map(Endpoint::name).toList(),
        graph);
  }
}
