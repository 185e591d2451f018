package org.signet.pass.tfl;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Graphs;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** Builds loops for tests of passes. */
abstract class LoopFixture {
  static final Attributes NONE = Attributes.of(FusedActivation.OPTION, "NONE");

  final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  static Value op(GraphBuilder builder, String op, Attributes options, Value... operands) {
    return builder.addOne(OpKey.builtin(op), options, List.of(operands), op, Origin.NONE);
  }

  static Value plus(GraphBuilder builder, Value x, int number) {
    return op(builder, "ADD", NONE, x, builder.constant("number", Tensor.scalar(number)));
  }

  static Value below(GraphBuilder builder, Value x, int number) {
    Value limit = builder.constant("limit", Tensor.scalar(number));
    return op(builder, "LESS", Attributes.NONE, x, limit);
  }

  /** The results of a loop. */
  List<Value> loop(
      BiFunction<GraphBuilder, List<Value>, Value> condition,
      BiFunction<GraphBuilder, List<Value>, List<Value>> body,
      Value... operands) {
    return loop(condition, body, Stream.of(operands).map(Value::type).toList(), operands);
  }

  /** The results of a loop whose variables are of these types. */
  List<Value> loop(
      BiFunction<GraphBuilder, List<Value>, Value> condition,
      BiFunction<GraphBuilder, List<Value>, List<Value>> body,
      List<TensorType> types,
      Value... operands) {
    Graph test = graph(types, (builder, values) -> List.of(condition.apply(builder, values)));
    return graphs
        .builder()
        .addWithBodies(
            OpKey.builtin("WHILE"),
            List.of(operands),
            types,
            List.of(test, graph(types, body)),
            "loop",
            Origin.NONE);
  }

  private Graph graph(
      List<TensorType> types, BiFunction<GraphBuilder, List<Value>, List<Value>> make) {
    GraphBuilder builder = graphs.builder().fresh();
    List<Value> inputs = types.stream().<Value>map(type -> builder.input("v", type)).toList();
    return builder.build(make.apply(builder, inputs));
  }

  static Node loopOf(Graph graph) {
    return graph.nodes().stream().filter(node -> node.is("WHILE")).findFirst().orElseThrow();
  }

  static List<String> ops(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().name()).toList();
  }
}
