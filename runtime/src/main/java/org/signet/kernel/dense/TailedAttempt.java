package org.signet.kernel.dense;

import org.signet.op.OpCall;

/** An attempt that can apply functions to its result piece by piece. */
interface TailedAttempt extends Attempt {
  /** Elements of a piece: 64 KB. */
  int PIECE = 1 << 14;

  /** As {@link Attempt#run}; does nothing where the tail does not fit. */
  boolean run(OpCall call, Tail tail);

  @Override
  default boolean run(OpCall call) {
    return run(call, Tail.NONE);
  }
}
