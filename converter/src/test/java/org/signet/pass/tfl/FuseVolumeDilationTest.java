package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class FuseVolumeDilationTest extends PatternFixture {
  private static final int[] TWO = {2, 2, 2};
  private static final Attributes PLAIN = options("VALID", 1, 1);

  private final Rule rule = new FuseVolumeDilation();

  private static Attributes options(String padding, long stride, long dilation) {
    return Attributes.of("T", DType.FLOAT32, "padding", padding)
        .with("data_format", "NDHWC")
        .with("strides", List.of(1L, stride, stride, stride, 1L))
        .with("dilations", List.of(1L, dilation, dilation, dilation, 1L));
  }

  private Value blocks(String op, Value value, int[] block, int... amounts) {
    Attributes types =
        Attributes.of("T", DType.FLOAT32, "Tblock_shape", DType.INT32)
            .with(op.startsWith("Space") ? "Tpaddings" : "Tcrops", DType.INT32);
    Tensor ends = Tensor.of(amounts, block.length, 2);
    return graphs.tf(op, types, value, graphs.ints(block), graphs.constant(ends));
  }

  private Value dilated(Attributes options, Value filter, int[] pads, int[] back, int[] crops) {
    Value split = blocks("SpaceToBatchND", x(1, 6, 7, 8, 2), TWO, pads);
    return blocks("BatchToSpaceND", graphs.tf("Conv3D", options, split, filter), back, crops);
  }

  private Value dilated(Attributes options, Value filter) {
    return dilated(
        options, filter, new int[] {2, 2, 2, 3, 2, 2}, TWO, new int[] {0, 0, 0, 1, 0, 0});
  }

  @Test
  void splittingAroundAConvolutionIsADilation() {
    assertThat(fires(rule, dilated(PLAIN, numbers(3, 3, 3, 2, 4))))
        .containsExactly("PAD", "CONV_3D");
    int[] ends = {0, 0, 0, 1, 0, 0};
    assertThat(fires(rule, dilated(PLAIN, numbers(2, 2, 2, 2, 4), ends, TWO, ends)))
        .containsExactly("CONV_3D");
  }

  @ParameterizedTest
  @CsvSource({"VALID, 2, 1", "VALID, 1, 2", "SAME, 1, 1"})
  void convolutionsInStepsDilatedOrPaddedStaySplit(String padding, long stride, long dilation) {
    doesNotFire(rule, dilated(options(padding, stride, dilation), numbers(2, 2, 2, 2, 4)));
  }

  @Test
  void convolutionsOfGroupsStaySplit() {
    doesNotFire(rule, dilated(PLAIN, numbers(2, 2, 2, 1, 4)));
  }

  @Test
  void differentBlocksAreNoDilation() {
    Value filter = numbers(2, 2, 2, 2, 4);
    int[] pads = {2, 2, 2, 3, 2, 2};
    doesNotFire(rule, dilated(PLAIN, filter, pads, new int[] {2, 4, 1}, new int[6]));
    doesNotFire(rule, dilated(PLAIN, filter, pads, Arrays.copyOf(TWO, 2), new int[4]));
  }

  @Test
  void croppingMoreThanWasPaddedIsNoDilation() {
    int[] pads = {0, 0, 0, 1, 0, 0};
    doesNotFire(
        rule, dilated(PLAIN, numbers(2, 2, 2, 2, 4), pads, TWO, new int[] {1, 0, 0, 1, 0, 0}));
  }
}
