package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.tensor.Tensor;

/** Convolutions of 3 × 3 pixels by transformed tiles, in all engines and by the reference. */
class WinogradTest {
  private static final Attributes SAME = Attributes.of("padding", "SAME");

  private static void check(
      Attributes attributes, int height, int width, int channels, int outputs) {
    KernelRuns.check(
        "CONV_2D",
        attributes,
        random(1, 2, height, width, channels),
        random(2, outputs, 3, 3, channels),
        random(3, outputs));
  }

  @Test
  void tilesOfEverySize() {
    for (int size = 12; size < 16; size++) {
      check(SAME, size, 27 - size, 32, 32);
    }
    check(Attributes.of("padding", "VALID"), 17, 15, 32, 64);
    check(Attributes.of("padding", "SAME", "fused_activation_function", "RELU6"), 30, 70, 64, 32);
  }

  @Test
  void theErrorStaysSmall() {
    Tensor x = random(1, 1, 14, 14, 256);
    Tensor filter = random(2, 32, 3, 3, 256);
    Tensor result = run(VectorProvider.eager(), x, filter);
    Tensor exact = run(KernelProviders.reference(), x, filter);
    // A ten-thousandth of their order: each is a sum of 2304 numbers of order 1.
    float largest = 0;
    for (int i = 0; i < exact.size(); i++) {
      largest = Math.max(largest, Math.abs(result.floats()[i] - exact.floats()[i]));
    }
    assertThat(largest).isLessThan(4.8e-3f);
  }

  private static Tensor run(KernelProvider provider, Tensor x, Tensor filter) {
    return KernelRuns.run(
        KernelRuns.kernel(provider, KernelRuns.step("CONV_2D", SAME, x, filter)),
        "CONV_2D",
        SAME,
        x,
        filter);
  }

  @Test
  void transformsOfATileOfOnes() {
    float[] ones = new float[Winograd.PLACES];
    Arrays.fill(ones, 1);
    float[] pixels = new float[Winograd.PLACES];
    Winograd.in(ones, new int[1], 0, 1, Winograd.PIXELS, 1, pixels, 1);
    float[] filters = new float[Winograd.PLACES];
    for (int y = 0; y < Winograd.PIXELS; y++) {
      Winograd.filters(ones, 0, 1, y, filters, y * Winograd.PIXELS, 1);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= filters[i];
    }
    float[] out = new float[16];
    int[] places = {0, 4, 4};
    Winograd.out(pixels, 1, places, 0, 1, 4, 1, new float[1], FusedActivation.NONE, out);
    for (float value : out) {
      assertThat(value).isCloseTo(9, within(1e-5f));
    }
  }
}
