package org.signet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;

class OperationsTest {
  private static Step step(String op, int[] left, int[] right, int... result) {
    return Steps.of(op, Attributes.NONE, result, left, right);
  }

  @Test
  void countsAllProductsOfStepsThatRunAsOne() {
    Step expansion = step("CONV_2D", new int[] {1, 8, 8, 4}, new int[] {6, 1, 1, 4}, 1, 8, 8, 6);
    Step depthwise =
        step("DEPTHWISE_CONV_2D", new int[] {1, 8, 8, 6}, new int[] {1, 3, 3, 6}, 1, 4, 4, 6);
    Step scores = step("BATCH_MATMUL", new int[] {2, 5, 3}, new int[] {2, 3, 7}, 2, 5, 7);
    assertThat(Operations.declared(List.of(expansion, depthwise)))
        .isEqualTo(2 * (8 * 8 * 6 * 4 + 4 * 4 * 6 * 9));
    assertThat(Operations.declared(List.of(scores))).isEqualTo(2 * 2 * 5 * 7 * 3);
  }

  @Test
  void countsNothingWhereASizeIsFree() {
    Step free = step("FULLY_CONNECTED", new int[] {-1, 4}, new int[] {6, 4}, -1, 6);
    Step product = step("FULLY_CONNECTED", new int[] {2, 6}, new int[] {3, 6}, 2, 3);
    assertThat(Operations.declared(List.of(free, product))).isZero();
  }

  @Test
  void countsNothingWhereOperandsDoNotFit() {
    Step convolution = step("CONV_2D", new int[] {1, 4, 4, 2}, new int[] {2, 2}, 1, 4, 4, 2);
    assertThat(Operations.declared(List.of(convolution))).isZero();
  }

  @Test
  void countsNothingOfOtherOps() {
    Step sum = step("ADD", new int[] {4}, new int[] {4}, 4);
    assertThat(Operations.declared(List.of(sum))).isZero();
  }
}
