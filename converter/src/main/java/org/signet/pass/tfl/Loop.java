package org.signet.pass.tfl;

import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Value;

/**
 * A WHILE: its operands are what the variables are at first, its results what they are in the end.
 *
 * @param node the operator
 */
record Loop(Node node) {
  static boolean is(Node node) {
    return node.is("WHILE");
  }

  /** What is asked of the variables before each turn. */
  Graph test() {
    return node.bodies().get(0);
  }

  /** What a turn makes of the variables. */
  Graph body() {
    return node.bodies().get(1);
  }

  /** Variable {@code i} in the body. */
  Value.Input inside(int i) {
    return body().inputs().get(i);
  }

  /** What the body makes of variable {@code i}. */
  Value next(int i) {
    return body().outputs().get(i);
  }

  /** Whether no turn changes variable {@code i}. */
  boolean keeps(int i) {
    return next(i) == inside(i);
  }

  /** Which variable {@code value} of the body is; -1 for none. */
  int variable(Value value) {
    return body().inputs().indexOf(value);
  }
}
