package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/** Sizes of one that a reduction may keep or drop by itself. */
class ReshapeIntoReductionTest extends PatternFixture {
  private final Rule rule = new ReshapeIntoReduction();

  private Value along(String reduction, boolean keep, Value value, int... axes) {
    return graphs.builtin(reduction, Attributes.of("keep_dims", keep), value, graphs.ints(axes));
  }

  private Value reshaped(Value value, int... shape) {
    return op("RESHAPE", value, graphs.ints(shape));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MEAN", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_PROD", "SUM"})
  void keepsWhatIsPutBack(String reduction) {
    Value y = reshaped(along(reduction, false, x(2, 3, 4), 1), 2, 1, 4);
    assertThat(fires(rule, y)).containsExactly(reduction);
  }

  @Test
  void dropsWhatIsTakenOff() {
    Value y = reshaped(along("SUM", true, x(-1, 3, 4), 1, -1), -1);
    assertThat(fires(rule, y)).containsExactly("SUM");
  }

  @Test
  void anAxisThatIsPutBackBesideUnknownSizes() {
    Value y = op("EXPAND_DIMS", along("MEAN", false, x(-1, -1, 4), 2), graphs.ints(-1));
    assertThat(fires(rule, y)).containsExactly("MEAN");
  }

  @Test
  void anotherShapeStays() {
    doesNotFire(rule, reshaped(along("SUM", false, x(2, 3, 4), 1), 2, 4, 1));
    doesNotFire(rule, reshaped(along("SUM", false, x(2, 3, 4), 1), 1, 2, 4));
    doesNotFire(rule, reshaped(along("SUM", true, x(2, 3, 4), 1), 8));
    doesNotFire(rule, op("EXPAND_DIMS", along("SUM", false, x(-1, -1, 4), 2), graphs.ints(0)));
  }

  @Test
  void aSumThatIsUsedTwiceStays() {
    Value sum = along("SUM", false, x(2, 3, 4), 1);
    doesNotFire(rule, reshaped(sum, 2, 1, 4), op("EXP", sum));
  }

  @Test
  void unknownSizesThatMayHaveMovedStay() {
    Value sizes = graphs.input(DType.INT32, 3);
    doesNotFire(rule, op("RESHAPE", along("SUM", false, x(-1, 3, -1), 1), sizes));
  }

  @Test
  void sizesOfWhichTwoAreUnknownStay() {
    Value x = x(-1, 3, -1);
    doesNotFire(rule, shapedLike(x, along("SUM", false, x, 1), -1, 1, -1));
  }

  @Test
  void unknownRanksAndAxesStay() {
    doesNotFire(rule, reshaped(along("SUM", true, unranked(), 1), 2, 4));
    Value axes = graphs.input(DType.INT32, 1);
    Attributes keep = Attributes.of("keep_dims", true);
    doesNotFire(rule, reshaped(graphs.builtin("SUM", keep, x(2, 3, 4), axes), 2, 4));
  }
}
