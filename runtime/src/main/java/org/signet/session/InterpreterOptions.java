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
 * @param threads that share the work of a call, the calling one included: 1 to {@value
 *     #MOST_THREADS}; results are the same bits whatever their number
 */
public record InterpreterOptions(List<KernelProvider> providers, long maxTensorBytes, int threads) {
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

  /** The fastest kernels there are, tensors up to the size of the heap, one thread. */
  public static InterpreterOptions standard() {
    return new InterpreterOptions(KernelProviders.standard(), Runtime.getRuntime().maxMemory(), 1);
  }

  public InterpreterOptions withProviders(KernelProvider... only) {
    return new InterpreterOptions(List.of(only), maxTensorBytes, threads);
  }

  public InterpreterOptions withMaxTensorBytes(long bytes) {
    return new InterpreterOptions(providers, bytes, threads);
  }

  /**
   * So many threads for a call, which the interpreter starts and {@link Interpreter#close} ends.
   *
   * @throws IllegalArgumentException if there can't be so many
   */
  public InterpreterOptions withThreads(int count) {
    return new InterpreterOptions(providers, maxTensorBytes, count);
  }
}
