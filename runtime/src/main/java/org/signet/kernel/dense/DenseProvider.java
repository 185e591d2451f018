package org.signet.kernel.dense;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;
import org.signet.kernel.Rates;
import org.signet.kernel.Step;
import org.signet.kernel.StepGroup;
import org.signet.kernel.Work;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Offers kernels for the float32 builtins that take most of the time of common models, on the inner
 * loops of an {@link Engine}. Calls that a kernel was not made for run on the reference.
 */
public final class DenseProvider implements KernelProvider {
  /** Nanoseconds until a kernel has found that it leaves a call to the reference. */
  private static final double LEAVING = 85;

  private final Map<String, Maker> makers = new TreeMap<>();
  private final Map<String, BiFunction<Step, Settings, Attempt>> ones = new TreeMap<>();
  private final Map<String, Combination.Loop> twos = new TreeMap<>();
  private final Settings settings;
  private final TailFunctions functions;

  /**
   * How the kernel of an op is made.
   *
   * @param first the first operand that must be of one of the types
   * @param end where these operands end
   * @param types what they may be
   * @param make gives the kernel
   */
  private record Maker(
      int first, int end, Set<DType> types, BiFunction<Step, Settings, Attempt> make) {
    Maker(int first, int end, BiFunction<Step, Settings, Attempt> make) {
      this(first, end, Set.of(DType.FLOAT32), make);
    }

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
    makers.put("CONV_3D", new Maker(3, Conv3d::new));
    makers.put("CONV_3D_TRANSPOSE", new Maker(1, 4, Conv3dTranspose::new));
    makers.put("RESIZE_BILINEAR", new Maker(1, (_, own) -> new ResizeBilinear(own)));
    makers.put("TRANSPOSE_CONV", new Maker(1, 4, TransposeConv::new));
    makers.put("FULLY_CONNECTED", new Maker(3, FullyConnected::new));
    makers.put("BATCH_MATMUL", new Maker(2, BatchMatmul::new));
    makers.put("UNIDIRECTIONAL_SEQUENCE_LSTM", new Maker(1, SequenceLstm::new));
    makers.put("LOG_SOFTMAX", new Maker(1, (_, own) -> new LogSoftmax(own)));
    makers.put("SOFTMAX", new Maker(1, Softmax::new));
    makers.put("AVERAGE_POOL_2D", new Maker(1, Pool2d.of(false)));
    makers.put("MAX_POOL_2D", new Maker(1, Pool2d.of(true)));
    makers.put("ARG_MAX", new Maker(1, (_, own) -> new ArgExtremes(own, false)));
    makers.put("ARG_MIN", new Maker(1, (_, own) -> new ArgExtremes(own, true)));
    makers.put("MEAN", new Maker(1, Reductions.of(Reductions.Fold.MEAN)));
    makers.put("REDUCE_MAX", new Maker(1, Reductions.of(Reductions.Fold.MAX)));
    makers.put("REDUCE_MIN", new Maker(1, Reductions.of(Reductions.Fold.MIN)));
    makers.put("SUM", new Maker(1, Reductions.of(Reductions.Fold.SUM)));
    makers.put("SELECT", new Maker(1, 3, (_, own) -> new Select(own, false)));
    makers.put("SELECT_V2", new Maker(1, 3, (_, own) -> new Select(own, true)));
    makers.put("TRANSPOSE", new Maker(1, (_, own) -> new Transpose(own)));
    if (engine.compares()) {
      addComparisons();
    }
    addBinary();
    addUnary();
    functions = new TailFunctions(settings, ones, twos);
  }

  private void addComparisons() {
    addComparison("EQUAL", Comparison.EQUAL, false);
    addComparison("NOT_EQUAL", Comparison.NOT_EQUAL, false);
    addComparison("LESS", Comparison.LESS, false);
    addComparison("LESS_EQUAL", Comparison.LESS_EQUAL, false);
    addComparison("GREATER", Comparison.LESS, true);
    addComparison("GREATER_EQUAL", Comparison.LESS_EQUAL, true);
  }

  private void addComparison(String op, Comparison relation, boolean isSwapped) {
    Set<DType> types = Set.of(DType.FLOAT32, DType.INT32);
    makers.put(op, new Maker(0, 2, types, Compare.of(relation, isSwapped)));
  }

  private void addBinary() {
    Engine engine = settings.engine();
    for (Combination two : Combination.values()) {
      twos.put(two.name(), two.by(engine));
    }
    twos.forEach((op, loop) -> makers.put(op, new Maker(2, Binary.of(loop))));
  }

  private void addUnary() {
    ones.put("ABS", Unary.of(PlainLoops::abs));
    ones.put("COS", Unary.of(PlainWaves::cos));
    ones.put("ELU", Unary.by(engine -> engine::elu));
    ones.put("EXP", Unary.by(engine -> engine::exp));
    ones.put("GELU", Unary::gelu);
    ones.put("HARD_SWISH", Unary.of(PlainLoops::hardSwish));
    ones.put("LEAKY_RELU", Unary::leakyRelu);
    ones.put("LOG", Unary.by(engine -> engine::log));
    ones.put("LOGISTIC", Unary.by(engine -> engine::logistic));
    ones.put("NEG", Unary.of(PlainLoops::negate));
    ones.put("RELU", Unary.bounded(0, Float.POSITIVE_INFINITY));
    ones.put("RELU6", Unary.bounded(0, 6));
    ones.put("RELU_N1_TO_1", Unary.bounded(-1, 1));
    ones.put("RSQRT", Unary.of(PlainLoops::rsqrt));
    ones.put("SIN", Unary.of(PlainWaves::sin));
    ones.put("SQRT", Unary.of(PlainLoops::sqrt));
    ones.put("SQUARE", Unary.of(PlainLoops::square));
    ones.put("TANH", Unary.by(engine -> engine::tanh));
    ones.forEach((op, make) -> makers.put(op, new Maker(1, make)));
  }

  /** The builtins that there are kernels for. */
  public Set<String> ops() {
    return Collections.unmodifiableSet(makers.keySet());
  }

  Settings settings() {
    return settings;
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
    OpDefinition definition = OpDefinitions.standard().find(step.op()).orElseThrow();
    return refusal(step, maker)
        .map(Offer::refuse)
        .orElseGet(() -> {
          Attempt attempt = maker.make().apply(step, settings);
          int operands = step.operandTypes().size();
          return Offer.accept(
              DenseKernel.of(attempt, definition, functions, operands, maker.end()));
        });
  }

  @Override
  public OptionalDouble estimate(Step step, Work work) {
    Maker maker = makers.get(step.op().name());
    if (maker == null || !step.op().isBuiltin() || refusal(step, maker).isPresent()) {
      return OptionalDouble.empty();
    }
    boolean isLeft =
        switch (work.kind()) {
          case SOFTMAX -> settings.isSmallSoftmax(work.units());
          case COMBINATION -> false;
          default -> work.kind().isOfElements() && settings.isSmall(work.units());
        };
    return OptionalDouble.of(
        isLeft ? Rates.REFERENCE.nanos(work) + LEAVING : settings.engine().rates().nanos(work));
  }

  private static Optional<String> refusal(Step step, Maker maker) {
    return otherType(step, maker).or(() -> Refusals.reason(step));
  }

  @Override
  public Optional<Kernel> together(StepGroup group) {
    return ElementGroup.of(group, functions);
  }

  private static Optional<String> otherType(Step step, Maker maker) {
    for (int i = maker.first(); i < Math.min(maker.end(), step.operandTypes().size()); i++) {
      Optional<TensorType> type = step.operandTypes().get(i);
      if (type.isPresent() && !maker.types().contains(type.get().dtype())) {
        return Optional.of("operand " + i + " is " + type.get().dtype() + ", not float32");
      }
    }
    return Optional.empty();
  }
}
