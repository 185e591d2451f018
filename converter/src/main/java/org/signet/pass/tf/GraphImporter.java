package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Report;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
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
  private final FrozenVariables variables;

  public GraphImporter(
      SourceModel source, OpDefinitions definitions, ConstantStore store, Report report) {
    this.source = source;
    this.definitions = definitions;
    this.store = store;
    this.report = report;
    this.variables = new FrozenVariables(source.variables());
  }

  /**
   * The signature with its graph.
   *
   * @throws org.signet.diag.SignetException if the source contradicts itself, or a variable has no
   *     value
   */
  public Signature importSignature(SourceSignature signature) {
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
