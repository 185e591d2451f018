package org.signet.kernel;

import java.util.List;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.OpDefinitions;

/** The providers that Signet comes with. */
public final class KernelProviders {
  private static final KernelProvider REFERENCE = new ReferenceProvider(OpDefinitions.standard());
  private static final List<KernelProvider> STANDARD =
      VectorProvider.isAvailable() ? List.of(new VectorProvider(), REFERENCE) : List.of(REFERENCE);

  private KernelProviders() {}

  /** The reference kernels, which run every op that has a definition. */
  public static KernelProvider reference() {
    return REFERENCE;
  }

  /** All providers, the fastest first. */
  public static List<KernelProvider> standard() {
    return STANDARD;
  }
}
