package org.signet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.kernel.Work.Kind;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class WorkTest {
  private static final int MANY = 1 << 16;

  @Test
  void countsMultiplyAddsAndTheSecondMatrix() {
    int[] weights = {5, 4};
    Step layer =
        Steps.of("FULLY_CONNECTED", Attributes.NONE, new int[] {3, 5}, new int[] {3, 4}, weights);
    assertThat(Work.of(layer)).contains(new Work(Kind.PRODUCT_OF_ROWS, 3 * 4 * 5, 5 * 4));
    assertThat(Work.of(Steps.withConstant(layer, 1, Tensor.zeros(DType.FLOAT32, weights))))
        .contains(new Work(Kind.PRODUCT, 3 * 4 * 5, 5 * 4));
    assertThat(Work.of(product(Attributes.NONE, 2, 3, 4)))
        .contains(new Work(Kind.PRODUCT_OF_COLUMNS, 2 * 3 * 4, 3 * 4));
    assertThat(Work.of(product(Attributes.of("adj_y", true), 2, 3, 3)))
        .contains(new Work(Kind.PRODUCT_OF_ROWS, 2 * 3 * 3, 3 * 3));
  }

  @Test
  void countsPixelsOfWindows() {
    Attributes window = Attributes.of("filter_height", 2, "filter_width", 3);
    assertThat(
            Work.of(
                Steps.of("MAX_POOL_2D", window, new int[] {1, 2, 2, 8}, new int[] {1, 4, 6, 8})))
        .contains(new Work(Kind.WINDOWS, 2 * 2 * 8 * 6, 2 * 2 * 8));
    assertThat(
            Work.of(
                Steps.of(
                    "DEPTHWISE_CONV_2D",
                    Attributes.NONE,
                    new int[] {1, 5, 5, 8},
                    new int[] {1, 5, 5, 8},
                    new int[] {1, 3, 3, 8})))
        .contains(new Work(Kind.WINDOWS, 5 * 5 * 8 * 9, 5 * 5 * 8));
  }

  @Test
  void countsRowsWhereTheyBeginAnew() {
    assertThat(Work.of(Steps.of("SOFTMAX", Attributes.NONE, new int[] {6, 2}, new int[] {6, 2})))
        .contains(new Work(Kind.SOFTMAX, 12, 6));
    assertThat(Work.of(sum(1, new int[] {6}, 6, 7))).contains(new Work(Kind.SUMS, 42, 6));
    assertThat(Work.of(sum(0, new int[] {7}, 6, 7))).contains(new Work(Kind.SUMS, 42, 0));
    assertThat(Work.of(sum(0, new int[] {7}, 1, 7))).contains(new Work(Kind.SUMS, 7, 7));
  }

  @Test
  void isUnknownWhereASizeIsFreeOrNobodyMeasured() {
    int[] free = {-1, 4};
    assertThat(Work.of(Steps.of("RELU", Attributes.NONE, free, free))).isEmpty();
    int[] known = {2, 4};
    assertThat(Work.of(Steps.of("RELU", Attributes.NONE, known, known)))
        .contains(new Work(Kind.FUNCTION, 8, 0));
    assertThat(Work.of(Steps.of("CUMSUM", Attributes.NONE, known, known))).isEmpty();
  }

  @Test
  void isUnknownWhereOperandsDoNotFit() {
    int[] pixels = {1, 4, 4, 2};
    assertThat(Work.of(Steps.of("CONV_2D", Attributes.NONE, pixels, pixels))).isEmpty();
    assertThat(Work.of(Steps.of("CONV_2D", Attributes.NONE, pixels, pixels, new int[] {2, 2})))
        .isEmpty();
    int[] absurd = {MANY, MANY, MANY, MANY};
    assertThat(Work.of(Steps.of("RELU", Attributes.NONE, absurd, absurd))).isEmpty();
  }

  private static Step product(Attributes attributes, int rows, int depth, int columns) {
    return Steps.of(
        "BATCH_MATMUL",
        attributes,
        new int[] {rows, columns},
        new int[] {rows, depth},
        new int[] {depth, columns});
  }

  private static Step sum(int axis, int[] result, int... shape) {
    Step step = Steps.of("SUM", Attributes.NONE, result, shape, new int[] {1});
    return Steps.withConstant(step, 1, Tensor.of(new int[] {axis}));
  }
}
