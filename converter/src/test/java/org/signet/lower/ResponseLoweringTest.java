package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

class ResponseLoweringTest {
  private static OneOpModel.Converted normalized(float bias, float alpha, float beta) {
    return OneOpModel.of("LRN")
        .with("T", DType.FLOAT32)
        .with("depth_radius", 0)
        .with("bias", bias)
        .with("alpha", alpha)
        .with("beta", beta)
        .input(Tensor.of(new float[] {0.1f, 2}, 1, 1, 1, 2))
        .convert();
  }

  /** TFLite's default delegate computes 0 as the exponential of NaN. */
  @Test
  void aNegativeBaseHasNoPowerWithoutExponentials() {
    var squared = normalized(0.3f, -3, 2);
    assertThat(squared.ops()).contains("SQRT").doesNotContain("EXP");
    float[] results = squared.run().getFirst().floats();
    assertThat(results[0]).isCloseTo(1.3717421f, offset(1e-5f));
    assertThat(results[1]).isNaN();
  }

  @Test
  void norHasItThePowerZero() {
    float[] results = normalized(0.3f, -3, 0).run().getFirst().floats();
    assertThat(results[0]).isEqualTo(0.1f);
    assertThat(results[1]).isNaN();
  }

  @Test
  void aBaseThatIsNeverNegativeIsTheBuiltins() {
    assertThat(normalized(0.3f, 3, 2).ops()).containsExactly("LOCAL_RESPONSE_NORMALIZATION");
  }
}
