package org.signet.plan;

import java.util.function.BooleanSupplier;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** Counts the steps of all loops of one run, so that it ends. For one thread. */
final class LoopSteps {
  private final long most;
  private final BooleanSupplier cancelled;
  private long taken;

  /**
   * @param most so many steps may be taken
   * @param cancelled whether the run is to end
   */
  LoopSteps(long most, BooleanSupplier cancelled) {
    this.most = most;
    this.cancelled = cancelled;
  }

  /**
   * Takes one step.
   *
   * @throws SignetException TOO_MANY_STEPS, CANCELLED
   */
  void take() {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw SignetException.of(Code.CANCELLED, "the call was cancelled in a loop");
    }
    if (taken++ >= most) {
      throw SignetException.of(
          Code.TOO_MANY_STEPS,
          "the loops of the call take more than " + most + " steps",
          "allow more with InterpreterOptions.withMaxLoopSteps if they should ever end");
    }
  }
}
