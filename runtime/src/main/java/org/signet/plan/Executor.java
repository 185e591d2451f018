package org.signet.plan;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.signet.diag.SignetException;
import org.signet.op.SessionState;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;

/**
 * Runs plans of one session. Many threads may run plans at once, each with arrays of its own, which
 * are kept for the next run; plans that {@linkplain Plan#usesState() use state} must be run one at
 * a time, which is the caller's business.
 */
public final class Executor implements AutoCloseable {
  private static final String CALL_ONCE = "call once of subgraph ";

  private final SessionState state;
  private final long maxTensorBytes;
  private final long maxLoopSteps;

  /** Counts cancellations: a run ends once it differs from what the run began with. */
  private final AtomicInteger cancellations = new AtomicInteger();

  private final Optional<WorkerPool> pool;
  private final Workers workers;
  private final ConcurrentLinkedDeque<ArrayPool> pools = new ConcurrentLinkedDeque<>();

  /**
   * @param maxTensorBytes a result that would be larger makes a run fail
   * @param maxLoopSteps a run whose loops take more steps in all fails
   * @param threads that share the work of a run, the caller's included
   */
  public Executor(SessionState state, long maxTensorBytes, long maxLoopSteps, int threads) {
    this.pool = threads > 1 ? Optional.of(new WorkerPool(threads)) : Optional.empty();
    this.workers = pool.isPresent() ? pool.get() : Workers.NONE;
    this.state = state;
    this.maxTensorBytes = maxTensorBytes;
    this.maxLoopSteps = maxLoopSteps;
  }

  /**
   * Runs a plan.
   *
   * @param inputs in the order of the subgraph's inputs, of the declared element types; not changed
   * @return in the order of the subgraph's outputs; no two share an array, nor does one with an
   *     input, a constant or another run
   * @throws SignetException OP_FAILED if the values contradict what an op means, TENSOR_TOO_LARGE,
   *     TOO_MANY_STEPS, CANCELLED
   */
  public List<Tensor> run(Plan plan, List<Tensor> inputs) {
    ArrayPool pool = pools.poll();
    ArrayPool own = pool == null ? new ArrayPool() : pool;
    int before = cancellations.get();
    LoopSteps steps = new LoopSteps(maxLoopSteps, () -> cancellations.get() != before);
    List<Tensor> outputs =
        Activation.run(
            plan, inputs, new Activation.Session(own, state, workers, maxTensorBytes, steps));
    own.endRun();
    // After a failure the pool is dropped, since what is still in use there is not known.
    pools.push(own);
    return outputs;
  }

  /** The name under which a session's state tells whether a subgraph has run that runs once. */
  public static String callOnceName(int subgraph) {
    return CALL_ONCE + subgraph;
  }

  /** Whether {@link #callOnceName} gives a subgraph this name. */
  public static boolean isCallOnceName(String name) {
    return name.startsWith(CALL_ONCE);
  }

  /** Makes the runs of now fail at the next step of a loop. */
  public void cancel() {
    cancellations.incrementAndGet();
  }

  /** Ends the threads. Runs must have ended. */
  @Override
  public void close() {
    pool.ifPresent(WorkerPool::close);
  }
}
