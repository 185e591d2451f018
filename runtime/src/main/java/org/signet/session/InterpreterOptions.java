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
 */
public record InterpreterOptions(List<KernelProvider> providers, long maxTensorBytes) {
  public InterpreterOptions {
    providers = List.copyOf(providers);
  }

  /** The fastest kernels there are, and tensors up to the size of the heap. */
  public static InterpreterOptions standard() {
    return new InterpreterOptions(KernelProviders.standard(), Runtime.getRuntime().maxMemory());
  }

  public InterpreterOptions withProviders(KernelProvider... only) {
    return new InterpreterOptions(List.of(only), maxTensorBytes);
  }

  public InterpreterOptions withMaxTensorBytes(long bytes) {
    return new InterpreterOptions(providers, bytes);
  }
}
