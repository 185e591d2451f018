package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class DenseProviderTest {
  private static Offer offer(String op, Attributes attributes, Tensor... operands) {
    return VectorProvider.eager().offer(KernelRuns.step(op, attributes, operands));
  }

  @Test
  void runsFloatConvolutionsIfTheModuleIsThere() {
    assertThat(VectorProvider.isAvailable()).isTrue();
    KernelProvider first = KernelProviders.standard().getFirst();
    Step step =
        KernelRuns.step("CONV_2D", Attributes.NONE, random(1, 1, 4, 4, 3), random(2, 8, 3, 3, 3));
    assertThat(first.name()).isIn("ffm", "vector");
    assertThat(first.offer(step)).isInstanceOf(Offer.Accepted.class);
  }

  @Test
  void refusesOtherTypes() {
    assertThat(offer("ADD", Attributes.NONE, Tensor.of(new int[9]), Tensor.of(new int[9])))
        .isEqualTo(Offer.refuse("operand 0 is int32, not float32"));
    assertThat(
            offer(
                "FULLY_CONNECTED",
                Attributes.NONE,
                random(1, 2, 3),
                Tensor.zeros(DType.INT8, 4, 3)))
        .isEqualTo(Offer.refuse("operand 1 is int8, not float32"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(offer("TOPK_V2", Attributes.NONE, random(1, 3)))
        .isEqualTo(Offer.refuse("no kernel for this op"));
    assertThat(
            VectorProvider.eager()
                .offer(new Step(OpKey.tf("ADD"), Attributes.NONE, List.of(), List.of(), List.of())))
        .isEqualTo(Offer.refuse("no kernel for this op"));
    assertThat(
            offer(
                "FULLY_CONNECTED",
                Attributes.of("weights_format", "SHUFFLED4x16INT8"),
                random(1, 2, 3),
                random(2, 4, 3)))
        .isEqualTo(Offer.refuse("weights in format SHUFFLED4x16INT8"));
    assertThat(
            offer(
                "ADD",
                Attributes.of("fused_activation_function", "TANH"),
                random(1, 3),
                random(2, 3)))
        .isEqualTo(Offer.refuse("fused activation TANH"));
  }

  @Test
  void packsAConstantOnce() {
    PackedConstants constants = VectorProvider.eager().settings().constants();
    Right weights = Right.columns(random(1, 20, 5), 20, 5);
    assertThat(constants.panels(weights, Workers.NONE))
        .isSameAs(constants.panels(weights, Workers.NONE));
    assertThat(constants.panels(Right.columns(weights.data(), 5, 20), Workers.NONE))
        .isNotSameAs(constants.panels(weights, Workers.NONE));
  }
}
