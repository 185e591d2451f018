package org.signet.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  private static Optional<NativeKernels> kernels() {
    return NativeLibrary.find().flatMap(NativeKernels::in);
  }

  @Test
  void passesHere() {
    assumeThat(kernels()).isPresent();
    assertThat(SelfCheck.passes(new FfmEngine(kernels().orElseThrow()))).isTrue();
  }

  /**
   * Functions of the same type in each other's place stand for code that computes wrong numbers.
   */
  @Test
  void noticesOtherNumbers() {
    assumeThat(kernels()).isPresent();
    NativeKernels right = kernels().orElseThrow();
    NativeKernels wrong =
        new NativeKernels(
            right.panel(),
            right.product(),
            right.winogradIn(),
            right.winogradOut(),
            right.depthwise(),
            right.pool(),
            right.exp(),
            right.leakyRelu(),
            right.exp(),
            right.logistic(),
            right.swish(),
            right.tanh(),
            right.gelu(),
            right.geluByTanh(),
            right.combine(),
            right.sums(),
            right.softmax());
    assertThat(SelfCheck.passes(new FfmEngine(wrong))).isFalse();
  }
}
