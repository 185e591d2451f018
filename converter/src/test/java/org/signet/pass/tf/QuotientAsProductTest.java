package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class QuotientAsProductTest extends PatternFixture {
  private final Rule rule = new QuotientAsProduct();

  private Value divided(DType dtype, Tensor by) {
    return graphs.tf(
        "RealDiv", Attributes.of("T", dtype), graphs.input(dtype, 2), graphs.constant(by));
  }

  @Test
  void byANumber() {
    assertThat(fires(rule, divided(DType.FLOAT32, Tensor.scalar(6f)))).containsExactly("FlexMul");
  }

  @Test
  void byATensorItStays() {
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.of(new float[] {3, 6})));
  }

  @Test
  void ofOtherTypesItStays() {
    doesNotFire(rule, divided(DType.FLOAT64, Tensor.scalar(6d)));
  }

  /** The reciprocal would be zero, or infinite. */
  @Test
  void byTheLargestAndTheSmallestItStays() {
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.scalar(Float.MAX_VALUE)));
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.scalar(0f)));
  }
}
