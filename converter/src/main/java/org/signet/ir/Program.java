package org.signet.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything that becomes one model file.
 *
 * @param signatures in declared order
 * @param initialization what runs once per session before any signature that uses state; its graph
 *     has neither inputs nor outputs
 */
public record Program(List<Signature> signatures, Optional<Graph> initialization) {
  public Program {
    signatures = List.copyOf(signatures);
  }

  /** A program without state. */
  public Program(List<Signature> signatures) {
    this(signatures, Optional.empty());
  }

  /** This program with the outermost graph of every signature replaced. */
  public Program mapSignatures(UnaryOperator<Graph> pass) {
    return new Program(
        signatures.stream().map(s -> s.withGraph(pass.apply(s.graph()))).toList(), initialization);
  }

  /** This program with every graph, inner ones first, replaced by what {@code pass} makes of it. */
  public Program mapGraphs(UnaryOperator<Graph> pass) {
    return new Program(
        signatures.stream().map(s -> s.withGraph(map(s.graph(), pass))).toList(),
        initialization.map(graph -> map(graph, pass)));
  }

  private static Graph map(Graph graph, UnaryOperator<Graph> pass) {
    return pass.apply(mapBodies(graph, pass));
  }

  private static Graph mapBodies(Graph graph, UnaryOperator<Graph> pass) {
    if (graph.nodes().stream().allMatch(node -> node.bodies().isEmpty())) {
      return graph;
    }
    IdentityHashMap<Value, Value> mapped = new IdentityHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Value> operands =
          node.operands().stream().map(value -> mapped.getOrDefault(value, value)).toList();
      Node copy =
          new Node(
              node.op(),
              node.attributes(),
              operands,
              node.resultTypes(),
              node.bodies().stream().map(body -> map(body, pass)).toList(),
              node.name(),
              node.origin());
      nodes.add(copy);
      for (int i = 0; i < node.results().size(); i++) {
        mapped.put(node.results().get(i), copy.results().get(i));
      }
    }
    List<Value> outputs =
        graph.outputs().stream().map(value -> mapped.getOrDefault(value, value)).toList();
    return new Graph(graph.inputs(), nodes, outputs);
  }
}
