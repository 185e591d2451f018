package org.signet.plan;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.signet.op.SessionState;
import org.signet.op.Workers;

/**
 * What a run and those within it share, and the next run uses again: arrays, and an activation for
 * each plan that runs. For one run at a time.
 */
final class Frames {
  private final ArrayPool pool = new ArrayPool();
  private final SessionState state;
  private final Workers workers;
  private final long maxTensorBytes;
  private final LoopSteps loopSteps;

  /** Those that no run uses. */
  private final IdentityHashMap<Plan, ArrayDeque<Activation>> free = new IdentityHashMap<>();

  /**
   * @param state of the session
   * @param workers who may share the work
   * @param maxTensorBytes a result that would be larger makes the run fail
   * @param loopSteps counts the steps of loops
   */
  Frames(SessionState state, Workers workers, long maxTensorBytes, LoopSteps loopSteps) {
    this.state = state;
    this.workers = workers;
    this.maxTensorBytes = maxTensorBytes;
    this.loopSteps = loopSteps;
  }

  ArrayPool pool() {
    return pool;
  }

  SessionState state() {
    return state;
  }

  Workers workers() {
    return workers;
  }

  long maxTensorBytes() {
    return maxTensorBytes;
  }

  LoopSteps loopSteps() {
    return loopSteps;
  }

  /** An activation that holds no tensors but constants. */
  Activation begin(Plan plan) {
    ArrayDeque<Activation> activations = free.get(plan);
    @Nullable Activation found = activations == null ? null : activations.poll();
    return found == null ? new Activation(plan, this) : found;
  }

  /** Takes back an activation of a plan. */
  void end(Plan plan, Activation activation) {
    free.computeIfAbsent(plan, _ -> new ArrayDeque<>()).push(activation);
  }
}
