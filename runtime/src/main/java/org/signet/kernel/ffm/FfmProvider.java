package org.signet.kernel.ffm;

import java.util.Optional;
import org.signet.kernel.dense.DenseProvider;
import org.signet.kernel.dense.Engine;

/** The dense kernels on native code. */
public final class FfmProvider {
  /** Multiply-adds that take about as long as a call of native code and its preparations. */
  private static final long PLAIN_BELOW = 500;

  private FfmProvider() {}

  /**
   * The provider for users; empty if there is no native code for this machine, if it does not
   * compute what it should here, or if this JVM must not load any.
   */
  public static Optional<DenseProvider> find() {
    return engine().map(engine -> new DenseProvider(engine, PLAIN_BELOW));
  }

  /** A provider that leaves nothing to plain loops, for tests. */
  public static Optional<DenseProvider> eager() {
    return engine().map(engine -> new DenseProvider(engine, 0));
  }

  private static Optional<Engine> engine() {
    return NativeKernels.here().flatMap(FfmProvider::checked);
  }

  /** The engine, if its functions have been found to be right, now or by a JVM before this one. */
  private static Optional<Engine> checked(NativeKernels kernels) {
    String fact = "checked-" + kernels.level();
    Engine engine = new FfmEngine();
    if (!kernels.library().remembers(fact)) {
      if (!SelfCheck.passes(engine)) {
        return Optional.empty();
      }
      kernels.library().remember(fact);
    }
    return Optional.of(engine);
  }

  /** The engine, if there is native code for this machine that this JVM may load. */
  static Optional<Engine> unchecked() {
    return NativeKernels.here().map(_ -> new FfmEngine());
  }
}
