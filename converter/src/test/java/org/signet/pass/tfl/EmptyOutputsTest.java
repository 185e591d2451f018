package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class EmptyOutputsTest {
  private final ConstantStore store = new ConstantStore();

  @AfterEach
  void close() {
    store.close();
  }

  private GraphBuilder builder() {
    return new GraphBuilder(OpDefinitions.standard(), store);
  }

  private List<String> treated(
      GraphBuilder graph, String op, Attributes options, Value... operands) {
    List<Value> results =
        List.of(
            graph.addOne(
                OpKey.builtin(op), options, List.of(operands), "result", Origin.ofNode("result")));
    Graph result = new EmptyOutputs(this::builder).apply(graph.build(results));
    return result.nodes().stream().map(node -> node.op().name()).toList();
  }

  private List<String> shapeOf(TensorType type) {
    GraphBuilder graph = builder();
    return treated(graph, "SHAPE", Attributes.of("out_type", "INT32"), graph.input("x", type));
  }

  @Test
  void theShapeOfWhatMayBeAScalarIsCopied() {
    assertThat(shapeOf(TensorType.unranked(DType.FLOAT32))).containsExactly("SHAPE", "CAST");
  }

  @Test
  void otherShapesAreNot() {
    assertThat(shapeOf(TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 3))).containsExactly("SHAPE");
  }

  @Test
  void whatMayBeEmptyIsCopiedIfItsSizeIsFoundWhenItRuns() {
    GraphBuilder graph = builder();
    Value flags = graph.input("x", TensorType.of(DType.BOOL, 4));
    assertThat(treated(graph, "WHERE", Attributes.NONE, flags)).containsExactly("WHERE", "CAST");
  }

  @Test
  void whatHasASizeBeforeItRunsIsNot() {
    GraphBuilder graph = builder();
    Value x = graph.input("x", TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 4));
    Value times = graph.input("times", TensorType.of(DType.INT32, 2));
    assertThat(treated(graph, "TILE", Attributes.NONE, x, times)).containsExactly("TILE", "CAST");
    GraphBuilder other = builder();
    Value y = other.input("x", TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 4));
    Value twice = other.constant("times", Tensor.of(new int[] {2, 2}));
    assertThat(treated(other, "TILE", Attributes.NONE, y, twice)).containsExactly("TILE");
  }
}
