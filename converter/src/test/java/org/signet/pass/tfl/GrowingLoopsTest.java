package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class GrowingLoopsTest {
  private final ConstantStore store = new ConstantStore();

  @AfterEach
  void close() {
    store.close();
  }

  private GraphBuilder builder() {
    return new GraphBuilder(OpDefinitions.standard(), store);
  }

  /** A loop over a counter and rows, whose number is {@code first} before it and free in it. */
  private Graph loop(int first, boolean appends) {
    TensorType count = TensorType.of(DType.INT32);
    TensorType rows = TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 3);
    GraphBuilder test = builder();
    Value counted = test.input("i", count);
    test.input("rows", rows);
    Value less = add(test, "LESS", counted, test.constant("n", Tensor.scalar(3)));
    GraphBuilder body = builder();
    Value i = body.input("i", count);
    Value before = body.input("rows", rows);
    Value next = add(body, "ADD", i, body.constant("one", Tensor.scalar(1)));
    Value row = body.constant("row", Tensor.zeros(DType.FLOAT32, 1, 3));
    Value after =
        appends ? add(body, "CONCATENATION", before, row) : add(body, "MUL", before, before);
    GraphBuilder main = builder();
    Value start = main.input("start", TensorType.of(DType.FLOAT32, first, 3));
    List<Value> results =
        main.addWithBodies(
            OpKey.builtin("WHILE"),
            List.of(main.constant("zero", Tensor.scalar(0)), start),
            List.of(count, rows),
            List.of(test.build(List.of(less)), body.build(List.of(next, after))),
            "while",
            Origin.ofNode("while"));
    return main.build(results);
  }

  private static Value add(GraphBuilder builder, String op, Value... operands) {
    Attributes axis = op.equals("CONCATENATION") ? Attributes.of("axis", 0) : Attributes.NONE;
    return builder.addOne(OpKey.builtin(op), axis, List.of(operands), op, Origin.ofNode(op));
  }

  private Graph treated(Graph graph) {
    return new GrowingLoops(this::builder).apply(graph);
  }

  private static Node loopOf(Graph graph) {
    return graph.nodes().stream().filter(node -> node.is("WHILE")).findFirst().orElseThrow();
  }

  @Test
  void aLoopThatBeginsWithoutRowsGetsAVariableWhoseSizeNobodyForesees() {
    Graph before = loop(0, true);
    Graph after = treated(before);
    Node loop = loopOf(after);
    assertThat(loop.operands()).hasSize(3);
    assertThat(loop.results()).hasSize(3);
    assertThat(loop.operand(2).type()).isEqualTo(TensorType.of(DType.INT64, 1, 1));
    assertThat(loop.resultTypes().get(2)).isEqualTo(TensorType.of(DType.INT64, Shape.UNKNOWN, 1));
    for (Graph body : loop.bodies()) {
      assertThat(body.inputs()).hasSize(3);
    }
    Graph body = loop.bodies().get(1);
    assertThat(body.outputs()).hasSize(3);
    assertThat(body.nodes()).anyMatch(node -> node.is("WHERE"));
    List<Value> outputs = new ArrayList<>(loop.results());
    assertThat(after.outputs()).isEqualTo(outputs.subList(0, 2));
  }

  @Test
  void aLoopThatAppendsToANumberOfRowsThatIsNotKnownIsTreatedToo() {
    assertThat(loopOf(treated(loop(Shape.UNKNOWN, true))).operands()).hasSize(3);
  }

  @Test
  void otherLoopsStayAsTheyAre() {
    Graph rowsFromTheStart = loop(2, true);
    assertThat(treated(rowsFromTheStart)).isSameAs(rowsFromTheStart);
    Graph noneAppended = loop(Shape.UNKNOWN, false);
    assertThat(treated(noneAppended)).isSameAs(noneAppended);
  }
}
