package org.signet.session;

import java.util.List;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;

/**
 * How an interpreter runs.
 *
 * @param providers asked for a kernel for each operator: in this order, but first the one that is
 *     known to be clearly faster; one that is left out runs nothing, and an operator that none of
 *     the others runs is an error
 * @param maxTensorBytes a result that would be larger makes a call fail before it is allocated
 * @param maxLoopSteps a call whose loops take more steps in all fails with TOO_MANY_STEPS
 * @param threads that share the work of a call, the calling one included: 1 to {@value
 *     #MOST_THREADS}; results are the same bits whatever their number
 * @param files whether ops may read and write files, as those that save and restore checkpoints do
 * @param partial whether a model may be opened some of whose operators have no kernel
 */
public record InterpreterOptions(
    List<KernelProvider> providers,
    long maxTensorBytes,
    long maxLoopSteps,
    int threads,
    boolean files,
    boolean partial) {
  public static final int MOST_THREADS = 256;

  /**
   * @throws IllegalArgumentException if there can't be so many threads
   */
  public InterpreterOptions {
    providers = List.copyOf(providers);
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(threads + " threads: not 1 to " + MOST_THREADS);
    }
  }

  /** The fastest kernels there are, tensors up to the size of the heap, any loop, one thread. */
  public static InterpreterOptions standard() {
    return new InterpreterOptions(
        KernelProviders.standard(),
        Runtime.getRuntime().maxMemory(),
        Long.MAX_VALUE,
        1,
        true,
        false);
  }

  public InterpreterOptions withProviders(KernelProvider... only) {
    return new InterpreterOptions(
        List.of(only), maxTensorBytes, maxLoopSteps, threads, files, partial);
  }

  public InterpreterOptions withMaxTensorBytes(long bytes) {
    return new InterpreterOptions(providers, bytes, maxLoopSteps, threads, files, partial);
  }

  /** So many steps for all loops of a call, those within loops included. */
  public InterpreterOptions withMaxLoopSteps(long steps) {
    return new InterpreterOptions(providers, maxTensorBytes, steps, threads, files, partial);
  }

  /**
   * So many threads for a call, which the interpreter starts and {@link Interpreter#close} ends.
   *
   * @throws IllegalArgumentException if there can't be so many
   */
  public InterpreterOptions withThreads(int count) {
    return new InterpreterOptions(providers, maxTensorBytes, maxLoopSteps, count, files, partial);
  }

  /**
   * Signatures with ops that read or write files then fail with NO_KERNEL before anything runs;
   * what the model's initialization needs of them counts, too. {@link Interpreter#saveState} and
   * {@link Interpreter#restoreState}, which the caller asks for, go on working.
   */
  public InterpreterOptions withoutFiles() {
    return new InterpreterOptions(providers, maxTensorBytes, maxLoopSteps, threads, false, partial);
  }

  /**
   * Opens a model some of whose operators have no kernel; the signatures that need these then fail
   * with NO_KERNEL before they run, all others run.
   */
  public InterpreterOptions withPartialUse() {
    return new InterpreterOptions(providers, maxTensorBytes, maxLoopSteps, threads, files, true);
  }
}
