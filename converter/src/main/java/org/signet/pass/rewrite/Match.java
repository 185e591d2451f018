package org.signet.pass.rewrite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Uses;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;

/**
 * An operator that a rule looks at: its operands as they stand in the new graph, and the means to
 * emit what replaces it.
 */
public final class Match {
  private final Node node;
  private final List<Value> operands;
  private final Uses uses;
  private final GraphBuilder builder;

  /**
   * @param node an operator of the old graph
   * @param operands its operands in the new one
   * @param uses who uses what in the old graph
   * @param builder builds the new one
   */
  public Match(Node node, List<Value> operands, Uses uses, GraphBuilder builder) {
    this.node = node;
    this.operands = operands;
    this.uses = uses;
    this.builder = builder;
  }

  /** The operator, of the old graph. */
  public Node node() {
    return node;
  }

  public Attributes attributes() {
    return node.attributes();
  }

  /** Operand {@code i}, of the new graph. */
  public Value operand(int i) {
    return operands.get(i);
  }

  public List<Value> operands() {
    return operands;
  }

  /** The operator of the new graph that computes operand {@code i}. */
  public Optional<Node> producer(int i) {
    return i < operands.size() && operands.get(i) instanceof Value.Result result
        ? Optional.of(result.producer())
        : Optional.empty();
  }

  /**
   * The operator of this name that computes operand {@code i} for this operator alone, so that it
   * may be replaced.
   */
  public Optional<Node> soleProducer(int i, String... builtins) {
    Optional<Node> producer = producer(i);
    return producer.isPresent()
            && producer.get().isAnyOf(builtins)
            && uses.isSingle(node.operand(i))
        ? producer
        : Optional.empty();
  }

  /** TensorFlow's op of this name that computes operand {@code i} for this one alone. */
  public Optional<Node> soleTfProducer(int i, String op) {
    return producer(i)
        .filter(node -> node.op().equals(OpKey.tf(op)) && uses.isSingle(this.node.operand(i)));
  }

  /**
   * The operator of this name that alone computes operand {@code inner} of the operator that
   * computes operand {@code i}.
   */
  public Optional<Node> soleProducerWithin(int i, int inner, String... builtins) {
    Optional<Node> outer =
        producer(i)
            .filter(producer ->
                node.operand(i) instanceof Value.Result old
                    && old.producer().op().equals(producer.op())
                    && uses.isSingle(old.producer().operand(inner)));
    return outer.isPresent() && outer.get().operand(inner) instanceof Value.Result result
        ? Optional.of(result.producer()).filter(producer -> producer.isAnyOf(builtins))
        : Optional.empty();
  }

  /** The value of operand {@code i} if it is constant. */
  public Optional<Tensor> constant(int i) {
    return i < operands.size() ? valueOf(operands.get(i)) : Optional.empty();
  }

  public Optional<Tensor> valueOf(Value value) {
    return builder.constantValue(value);
  }

  public Value.Constant constant(String name, Tensor tensor) {
    return builder.constant(name, tensor);
  }

  /** Float32 weights times a factor for each channel; see {@link GraphBuilder#scaled}. */
  public Value.Constant scaled(Value.Constant weights, float[] factors, int inner) {
    return builder.scaled(weights, factors, inner);
  }

  /** Emits a builtin of one result, which takes over this operator's name. */
  public Value emit(String builtin, Attributes options, Value... values) {
    return emit(builtin, options, Arrays.asList(values));
  }

  /** Emits TensorFlow's op with this operator's attributes, result types and name. */
  public List<Value> emitTf(String op, Value... values) {
    return builder.add(
        OpKey.tf(op),
        node.attributes(),
        Arrays.asList(values),
        node.resultTypes(),
        node.name(),
        node.origin());
  }

  /** Emits a builtin of one result, which takes over this operator's name. */
  public Value emit(String builtin, Attributes options, List<Value> values) {
    return builder.addOne(OpKey.builtin(builtin), options, values, node.name(), node.origin());
  }
}
