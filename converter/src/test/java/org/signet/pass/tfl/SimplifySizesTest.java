package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Origin;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

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

  private Value part(Attributes options, int begin, int end, int step) {
    Value places = graphs.ints(end);
    return graphs.builtin(
        "STRIDED_SLICE", options, sizes, graphs.ints(begin), places, graphs.ints(step));
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin_mask", "end_mask", "ellipsis_mask"})
  void partsWithOtherEndsStay(String mask) {
    Value masked = part(Attributes.of(mask, 1), 1, 3, 1);
    doesNotFire(rule, joined(part(sizes, 0, 1, 0), masked));
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 2", "-2, -1, 1"})
  void partsInOtherStepsOrFromTheEndStay(int begin, int end, int step) {
    Value part = part(Attributes.NONE, begin, end, step);
    doesNotFire(rule, joined(part(sizes, 0, 1, 0), part));
    doesNotFire(rule, joined(part(sizes, 0, 2, 0), part));
  }

  @Test
  void emptyPartsStay() {
    doesNotFire(rule, joined(part(sizes, 2, 1, 0), part(sizes, 1, 3, 0)));
    doesNotFire(rule, joined(part(sizes, -3, 0, 0), part(sizes, 0, 2, 0)));
  }

  @Test
  void theLastOfPackedSizesStays() {
    Value packed = graphs.builtin("PACK", Attributes.of("values_count", 2), one(), one());
    doesNotFire(rule, part(packed, -1, 0, 1));
    doesNotFire(
        rule,
        graphs.builtin(
            "STRIDED_SLICE",
            Attributes.of("new_axis_mask", 1),
            packed,
            graphs.ints(0),
            graphs.ints(1),
            graphs.ints(1)));
  }

  @Test
  void oneOfWhatIsNotPackedStays() {
    Value pair = graphs.input(DType.INT32, 2);
    doesNotFire(rule, part(op("ADD", pair, one()), 1, 2, 1));
  }

  @Test
  void oneOfAGatheredRowStays() {
    Attributes first = Attributes.of("axis", 0);
    Value matrix = graphs.input(DType.INT32, 3, 4);
    Value row = graphs.builtin("GATHER", first, matrix, graphs.constant(Tensor.scalar(1)));
    doesNotFire(rule, part(row, 0, 1, 0));
    Value gathered =
        graphs
            .builder()
            .add(
                OpKey.builtin("GATHER"),
                first,
                List.of(
                    graphs.builder().input("sizes", TensorType.unranked(DType.INT32)),
                    graphs.ints(1, 0)),
                List.of(TensorType.of(DType.INT32, 2)),
                "gathered",
                Origin.NONE)
            .getFirst();
    doesNotFire(rule, part(gathered, 0, 1, 0));
  }

  @Test
  void rowsBesideEachOtherStay() {
    Value matrix = graphs.input(DType.INT32, 3, 4);
    Value[] rows = {part(matrix, 0, 1, 0), part(matrix, 1, 2, 0)};
    doesNotFire(rule, graphs.builtin("CONCATENATION", NONE.with("axis", 1), rows));
  }

  @Test
  void gatheredSizesOfMoreDimensionsStay() {
    Value turned =
        graphs.builtin("GATHER", Attributes.of("axis", 0), sizes, graphs.ints(2, 0, 3, 1));
    Value first = graphs.ints(0);
    Value one = graphs.ints(1);
    Attributes options = Attributes.of("new_axis_mask", 1);
    doesNotFire(rule, graphs.builtin("STRIDED_SLICE", options, turned, first, one, one));
  }

  @Test
  void slicesOfNoDimensionStay() {
    Value none = graphs.ints();
    Value all = graphs.builtin("STRIDED_SLICE", Attributes.NONE, sizes, none, none, none);
    doesNotFire(rule, joined(part(sizes, 0, 1, 0), all));
  }
}
