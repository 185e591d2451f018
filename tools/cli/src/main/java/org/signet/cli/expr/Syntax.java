package org.signet.cli.expr;

import java.util.List;

/** An expression as written. */
sealed interface Syntax {
  /** Where it starts, or for an operator and a call what the mistakes in it are told of. */
  int at();

  /** A number, a string, {@code True} or {@code False}. */
  record Literal(Value value, int at) implements Syntax {}

  /** A list or tuple. */
  record Sequence(List<Syntax> items, int at) implements Syntax {}

  /** A name alone, such as {@code np}. */
  record Name(String name, int at) implements Syntax {}

  /** {@code TARGET.NAME}. */
  record Member(Syntax target, String name, int at) implements Syntax {}

  /** A call. */
  record Call(Syntax function, List<Argument> arguments, int at) implements Syntax {}

  /**
   * An argument of a call.
   *
   * @param keyword empty for one that is known by its position
   */
  record Argument(String keyword, Syntax value, int at) {}

  /** {@code -x} or {@code +x}. */
  record Sign(boolean negative, Syntax operand, int at) implements Syntax {}

  /** {@code a + b}. */
  record Operation(char operator, Syntax left, Syntax right, int at) implements Syntax {}
}
