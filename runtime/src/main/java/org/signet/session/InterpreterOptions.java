package org.signet.session;

import java.util.List;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;

/**
 * How an interpreter runs.
 *
 * @param providers asked in this order for a kernel for each operator; with a provider left out, an
 *     operator that none of the others runs is an error
 * @param maxTensorBytes a result that would be larger makes a call fail before it is allocated
 * @param maxLoopSteps a call whose loops take more steps in all fails with TOO_MANY_STEPS
 * @param threads that share the work of a call, the calling one included: 1 to {@value
 *     #MOST_THREADS}; results are the same bits whatever their number
 */
public record InterpreterOptions(
    List<KernelProvider> providers, long maxTensorBytes, long maxLoopSteps, int threads) {
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
        KernelProviders.standard(), Runtime.getRuntime().maxMemory(), Long.MAX_VALUE, 1);
  }

  public InterpreterOptions withProviders(KernelProvider... only) {
    return new InterpreterOptions(List.of(only), maxTensorBytes, maxLoopSteps, threads);
  }

  public InterpreterOptions withMaxTensorBytes(long bytes) {
    return new InterpreterOptions(providers, bytes, maxLoopSteps, threads);
  }

  /** So many steps for all loops of a call, those within loops included. */
  public InterpreterOptions withMaxLoopSteps(long steps) {
    return new InterpreterOptions(providers, maxTensorBytes, steps, threads);
  }

  /**
   * So many threads for a call, which the interpreter starts and {@link Interpreter#close} ends.
   *
   * @throws IllegalArgumentException if there can't be so many
   */
  public InterpreterOptions withThreads(int count) {
    return new InterpreterOptions(providers, maxTensorBytes, maxLoopSteps, count);
  }
}
