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
  void byATensor() {
    assertThat(fires(rule, divided(DType.FLOAT32, Tensor.of(new float[] {3, 6}))))
        .containsExactly("FlexMul");
  }

  @Test
  void ofFloat64() {
    assertThat(fires(rule, divided(DType.FLOAT64, Tensor.scalar(6d)))).containsExactly("FlexMul");
  }

  @Test
  void ofIntegersItStays() {
    Value x = graphs.input(DType.INT32, 2);
    Value six = graphs.constant(Tensor.scalar(6));
    doesNotFire(rule, graphs.tf("Div", Attributes.of("T", DType.INT32), x, six));
  }

  @Test
  void byManyNumbersItStays() {
    Value x = graphs.input(DType.FLOAT32, 5000);
    doesNotFire(rule, graphs.tf("RealDiv", Attributes.of("T", DType.FLOAT32), x, numbers(5000)));
  }

  @Test
  void byWhatIsComputedItStays() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value by = graphs.input(DType.FLOAT32, 2);
    doesNotFire(rule, graphs.tf("RealDiv", Attributes.of("T", DType.FLOAT32), x, by));
  }

  /** The reciprocal would be zero, or infinite. */
  @Test
  void byTheLargestAndTheSmallestItStays() {
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.scalar(Float.MAX_VALUE)));
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.scalar(0f)));
    doesNotFire(rule, divided(DType.FLOAT32, Tensor.of(new float[] {2, 0})));
  }
}
