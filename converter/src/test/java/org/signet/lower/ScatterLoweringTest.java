package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;
import org.signet.type.Shape;

class ScatterLoweringTest {
  private static OneOpModel model(Tensor shape) {
    return OneOpModel.of("ScatterNd")
        .with("T", DType.FLOAT32)
        .with("Tindices", DType.INT32)
        .input(Tensor.zeros(DType.INT32, 0, 1), Shape.of(Shape.UNKNOWN, 1))
        .input(Tensor.zeros(DType.FLOAT32, 0, 2), Shape.of(Shape.UNKNOWN, 2))
        .input(shape, Shape.of(2));
  }

  @Test
  void scattersToNothing() {
    var converted = model(Tensor.of(new int[] {0, 2})).convert();
    assertThat(converted.ops()).contains("SCATTER_ND", "MAXIMUM", "SLICE"); // whose kernel divides
    assertThat(converted.run().getFirst().shape()).containsExactly(0, 2);
  }

  @Test
  void needsNoCareForAConstantShape() {
    var converted =
        OneOpModel.of("ScatterNd")
            .with("T", DType.FLOAT32)
            .with("Tindices", DType.INT32)
            .input(Tensor.zeros(DType.INT32, 1, 1))
            .input(Tensor.zeros(DType.FLOAT32, 1, 2))
            .constant(Tensor.of(new int[] {3, 2}))
            .convert();
    assertThat(converted.ops()).containsExactly("SCATTER_ND");
  }
}
