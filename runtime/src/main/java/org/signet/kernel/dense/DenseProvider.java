package org.signet.kernel.dense;

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
 * Offers kernels for the float32 builtins that take most of the time of common models, on the inner
 * loops of an {@link Engine}. Calls that a kernel was not made for run on the reference.
 */
public final class DenseProvider implements KernelProvider {
  private final Map<String, Maker> makers = new TreeMap<>();
  private final Settings settings;

  /**
   * How the kernel of an op is made.
   *
   * @param first the first operand that must be float32
   * @param end where these operands end
   * @param make gives the kernel
   */
  private record Maker(int first, int end, BiFunction<Step, Settings, Attempt> make) {
    Maker(int end, BiFunction<Step, Settings, Attempt> make) {
      this(0, end, make);
    }
  }

  /**
   * A provider.
   *
   * @param plainBelow products of fewer multiply-adds are left to plain loops, and so are other
   *     functions that take about as long
   */
  public DenseProvider(Engine engine, long plainBelow) {
    this.settings = Settings.of(plainBelow, engine);
    makers.put("CONV_2D", new Maker(3, Conv2d::new));
    makers.put("DEPTHWISE_CONV_2D", new Maker(3, DepthwiseConv2d::new));
    makers.put("TRANSPOSE_CONV", new Maker(1, 4, TransposeConv::new));
    makers.put("FULLY_CONNECTED", new Maker(3, FullyConnected::new));
    makers.put("BATCH_MATMUL", new Maker(2, BatchMatmul::new));
    makers.put("SOFTMAX", new Maker(1, Softmax::new));
    makers.put("AVERAGE_POOL_2D", new Maker(1, Pool2d.of(false)));
    makers.put("MAX_POOL_2D", new Maker(1, Pool2d.of(true)));
    makers.put("MEAN", new Maker(1, Sums.of(true)));
    makers.put("SUM", new Maker(1, Sums.of(false)));
    addBinary();
    addUnary();
  }

  private void addBinary() {
    makers.put("ADD", new Maker(2, Binary.of(PlainLoops::add)));
    makers.put("DIV", new Maker(2, Binary.of(PlainLoops::divide)));
    makers.put("MAXIMUM", new Maker(2, Binary.of(PlainLoops::max)));
    makers.put("MINIMUM", new Maker(2, Binary.of(PlainLoops::min)));
    makers.put("MUL", new Maker(2, Binary.of(PlainLoops::multiply)));
    makers.put("SQUARED_DIFFERENCE", new Maker(2, Binary.of(PlainLoops::squaredDifference)));
    makers.put("SUB", new Maker(2, Binary.of(PlainLoops::subtract)));
  }

  private void addUnary() {
    makers.put("ABS", new Maker(1, Unary.of(PlainLoops::abs)));
    makers.put("EXP", new Maker(1, Unary.by(engine -> engine::exp)));
    makers.put("GELU", new Maker(1, Unary::gelu));
    makers.put("HARD_SWISH", new Maker(1, Unary.of(PlainLoops::hardSwish)));
    makers.put("LEAKY_RELU", new Maker(1, Unary::leakyRelu));
    makers.put("LOGISTIC", new Maker(1, Unary.by(engine -> engine::logistic)));
    makers.put("NEG", new Maker(1, Unary.of(PlainLoops::negate)));
    makers.put("RELU", new Maker(1, Unary.bounded(0, Float.POSITIVE_INFINITY)));
    makers.put("RELU6", new Maker(1, Unary.bounded(0, 6)));
    makers.put("RELU_N1_TO_1", new Maker(1, Unary.bounded(-1, 1)));
    makers.put("RSQRT", new Maker(1, Unary.of(PlainLoops::rsqrt)));
    makers.put("SQRT", new Maker(1, Unary.of(PlainLoops::sqrt)));
    makers.put("SQUARE", new Maker(1, Unary.of(PlainLoops::square)));
    makers.put("TANH", new Maker(1, Unary.of(PlainLoops::tanh)));
  }

  /** The builtins that there are kernels for. */
  public Set<String> ops() {
    return Collections.unmodifiableSet(makers.keySet());
  }

  /** Floats in a vector of the engine. */
  public int lanes() {
    return settings.engine().lanes();
  }

  @Override
  public String name() {
    return settings.engine().name();
  }

  @Override
  public Offer offer(Step step) {
    Maker maker = makers.get(step.op().name());
    if (maker == null || !step.op().isBuiltin()) {
      return Offer.refuse("no kernel for this op");
    }
    Reference reference = OpDefinitions.standard().find(step.op()).orElseThrow().reference();
    return otherType(step, maker)
        .or(() -> Refusals.reason(step))
        .map(Offer::refuse)
        .orElseGet(() -> Offer.accept(maker.make().apply(step, settings).orElse(reference)));
  }

  private static Optional<String> otherType(Step step, Maker maker) {
    for (int i = maker.first(); i < Math.min(maker.end(), step.operandTypes().size()); i++) {
      Optional<TensorType> type = step.operandTypes().get(i);
      if (type.isPresent() && type.get().dtype() != DType.FLOAT32) {
        return Optional.of("operand " + i + " is " + type.get().dtype() + ", not float32");
      }
    }
    return Optional.empty();
  }
}
