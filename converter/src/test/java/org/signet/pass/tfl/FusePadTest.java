package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.ir.Evaluator;
import org.signet.ir.Graphs;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class FusePadTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private Value weights(int... shape) {
    return graphs.constant(Evaluator.madeUp(TensorType.of(DType.FLOAT32, shape), 1));
  }

  /**
   * A convolution of size × size pixels, padded by {@code before} and {@code after} at each end.
   */
  private Value convolution(
      int size, int before, int after, int stride, String padding, Value weights) {
    Value padded =
        graphs.builtin(
            "PAD",
            Attributes.NONE,
            graphs.input(DType.FLOAT32, 1, size, size, 2),
            graphs.constant(
                Tensor.of(new int[] {0, 0, before, after, before, after, 0, 0}).reshaped(4, 2)));
    Attributes options =
        Attributes.of("padding", padding, "stride_h", stride)
            .with("stride_w", stride)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    return graphs.builtin("CONV_2D", options, padded, weights, weights(3));
  }

  @ParameterizedTest
  @CsvSource({"8, 0, 1, 3, 2", "7, 1, 1, 3, 1", "8, 0, 2, 3, 2", "9, 2, 2, 5, 1", "6, 1, 2, 5, 2"})
  void padsAsSameDoes(int size, int before, int after, int kernel, int stride) {
    Value output = convolution(size, before, after, stride, "VALID", weights(3, kernel, kernel, 2));
    try (RuleTester tester = new RuleTester(new FusePad())) {
      Node node = tester.fires(graphs.build(output)).nodes().getLast();
      assertThat(node.attributes().getString("padding")).isEqualTo("SAME");
      assertThat(node.operand(0)).isNotInstanceOf(Value.Result.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1, 1, 3, 2, VALID",
    "8, 3, 3, 7, 2, VALID",
    "8, 2, 2, 3, 1, VALID",
    "8, 0, 1, 3, 2, SAME",
    "-1, 0, 1, 3, 2, VALID"
  })
  void doesNotWherePaddingDiffers(
      int size, int before, int after, int kernel, int stride, String padding) {
    Value weights = weights(3, kernel, kernel, 2);
    doesNotFire(convolution(size, before, after, stride, padding, weights));
  }

  @Test
  void doesNotWhereZeroTimesAWeightIsNotZero() {
    Tensor infinite = Evaluator.madeUp(TensorType.of(DType.FLOAT32, 3, 3, 3, 2), 1).copy();
    infinite.floats()[5] = Float.POSITIVE_INFINITY;
    doesNotFire(convolution(8, 0, 1, 2, "VALID", graphs.constant(infinite)));
  }

  /** A pool of 3 × 3 in steps of 2, over 8 × 8 pixels padded at their ends. */
  private Value pool(String builtin, Value x, float with) {
    Value amounts = graphs.constant(Tensor.of(new int[] {0, 0, 0, 1, 0, 1, 0, 0}, 4, 2));
    Value padded =
        with == 0
            ? graphs.builtin("PAD", Attributes.NONE, x, amounts)
            : graphs.builtin(
                "PADV2", Attributes.NONE, x, amounts, graphs.constant(Tensor.scalar(with)));
    Attributes window =
        Attributes.of("padding", "VALID", "stride_h", 2)
            .with("stride_w", 2)
            .with("filter_height", 3)
            .with("filter_width", 3);
    return graphs.builtin(builtin, window, padded);
  }

  private Value image() {
    return graphs.input(DType.FLOAT32, 1, 8, 8, 2);
  }

  @Test
  void aPadThatNoMaximumSeesGoes() {
    Value relu = graphs.builtin("RELU", Attributes.NONE, image());
    for (Value y :
        List.of(
            pool("MAX_POOL_2D", image(), Float.NEGATIVE_INFINITY), pool("MAX_POOL_2D", relu, 0))) {
      try (RuleTester tester = new RuleTester(new FusePad())) {
        assertThat(tester.firesTo(graphs.build(y))).doesNotContain("PAD", "PADV2");
      }
    }
  }

  @Test
  void aPadThatCountsStays() {
    doesNotFire(pool("MAX_POOL_2D", image(), 0));
    doesNotFire(pool("MAX_POOL_2D", image(), -1));
    doesNotFire(pool("AVERAGE_POOL_2D", image(), 0));
  }

  @Test
  void aPadOfWhatMayBeNegativeStays() {
    doesNotFire(pool("MAX_POOL_2D", graphs.builtin("NEG", Attributes.NONE, image()), 0));
  }

  @Test
  void doesNotWhereOneEndDiffers() {
    doesNotFire(padded("PAD", 0, 0, 1, 0, 0, 1, 0, 0));
    doesNotFire(padded("PAD", 0, 0, 0, 1, 1, 0, 0, 0));
    doesNotFire(padded("PAD", 1, 0, 0, 1, 0, 1, 0, 0));
    doesNotFire(padded("PAD", 0, 0, 0, 1, 0, 1, 0, 1));
  }

  @Test
  void doesNotWhereAnotherNumberIsPadded() {
    doesNotFire(padded("PADV2", 0, 0, 0, 1, 0, 1, 0, 0));
  }

  /** A convolution of 3 × 3 in steps of 2. */
  private Value padded(String pad, int... amounts) {
    int channels = 2 + amounts[6] + amounts[7];
    Value ends = graphs.constant(Tensor.of(amounts, 4, 2));
    Value[] operands = {image(), ends, graphs.constant(Tensor.scalar(1f))};
    Value padded =
        graphs.builtin(
            pad, Attributes.NONE, pad.equals("PAD") ? Arrays.copyOf(operands, 2) : operands);
    Attributes options =
        Attributes.of("padding", "VALID", "stride_h", 2)
            .with("stride_w", 2)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    return graphs.builtin("CONV_2D", options, padded, weights(3, 3, 3, channels), weights(3));
  }

  private void doesNotFire(Value output) {
    try (RuleTester tester = new RuleTester(new FusePad())) {
      tester.doesNotFire(graphs.build(output));
    }
  }
}
