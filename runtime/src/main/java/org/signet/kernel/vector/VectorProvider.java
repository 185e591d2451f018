package org.signet.kernel.vector;

import org.signet.kernel.dense.DenseProvider;

/** The dense kernels on the Vector API. */
public final class VectorProvider {
  /** Smaller products are done by plain loops before they would have been packed. */
  private static final long PLAIN_BELOW = 20_000;

  private VectorProvider() {}

  /** Whether this JVM was started with the module that the kernels need. */
  public static boolean isAvailable() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** The provider for users. */
  public static DenseProvider standard() {
    return new DenseProvider(VectorEngine.standard(), PLAIN_BELOW);
  }

  /** A provider that runs everything on vectors, however small and however slow: for tests. */
  public static DenseProvider eager() {
    return new DenseProvider(VectorEngine.eager(), 0);
  }

  /** Plain loops for everything that has them, for tests. */
  public static DenseProvider patient() {
    return new DenseProvider(VectorEngine.patient(), 0);
  }
}
