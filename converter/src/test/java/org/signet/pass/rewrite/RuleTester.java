package org.signet.pass.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.signet.ir.ConstantStore;
import org.signet.ir.Evaluator;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.GraphText;
import org.signet.ir.Program;
import org.signet.ir.Prune;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.Accuracy;
import org.signet.op.OpCaseComparison;
import org.signet.op.OpDefinitions;
import org.signet.tensor.Tensor;

/** Applies one rule, or a pass, to a graph and checks that it computes the same. */
public final class RuleTester implements AutoCloseable {
  private final ConstantStore store = new ConstantStore();
  private final Function<Supplier<GraphBuilder>, UnaryOperator<Graph>> pass;

  public RuleTester(Rule rule) {
    this(builders -> new Rewriter(List.of(rule), builders)::apply);
  }

  public RuleTester(Function<Supplier<GraphBuilder>, UnaryOperator<Graph>> pass) {
    this.pass = pass;
  }

  /**
   * The graph that the rule makes of {@code graph}.
   *
   * @throws AssertionError if it is the same, has outputs of other types, or gives other numbers
   */
  public Graph fires(Graph graph) {
    Graph rewritten = apply(graph);
    assertThat(text(rewritten)).isNotEqualTo(text(pruned(graph)));
    assertThat(rewritten.outputs())
        .extracting(Value::type)
        .isEqualTo(graph.outputs().stream().map(Value::type).toList());
    List<Tensor> before = Evaluator.run(graph);
    List<Tensor> after = Evaluator.run(rewritten);
    for (int i = 0; i < before.size(); i++) {
      OpCaseComparison.check(after.get(i), before.get(i), Accuracy.ACCUMULATED, false);
    }
    return rewritten;
  }

  /** The ops of what {@link #fires} gives. */
  public List<String> firesTo(Graph graph) {
    return fires(graph).nodes().stream().map(node -> node.op().toString()).toList();
  }

  /**
   * @throws AssertionError if the rule changes {@code graph}
   */
  public void doesNotFire(Graph graph) {
    assertThat(text(apply(graph))).isEqualTo(text(pruned(graph)));
  }

  private Graph apply(Graph graph) {
    OpDefinitions definitions = OpDefinitions.standard();
    UnaryOperator<Graph> rewrite = pass.apply(() -> new GraphBuilder(definitions, store));
    return pruned(rewrite.apply(pruned(graph)));
  }

  /** Without what an earlier graph of the same builder left. */
  private static Graph pruned(Graph graph) {
    return Prune.apply(graph, OpDefinitions.standard());
  }

  private static String text(Graph graph) {
    List<String> inputs = graph.inputs().stream().map(Value::name).toList();
    List<String> outputs = graph.outputs().stream().map(value -> "output").toList();
    return GraphText.of(new Program(List.of(new Signature("s", inputs, outputs, graph))));
  }

  @Override
  public void close() {
    store.close();
  }
}
