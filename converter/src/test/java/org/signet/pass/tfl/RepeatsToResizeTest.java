package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class RepeatsToResizeTest extends PatternFixture {
  private static final String RESIZE = "RESIZE_NEAREST_NEIGHBOR";

  private final RepeatsToResize rule = new RepeatsToResize();

  private Value shaped(Value value, int... dims) {
    return op("RESHAPE", value, graphs.ints(dims));
  }

  private Value tiled(Value value, int... multiples) {
    return op("TILE", value, graphs.ints(multiples));
  }

  private Value packed(int axis, Value... values) {
    return graphs.builtin(
        "PACK", Attributes.of("values_count", values.length, "axis", axis), values);
  }

  private List<Value> rows(Value image) {
    TensorType row = TensorType.of(DType.FLOAT32, 2, 1, 4, 2);
    return graphs
        .builder()
        .add(
            OpKey.builtin("SPLIT"),
            Attributes.of("num_splits", 3),
            List.of(graphs.constant(Tensor.scalar(1)), image),
            Collections.nCopies(3, row),
            "split",
            Origin.NONE);
  }

  private Value joined(Integer... places) {
    List<Value> rows = rows(x(2, 3, 4, 2));
    return graphs.builtin(
        "CONCATENATION",
        NONE.with("axis", 1),
        Arrays.stream(places).map(rows::get).toArray(Value[]::new));
  }

  @Test
  void eachRowTwice() {
    Value tiles = tiled(shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2), 1, 1, 2, 1, 1);
    assertThat(fires(rule, shaped(tiles, 2, 6, 4, 2))).containsExactly(RESIZE);
    Value free = tiled(shaped(x(-1, 3, 4, 2), -1, 3, 1, 4, 2), 1, 1, 2, 1, 1);
    assertThat(fires(rule, shaped(free, -1, 6, 4, 2))).contains(RESIZE).doesNotContain("TILE");
  }

  @Test
  void rowsAndColumnsInTurnAreOne() {
    Value rows = tiled(shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2), 1, 1, 2, 1, 1);
    Value columns = tiled(shaped(shaped(rows, 2, 6, 4, 2), 2, 6, 4, 1, 2), 1, 1, 1, 3, 1);
    assertThat(fires(rule, shaped(columns, 2, 6, 12, 2)))
        .filteredOn(op -> op.equals(RESIZE))
        .hasSize(1);
  }

  @Test
  void rowsAndColumnsAtOnce() {
    Value wide = shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 1, 2);
    assertThat(fires(rule, shaped(tiled(wide, 1, 1, 3, 1, 2, 1), 2, 9, 8, 2)))
        .containsExactly(RESIZE);
  }

  @Test
  void timesOnes() {
    Value ones = graphs.constant(Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 1, 2, 1));
    Value product = op("MUL", shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 1, 2), ones);
    assertThat(fires(rule, shaped(product, 2, 6, 8, 2))).containsExactly(RESIZE);
  }

  @Test
  void oneValueSeveralTimes() {
    Value image = x(2, 3, 4, 2);
    assertThat(fires(rule, shaped(packed(3, image, image, image), 2, 3, 12, 2)))
        .containsExactly(RESIZE);
  }

  @Test
  void partsSeveralTimesInTheirOrder() {
    assertThat(fires(rule, joined(0, 0, 1, 1, 2, 2))).containsExactly(RESIZE);
  }

  @Test
  void anotherShapeStaysBehind() {
    Value tiles = tiled(shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2), 1, 1, 2, 1, 1);
    assertThat(fires(rule, shaped(tiles, 2, 48))).containsExactly(RESIZE, "RESHAPE");
  }

  @Test
  void partsInAnotherOrderStay() {
    doesNotFire(rule, joined(0, 1, 2, 0, 1, 2));
    doesNotFire(rule, joined(0, 0, 1, 1, 2, 1));
    doesNotFire(rule, joined(0, 0, 1, 1));
  }

  @Test
  void repeatingTheWholeImageStays() {
    Value before = tiled(shaped(x(2, 3, 4, 2), 2, 1, 3, 4, 2), 1, 2, 1, 1, 1);
    doesNotFire(rule, shaped(before, 2, 6, 4, 2));
    doesNotFire(rule, shaped(packed(1, x(2, 3, 4, 2), x(2, 3, 4, 2)), 2, 6, 4, 2));
  }

  @Test
  void repeatingChannelsStays() {
    Value channels = tiled(shaped(x(2, 3, 4, 2), 2, 3, 4, 2, 1), 1, 1, 1, 1, 2);
    doesNotFire(rule, shaped(channels, 2, 3, 4, 4));
  }

  @Test
  void twoImagesStay() {
    doesNotFire(rule, shaped(packed(2, x(2, 3, 4, 2), x(2, 3, 4, 2)), 2, 6, 4, 2));
  }

  @Test
  void productsWithOtherNumbersStay() {
    Value twos = graphs.constant(Tensor.of(new float[] {1, 2}, 1, 1, 2, 1, 1));
    Value product = op("MUL", shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2), twos);
    doesNotFire(rule, shaped(product, 2, 6, 4, 2));
  }

  /** The first reshape might move channels to the batch. */
  @Test
  void twoFreeSizesStay() {
    Value sizes = graphs.input(DType.INT32, 5);
    TensorType wide = TensorType.of(DType.FLOAT32, -1, 3, 1, 4, -1);
    Value widened =
        graphs
            .builder()
            .add(
                OpKey.builtin("RESHAPE"),
                Attributes.NONE,
                List.of(x(-1, 3, 4, -1), sizes),
                List.of(wide),
                "widened",
                Origin.NONE)
            .getFirst();
    doesNotFire(rule, shaped(tiled(widened, 1, 1, 2, 1, 1), -1, 6, 4, 2));
  }
}
