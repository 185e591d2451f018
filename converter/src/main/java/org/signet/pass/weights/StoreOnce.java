package org.signet.pass.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivation;
import org.signet.ir.Derivations;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Value;
import org.signet.op.Accuracy;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.type.TensorType;

/**
 * Stores weights once that a program uses in several forms, whose ops were folded for each:
 *
 * <pre>
 *   CONV_2D(x, w), TRANSPOSE_CONV(y, w transposed)
 *     →  CONV_2D(x, w), TRANSPOSE_CONV(y, TRANSPOSE(w))
 * </pre>
 *
 * where that takes ops that move elements or round once: what took longer to compute stays stored.
 * Comes last, since constants would be folded again.
 */
public final class StoreOnce {
  private final Derivations derivations;
  private final OpDefinitions definitions;
  private final Supplier<GraphBuilder> builders;
  private final Function<Graph, Optional<Graph>> lowering;

  /**
   * @param lowering makes builtins of a graph, if there are any of the same meaning
   */
  public StoreOnce(
      Derivations derivations,
      OpDefinitions definitions,
      Supplier<GraphBuilder> builders,
      Function<Graph, Optional<Graph>> lowering) {
    this.derivations = derivations;
    this.definitions = definitions;
    this.builders = builders;
    this.lowering = lowering;
  }

  /** The program itself if it has no weights in several forms. */
  public Program apply(Program program) {
    WeightFamilies families =
        new WeightFamilies(new ConstantUses(program), derivations, this::isCheap);
    if (families.areStored()) {
      return program;
    }
    Map<Form, Optional<Recomputation.Result>> graphs = new HashMap<>();
    return program.mapGraphs(graph -> apply(graph, families, graphs));
  }

  /** A constant under a type, by which its graph is known. */
  private record Form(ConstantData data, TensorType type) {}

  private boolean isCheap(Derivation derivation) {
    Optional<OpDefinition> definition = definitions.find(derivation.op());
    return definition.isPresent()
        && definition.get().effects() == Effects.PURE
        && (definition.get().accuracy().equals(Accuracy.EXACT)
            || definition.get().accuracy().equals(Accuracy.ROUNDED));
  }

  private Graph apply(
      Graph graph, WeightFamilies families, Map<Form, Optional<Recomputation.Result>> graphs) {
    Function<Value.Constant, Optional<Recomputation.Result>> recomputed =
        constant ->
            families.step(constant.data()).isEmpty()
                ? Optional.empty()
                : graphs.computeIfAbsent(
                    new Form(constant.data(), constant.type()),
                    form -> recomputation(constant, families));
    Inlined inlined = new Inlined(recomputed);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(inlined.onNewOperands(node));
    }
    List<Value> outputs = graph.outputs().stream().map(inlined::of).toList();
    if (inlined.nodes().isEmpty()) {
      return graph;
    }
    nodes.addAll(0, inlined.nodes());
    return new Graph(graph.inputs(), nodes, outputs);
  }

  private Optional<Recomputation.Result> recomputation(
      Value.Constant constant, WeightFamilies families) {
    Recomputation.Result plain = Recomputation.of(constant, families, builders.get());
    return lowering
        .apply(plain.graph())
        .map(lowered -> new Recomputation.Result(lowered, plain.constants()));
  }

  /** Copies of graphs that compute constants, in place of these. */
  private static final class Inlined {
    private final Function<Value.Constant, Optional<Recomputation.Result>> recomputed;
    private final IdentityHashMap<Value, Value> values = new IdentityHashMap<>();
    private final Map<Form, Value> known = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Inlined(Function<Value.Constant, Optional<Recomputation.Result>> recomputed) {
      this.recomputed = recomputed;
    }

    List<Node> nodes() {
      return nodes;
    }

    /** What stands for {@code value}. */
    Value of(Value value) {
      if (value instanceof Value.Constant constant && !values.containsKey(value)) {
        Optional<Recomputation.Result> result = recomputed.apply(constant);
        if (result.isPresent()) {
          Form form = new Form(constant.data(), constant.type());
          values.put(value, known.computeIfAbsent(form, key -> copy(result.get())));
        }
      }
      return values.getOrDefault(value, value);
    }

    private Value copy(Recomputation.Result result) {
      Graph graph = result.graph();
      for (int i = 0; i < graph.inputs().size(); i++) {
        values.put(graph.inputs().get(i), result.constants().get(i));
      }
      for (Node node : graph.nodes()) {
        nodes.add(
            put(
                node,
                node.operands().stream()
                    .map(operand -> values.getOrDefault(operand, operand))
                    .toList()));
      }
      Value output = graph.outputs().getFirst();
      return values.getOrDefault(output, output);
    }

    Node onNewOperands(Node node) {
      List<Value> operands = node.operands().stream().map(this::of).toList();
      return operands.equals(node.operands()) ? node : put(node, operands);
    }

    private Node put(Node node, List<Value> operands) {
      Node copy =
          new Node(
              node.op(),
              node.attributes(),
              operands,
              node.resultTypes(),
              node.bodies(),
              node.name(),
              node.origin());
      for (int i = 0; i < node.results().size(); i++) {
        values.put(node.results().get(i), copy.results().get(i));
      }
      return copy;
    }
  }
}
