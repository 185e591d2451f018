package org.signet.kernel.dense;

import org.signet.op.OpCall;

/** A kernel that may leave a call to the reference. Safe to call from many threads. */
@FunctionalInterface
interface Attempt {
  /**
   * Runs a call, or leaves it alone: operands that it was not made for, or that are wrong, which
   * the reference then says.
   *
   * @return whether it has run
   */
  boolean run(OpCall call);
}
