package org.signet.kernel;

import org.signet.op.OpCall;

/** Runs one step of a plan. Immutable; may be called from many threads at once. */
@FunctionalInterface
public interface Kernel {
  /**
   * @throws IllegalArgumentException if the operands' values contradict the op's definition
   */
  void run(OpCall call);
}
