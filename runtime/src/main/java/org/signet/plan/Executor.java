package org.signet.plan;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.signet.diag.SignetException;
import org.signet.op.SessionState;
import org.signet.tensor.Tensor;

/**
 * Runs plans of one session. Many threads may run plans at once, each with arrays of its own, which
 * are kept for the next run; plans that {@linkplain Plan#usesState() use state} must be run one at
 * a time, which is the caller's business.
 */
public final class Executor {
  private final SessionState state;
  private final long maxTensorBytes;
  private final ConcurrentLinkedDeque<ArrayPool> pools = new ConcurrentLinkedDeque<>();

  /**
   * @param maxTensorBytes a result that would be larger makes a run fail
   */
  public Executor(SessionState state, long maxTensorBytes) {
    this.state = state;
    this.maxTensorBytes = maxTensorBytes;
  }

  /**
   * Runs a plan.
   *
   * @param inputs in the order of the subgraph's inputs, of the declared element types; not changed
   * @return in the order of the subgraph's outputs; no two share an array, nor does one with an
   *     input, a constant or another run
   * @throws SignetException OP_FAILED if the values contradict what an op means, TENSOR_TOO_LARGE
   */
  public List<Tensor> run(Plan plan, List<Tensor> inputs) {
    ArrayPool pool = pools.poll();
    ArrayPool own = pool == null ? new ArrayPool() : pool;
    List<Tensor> outputs = Activation.run(plan, inputs, own, state, maxTensorBytes);
    own.endRun();
    // After a failure the pool is dropped, since what is still in use there is not known.
    pools.push(own);
    return outputs;
  }
}
