package org.signet.kernel.vector;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.op.OpDefinitions;
import org.signet.op.Reference;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Offers kernels on the Vector API for the float32 builtins that take most of the time of common
 * models. Calls that a kernel was not made for run on the reference.
 */
public final class VectorProvider implements KernelProvider {
  /** Smaller products are done by plain loops before vectors would have been loaded. */
  private static final long PLAIN_BELOW = 20_000;

  private final Map<String, Maker> makers = new TreeMap<>();
  private final Settings settings;

  /**
   * How the kernel of an op is made.
   *
   * @param floats operands that must be float32
   * @param make gives the kernel
   */
  private record Maker(int floats, BiFunction<Step, Settings, Attempt> make) {}

  /** Whether this JVM was started with the module that the kernels need. */
  public static boolean isAvailable() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  public VectorProvider() {
    this(PLAIN_BELOW);
  }

  /**
   * A provider with another limit, for tests.
   *
   * @param plainBelow products of fewer multiply-adds run in plain loops
   */
  public VectorProvider(long plainBelow) {
    settings = new Settings(plainBelow, new PackedConstants());
    makers.put("CONV_2D", new Maker(3, Conv2d::new));
    makers.put("FULLY_CONNECTED", new Maker(3, FullyConnected::new));
  }

  /** The builtins that there are kernels for. */
  public Set<String> ops() {
    return Collections.unmodifiableSet(makers.keySet());
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public Offer offer(Step step) {
    Maker maker = makers.get(step.op().name());
    if (maker == null || !step.op().isBuiltin()) {
      return Offer.refuse("no kernel for this op");
    }
    Reference reference = OpDefinitions.standard().find(step.op()).orElseThrow().reference();
    return otherType(step, maker.floats())
        .or(() -> Refusals.reason(step))
        .map(Offer::refuse)
        .orElseGet(() -> Offer.accept(maker.make().apply(step, settings).orElse(reference)));
  }

  private static Optional<String> otherType(Step step, int floats) {
    for (int i = 0; i < Math.min(floats, step.operandTypes().size()); i++) {
      Optional<TensorType> type = step.operandTypes().get(i);
      if (type.isPresent() && type.get().dtype() != DType.FLOAT32) {
        return Optional.of("operand " + i + " is " + type.get().dtype() + ", not float32");
      }
    }
    return Optional.empty();
  }
}
