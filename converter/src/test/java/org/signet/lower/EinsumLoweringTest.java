package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;
import org.signet.type.Shape;

class EinsumLoweringTest {
  private static List<String> ops(String equation, int[]... shapes) {
    OneOpModel model =
        OneOpModel.of("Einsum")
            .with("T", DType.FLOAT32)
            .with("N", (long) shapes.length)
            .with("equation", equation);
    for (int[] shape : shapes) {
      model.input(Tensor.zeros(DType.FLOAT32, shape));
    }
    return model.convert().ops();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bij,bjk->bik", "bji,bjk->bik", "bij,bkj->bik", "bji,bkj->bik"})
  void aProductOfMatricesIsOneWithFlags(String equation) {
    assertThat(ops(equation, new int[] {2, 3, 3}, new int[] {2, 3, 3}))
        .containsExactly("BATCH_MATMUL");
  }

  @Test
  void whatIsNotSummedIsNoProductOfMatrices() {
    assertThat(ops("ij,ij->ij", new int[] {2, 3}, new int[] {2, 3})).containsExactly("MUL");
  }

  @Test
  void oneOperandIsNoProductOfMatrices() {
    assertThat(ops("ij->ji", new int[] {2, 3})).containsExactly("TRANSPOSE");
    assertThat(ops("ij->i", new int[] {2, 3})).containsExactly("SUM");
  }

  @Test
  void theEquationTellsRanks() {
    OneOpModel model =
        OneOpModel.of("Einsum")
            .with("T", DType.FLOAT32)
            .with("N", 2L)
            .with("equation", "ij,jk->ik")
            .input(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), Shape.unknownRank())
            .input(Tensor.of(new float[] {5, 6, 7, 8}, 2, 2), Shape.unknownRank());
    assertThat(model.convert().run().getFirst().floats()).containsExactly(19, 22, 43, 50);
  }
}
