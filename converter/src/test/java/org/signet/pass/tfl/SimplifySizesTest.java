package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

class SimplifySizesTest extends PatternFixture {
  private final Rule rule = new SimplifySizes();
  private final Value sizes = graphs.input(DType.INT32, 4);

  private Value shape(Value value) {
    return graphs.builtin("SHAPE", Attributes.of("out_type", "INT32"), value);
  }

  private Value part(Value whole, int begin, int end, int shrink) {
    return graphs.builtin(
        "STRIDED_SLICE",
        Attributes.of("shrink_axis_mask", shrink),
        whole,
        graphs.ints(begin),
        graphs.ints(end),
        graphs.ints(1));
  }

  private Value joined(Value... parts) {
    return graphs.builtin("CONCATENATION", NONE.with("axis", 0), parts);
  }

  private Value one() {
    return graphs.input(DType.INT32);
  }

  @Test
  void theSizesOfWhatIsFilled() {
    Value length = op("SQUARE", graphs.input(DType.INT32, 1));
    assertThat(fires(rule, shape(op("FILL", length, number(1))))).containsExactly("SQUARE");
    Value wide = graphs.input(DType.INT64, 4);
    doesNotFire(rule, shape(op("FILL", wide, number(1))));
  }

  @Test
  void oneOfPackedSizes() {
    Value packed = graphs.builtin("PACK", Attributes.of("values_count", 2), one(), one());
    assertThat(fires(rule, part(packed, 1, 2, 1))).isEmpty();
    doesNotFire(rule, part(packed, 1, 2, 0));
    doesNotFire(rule, part(packed, 0, 2, 0));
  }

  @Test
  void oneOfSizesInAnotherOrder() {
    Attributes first = Attributes.of("axis", 0);
    Value turned = graphs.builtin("GATHER", first, sizes, graphs.ints(0, 2, 3, 1));
    assertThat(fires(rule, part(turned, 1, 2, 0))).containsExactly("STRIDED_SLICE");
    doesNotFire(rule, part(turned, 1, 3, 0));
    Value computed = graphs.builtin("GATHER", first, sizes, graphs.input(DType.INT32, 4));
    doesNotFire(rule, part(computed, 1, 2, 0));
  }

  @Test
  void partsThatFollowOnEachOther() {
    Value all = joined(part(sizes, 0, 1, 0), part(sizes, 1, 3, 0), graphs.ints(7));
    assertThat(fires(rule, all)).containsExactly("STRIDED_SLICE", "CONCATENATION");
    assertThat(fires(rule, joined(part(sizes, 0, 2, 0), part(sizes, 2, 4, 0))))
        .containsExactly("STRIDED_SLICE");
  }

  @Test
  void partsWithAGapOrOfOthersStay() {
    doesNotFire(rule, joined(part(sizes, 0, 1, 0), part(sizes, 2, 3, 0)));
    doesNotFire(rule, joined(part(sizes, 1, 2, 0), part(sizes, 0, 1, 0)));
    Value others = graphs.input(DType.INT32, 4);
    doesNotFire(rule, joined(part(sizes, 0, 1, 0), part(others, 1, 2, 0)));
  }
}
