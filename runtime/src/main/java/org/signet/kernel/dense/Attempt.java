package org.signet.kernel.dense;

import org.signet.kernel.Kernel;
import org.signet.op.OpCall;
import org.signet.op.Reference;

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

  /** The kernel that leaves to {@code reference} what this does not run. */
  default Kernel orElse(Reference reference) {
    return call -> {
      if (!run(call)) {
        reference.evaluate(call);
      }
    };
  }
}
