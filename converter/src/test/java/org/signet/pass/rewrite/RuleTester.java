package org.signet.pass.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

/** Applies one rule to a graph and checks that it computes the same. */
public final class RuleTester implements AutoCloseable {
  private final ConstantStore store = new ConstantStore();
  private final Rule rule;

  public RuleTester(Rule rule) {
    this.rule = rule;
  }

  /**
   * The graph that the rule makes of {@code graph}.
   *
   * @throws AssertionError if it is the same, has outputs of other types, or gives other numbers
   */
  public Graph fires(Graph graph) {
    Graph rewritten = apply(graph);
    assertThat(text(rewritten)).isNotEqualTo(text(graph));
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
    assertThat(text(apply(graph))).isEqualTo(text(graph));
  }

  private Graph apply(Graph graph) {
    OpDefinitions definitions = OpDefinitions.standard();
    Rewriter rewriter = new Rewriter(List.of(rule), () -> new GraphBuilder(definitions, store));
    return Prune.apply(rewriter.apply(graph), definitions);
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
