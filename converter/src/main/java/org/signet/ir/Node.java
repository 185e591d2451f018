package org.signet.ir;

import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.TensorType;

/** One use of an op: immutable operands, results of its own. Compared by identity. */
public final class Node {
  private final OpKey op;
  private final Attributes attributes;
  private final List<Value> operands;
  private final List<Value.Result> results;
  private final List<Graph> bodies;
  private final Origin origin;

  /**
   * @param name names the results: the first by itself, the others {@code name:1}, {@code name:2},
   *     …
   */
  public Node(
      OpKey op,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> resultTypes,
      String name,
      Origin origin) {
    this(op, attributes, operands, resultTypes, List.of(), name, origin);
  }

  /**
   * @param bodies the graphs that an IF chooses from (then, else) or a WHILE runs (condition, body)
   */
  public Node(
      OpKey op,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> resultTypes,
      List<Graph> bodies,
      String name,
      Origin origin) {
    this.bodies = List.copyOf(bodies);
    this.op = op;
    this.attributes = attributes;
    this.operands = List.copyOf(operands);
    this.origin = origin;
    List<Value.Result> made = new ArrayList<>(resultTypes.size());
    for (int i = 0; i < resultTypes.size(); i++) {
      made.add(new Value.Result(this, i, i == 0 ? name : name + ":" + i, resultTypes.get(i)));
    }
    this.results = List.copyOf(made);
  }

  public OpKey op() {
    return op;
  }

  /** Whether this is a use of the builtin of this name. */
  public boolean is(String builtin) {
    return op.isBuiltin() && op.name().equals(builtin);
  }

  /** Whether this is a use of one of these builtins. */
  public boolean isAnyOf(String... builtins) {
    if (op.isBuiltin()) {
      for (String builtin : builtins) {
        if (op.name().equals(builtin)) {
          return true;
        }
      }
    }
    return false;
  }

  public Attributes attributes() {
    return attributes;
  }

  public List<Value> operands() {
    return operands;
  }

  public Value operand(int i) {
    return operands.get(i);
  }

  public List<Value.Result> results() {
    return results;
  }

  public Value.Result result() {
    return results.getFirst();
  }

  /** The graphs that this node runs: closed but for constants and resources; empty for most. */
  public List<Graph> bodies() {
    return bodies;
  }

  public Origin origin() {
    return origin;
  }

  /** The name of the first result, or of the node it came from. */
  public String name() {
    return results.isEmpty() ? origin.node() : results.getFirst().name();
  }

  public List<TensorType> resultTypes() {
    if (results.size() == 1) {
      return List.of(results.getFirst().type()); // as almost always
    }
    return results.stream().map(Value.Result::type).toList();
  }

  @Override
  public String toString() {
    return results + " = " + op + operands + attributes;
  }
}
