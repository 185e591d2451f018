package org.signet.kernel;

import java.util.ArrayList;
import java.util.List;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.OpDefinitions;

/** The providers that Signet comes with. */
public final class KernelProviders {
  private static final KernelProvider REFERENCE = new ReferenceProvider(OpDefinitions.standard());
  private static final List<KernelProvider> STANDARD = fastestFirst();

  private KernelProviders() {}

  private static List<KernelProvider> fastestFirst() {
    List<KernelProvider> providers = new ArrayList<>();
    FfmProvider.find().ifPresent(providers::add);
    if (VectorProvider.isAvailable()) {
      providers.add(VectorProvider.standard());
    }
    providers.add(REFERENCE);
    return List.copyOf(providers);
  }

  /** The reference kernels, which run every op that has a definition. */
  public static KernelProvider reference() {
    return REFERENCE;
  }

  /** All providers, first those that are fastest in most cases. */
  public static List<KernelProvider> standard() {
    return STANDARD;
  }
}
