package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

class CumulativeLoweringTest {
  /** The expected numbers are TensorFlow's: by pairs, the products would be NaN or infinite. */
  @ParameterizedTest
  @CsvSource({
    "false, false, 1e-30 0 0 0 -0.0",
    "true, false, 1 1e-30 0 0 0",
    "false, true, Infinity -Infinity Infinity -2e30 2",
    "true, true, -Infinity Infinity -2e30 2 1"
  })
  void takesProductsInOrder(boolean exclusive, boolean reverse, String expected) {
    float sign = reverse ? -1 : 1;
    var converted =
        OneOpModel.of("Cumprod")
            .with("T", DType.FLOAT32)
            .with("exclusive", exclusive)
            .with("reverse", reverse)
            .input(
                Tensor.of(
                    new float[] {
                      sign * 1e-30f, sign * 1e-30f, sign * 1e30f, sign * 1e30f, -sign * 2
                    }))
            .constant(Tensor.scalar(0))
            .convert();
    Tensor result = converted.run().getFirst();
    double[] products = new double[result.size()];
    Arrays.setAll(products, result::getDouble);
    double[] wanted = Arrays.stream(expected.split(" ")).mapToDouble(Float::parseFloat).toArray();
    assertThat(products).containsExactly(wanted);
  }
}
