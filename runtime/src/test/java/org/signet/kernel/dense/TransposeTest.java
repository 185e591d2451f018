package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.kernel.Kernel;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.AxisOrder;
import org.signet.tensor.Tensor;

/** Transposes of all sizes around those of tiles and blocks, by every engine. */
class TransposeTest {
  @ParameterizedTest
  @CsvSource({
    "9 17, 1 0",
    "64 64, 1 0",
    "71 130, 1 0",
    "2 33 65, 0 2 1",
    "3 20 24, 2 1 0",
    "4 9 8 11, 0 3 1 2",
    "4 9 8 11, 0 2 3 1",
    "4 9 8 11, 3 0 2 1",
    "4 9 8 11, 0 2 1 3",
    "1 40 1 30, 3 0 1 2",
    "3 1 50 3, 0 3 1 2",
    "70 3, 1 0",
    "2 3 70, 0 2 1",
    "3 5, 1 0",
    "5 7 9, 0 1 2"
  })
  void transposes(String sizes, String axes) {
    Tensor x = KernelRuns.random(7, numbers(sizes));
    int[] order = numbers(axes);
    Tensor expected = AxisOrder.transposed(x, order);
    KernelRuns.check("TRANSPOSE", Attributes.NONE, x, Tensor.of(order));
    FfmProvider.eager().ifPresent(provider -> isRight(provider, expected, x, order));
    isRight(VectorProvider.eager(), expected, x, order);
    isRight(VectorProvider.patient(), expected, x, order);
  }

  private static void isRight(DenseProvider provider, Tensor expected, Tensor x, int... order) {
    Tensor axes = Tensor.of(order);
    Kernel kernel =
        KernelRuns.kernel(provider, KernelRuns.step("TRANSPOSE", Attributes.NONE, x, axes));
    Tensor result = KernelRuns.run(kernel, "TRANSPOSE", Attributes.NONE, x, axes);
    assertThat(result.shape()).isEqualTo(expected.shape());
    assertThat(result.floats()).startsWith(expected.floats());
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
