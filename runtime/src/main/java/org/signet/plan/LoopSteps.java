package org.signet.plan;

import java.util.concurrent.atomic.AtomicInteger;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** Counts the steps of all loops of one run, so that it ends. For one thread. */
final class LoopSteps {
  private final long most;
  private final AtomicInteger cancellations;
  private int cancellationsBefore;
  private long taken;

  /**
   * @param most so many steps may be taken
   * @param cancellations a run is to end once this differs from what it was when the run began
   */
  LoopSteps(long most, AtomicInteger cancellations) {
    this.most = most;
    this.cancellations = cancellations;
  }

  /** Begins a run. */
  void begin() {
    cancellationsBefore = cancellations.get();
    taken = 0;
  }

  /**
   * Takes one step.
   *
   * @throws SignetException TOO_MANY_STEPS, CANCELLED
   */
  void take() {
    if (cancellations.get() != cancellationsBefore || Thread.currentThread().isInterrupted()) {
      throw SignetException.of(
          Code.CANCELLED,
          "Loop execution was cancelled. State is as it was before",
          "call again, if it was by mistake");
    }
    if (taken++ >= most) {
      throw SignetException.of(
          Code.TOO_MANY_STEPS,
          "the loops of the call take more than " + most + " steps",
          "allow more with --max-steps, or InterpreterOptions.withMaxLoopSteps, if they should ever end");
    }
  }
}
