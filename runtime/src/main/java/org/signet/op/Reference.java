package org.signet.op;

/**
 * The reference evaluation of an op: plain loops, every element type that the op allows, never
 * refuses.
 *
 * <p>Stateless and safe to call from many threads.
 */
@FunctionalInterface
public interface Reference {
  /**
   * @throws IllegalArgumentException if the operands' values contradict the op's definition (an
   *     index out of range, shapes that do not match); the message says how
   */
  void evaluate(OpCall call);
}
