package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;

class FoldNothingTest extends PatternFixture {
  private final FoldNothing rule = new FoldNothing();

  private Value columns(Value input, int rows, int count) {
    return graphs.builtin(
        "SLICE", Attributes.NONE, input, graphs.ints(0, 0), graphs.ints(rows, count));
  }

  @Test
  void aSliceWithoutElements() {
    assertThat(fires(rule, columns(x(2, 3), 2, 0))).isEmpty();
  }

  @Test
  void aSliceWithoutElementsOfFreeSizes() {
    assertThat(fires(rule, columns(x(-1, 3), -1, 0))).containsExactly("SLICE", "GATHER");
    Value rows =
        graphs.builtin(
            "STRIDED_SLICE",
            Attributes.of("begin_mask", 4, "end_mask", 1).with("shrink_axis_mask", 2),
            x(-1, 3, 4),
            graphs.ints(1, 1, 0),
            graphs.ints(0, 2, 0),
            graphs.ints(1, 1, 1));
    assertThat(fires(rule, rows)).containsExactly("STRIDED_SLICE", "GATHER");
  }

  @Test
  void whatHasSomeOrMayHaveStays() {
    doesNotFire(rule, columns(x(2, 3), 2, 1));
    doesNotFire(rule, columns(x(-1, 3), -1, 2));
  }
}
