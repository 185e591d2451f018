package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class PruneTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private static List<String> pruned(Graph graph) {
    return Prune.apply(graph, OpDefinitions.standard()).nodes().stream()
        .map(node -> node.op().name())
        .toList();
  }

  private Value unary(String builtin, Value x) {
    return graphs.builtin(builtin, Attributes.NONE, x);
  }

  @Test
  void whatNobodyReadsGoesWithAllThatOnlyItReads() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value kept = unary("ABS", x);
    unary("EXP", unary("NEG", kept));
    assertThat(pruned(graphs.build(kept))).containsExactly("ABS");
  }

  @Test
  void anOpOfWhichOneResultIsReadStays() {
    Value x = graphs.input(DType.FLOAT32, 4);
    List<Value> parts =
        graphs
            .builder()
            .add(
                OpKey.builtin("SPLIT"),
                Attributes.of("num_splits", 2),
                List.of(graphs.ints(0), x),
                List.of(
                    TensorType.of(DType.FLOAT32, Shape.of(2)),
                    TensorType.of(DType.FLOAT32, Shape.of(2))),
                "split",
                Origin.NONE);
    assertThat(pruned(graphs.build(parts.get(1)))).containsExactly("SPLIT");
  }

  @Test
  void aGraphThatNeedsAllIsItself() {
    Graph graph = graphs.build(unary("ABS", graphs.input(DType.FLOAT32, 2)));
    assertThat(Prune.apply(graph, OpDefinitions.standard())).isSameAs(graph);
  }

  @Test
  void effectsStay() {
    Value x = graphs.input(DType.FLOAT32, 2);
    List<Value> handle =
        graphs
            .builder()
            .add(
                OpKey.builtin("VAR_HANDLE"),
                Attributes.NONE,
                List.of(),
                List.of(TensorType.of(DType.RESOURCE)),
                "v",
                Origin.NONE);
    graphs
        .builder()
        .add(
            OpKey.builtin("ASSIGN_VARIABLE"),
            Attributes.NONE,
            List.of(handle.getFirst(), unary("ABS", x)),
            "assign",
            Origin.NONE);
    assertThat(pruned(graphs.build(x))).containsExactly("VAR_HANDLE", "ABS", "ASSIGN_VARIABLE");
  }

  @Test
  void randomNumbersThatNobodyReadsGo() {
    Value x = graphs.input(DType.FLOAT32, 2);
    graphs
        .builder()
        .add(
            OpKey.tf("RandomUniform"),
            Attributes.of("dtype", DType.FLOAT32, "T", DType.INT32),
            List.of(graphs.ints(3)),
            List.of(TensorType.of(DType.FLOAT32, Shape.of(3))),
            "random",
            Origin.NONE);
    assertThat(pruned(graphs.build(x))).isEmpty();
  }
}
