package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.ForwardingCall;
import org.signet.op.OpCall;
import org.signet.op.OpCaseComparison;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Runs builtins on the kernels of a provider, and compares providers. */
final class KernelRuns {
  private static final DenseProvider EAGER = VectorProvider.eager();

  /** There is none on machines without native code, and none that computes alike without FMA. */
  private static final Optional<DenseProvider> NATIVE =
      MultiplyAdd.FUSED ? FfmProvider.eager() : Optional.empty();

  private KernelRuns() {}

  /**
   * A call whose working memory others have used, for something larger, and whose kernel has run
   * before.
   */
  private static final class LaterCall extends ForwardingCall {
    private static final int MORE = 100;

    private final Map<Object, Object> kept;

    /**
     * @param kept by earlier calls, by who keeps it
     */
    LaterCall(OpCall call, Map<Object, Object> kept) {
      super(call);
      this.kept = kept;
    }

    /** As {@link KernelRuns#step} has it. */
    @Override
    public boolean isConstant(int i) {
      return i > 0;
    }

    @Override
    public Optional<Object> kept(Object maker) {
      return Optional.ofNullable(kept.get(maker));
    }

    @Override
    public void keep(Object maker, Object made) {
      kept.put(maker, made);
    }

    @Override
    public float[] workspace(int length) {
      float[] used = super.workspace(length + MORE);
      Arrays.fill(used, Float.NaN);
      return used;
    }
  }

  /** A step whose operands are constants but for the first. */
  static Step step(String op, Attributes attributes, Tensor... operands) {
    List<Optional<TensorType>> types = new ArrayList<>();
    List<Optional<Tensor>> constants = new ArrayList<>();
    for (Tensor operand : operands) {
      types.add(Optional.of(operand.type()));
      constants.add(types.size() == 1 ? Optional.empty() : Optional.of(operand));
    }
    List<TensorType> results = List.of(TensorType.unranked(DType.FLOAT32));
    return new Step(OpKey.builtin(op), attributes, types, constants, results);
  }

  static Kernel kernel(KernelProvider provider, Step step) {
    Offer offer = provider.offer(step);
    assertThat(offer).isInstanceOf(Offer.Accepted.class);
    return ((Offer.Accepted) offer).kernel();
  }

  static Tensor run(Kernel kernel, String op, Attributes attributes, Tensor... operands) {
    OpDefinition definition = OpDefinitions.standard().find(OpKey.builtin(op)).orElseThrow();
    Map<Object, Object> kept = new HashMap<>();
    OpDefinition own =
        OpDefinition.builtin(
            op, definition.shapeRule(), call -> kernel.run(new LaterCall(call, kept)));
    DirectCall.evaluate(own, attributes, withOtherValues(operands));
    return DirectCall.evaluate(own, attributes, operands);
  }

  /** The same constants, and another first operand, if it is float32, of the same shape. */
  private static Tensor[] withOtherValues(Tensor... operands) {
    Tensor[] others = operands.clone();
    if (operands[0].dtype() == DType.FLOAT32) {
      others[0] = operands[0].copy();
      for (int i = 0; i < others[0].size(); i++) {
        others[0].floats()[i] = others[0].size() - i;
      }
    }
    return others;
  }

  /**
   * Runs a builtin on vectors, on the plain loops that stand in for them, and on the reference: the
   * first two and native code must give the same bits, and agree with the reference within the op's
   * accuracy.
   */
  static void check(String op, Attributes attributes, Tensor... operands) {
    Step step = step(op, attributes, operands);
    Tensor vectors = run(kernel(EAGER, step), op, attributes, operands);
    Tensor plain = run(kernel(patient(), step), op, attributes, operands);
    Tensor reference = run(kernel(KernelProviders.reference(), step), op, attributes, operands);
    OpDefinition definition = OpDefinitions.standard().find(step.op()).orElseThrow();
    OpCaseComparison.check(vectors, reference, definition.accuracy(), false);
    assertThat(bits(plain)).as("bits of %s and %s", plain, vectors).isEqualTo(bits(vectors));
    NATIVE.ifPresent(provider -> {
      Tensor result = run(kernel(provider, step), op, attributes, operands);
      OpCaseComparison.check(result, reference, definition.accuracy(), false);
      // What is smaller than a vector is left to the reference, and vectors may differ in size.
      if (provider.lanes() == EAGER.lanes()) {
        assertThat(bits(result))
            .as("bits of native %s and %s", result, vectors)
            .isEqualTo(bits(vectors));
      }
    });
  }

  /**
   * A provider which uses vectors for nothing that plain loops may do, and leaves nothing small.
   */
  private static KernelProvider patient() {
    return VectorProvider.patient();
  }

  private static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.size()];
    boolean isReal = tensor.dtype() == DType.FLOAT32;
    Arrays.setAll(
        bits, i -> isReal ? Float.floatToIntBits(tensor.floats()[i]) : (int) tensor.getLong(i));
    return bits;
  }

  /** Numbers of order 1. */
  static Tensor random(long seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.floats()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }
}
