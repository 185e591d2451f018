package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Origin;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Repeated values that are no image whose pixels are repeated. */
class StayingRepeatsTest extends PatternFixture {
  private final Rule rule = new RepeatsToResize();

  private Value shaped(Value value, int... dims) {
    return op("RESHAPE", value, graphs.ints(dims));
  }

  private Value tiled(Value value, int... multiples) {
    return op("TILE", value, graphs.ints(multiples));
  }

  private Value packed(int axis, Value value) {
    return graphs.builtin("PACK", Attributes.of("values_count", 2, "axis", axis), value, value);
  }

  /** An image in {@code parts} along an axis, those at {@code places} joined along another. */
  private Value joined(Value image, int along, int parts, int axis, Integer... places) {
    TensorType type = image.type();
    TensorType part = type.withShape(type.shape().withDim(along, type.shape().dim(along) / parts));
    List<Value> split =
        graphs
            .builder()
            .add(
                OpKey.builtin("SPLIT"),
                Attributes.of("num_splits", parts),
                List.of(graphs.constant(Tensor.scalar(along)), image),
                Collections.nCopies(parts, part),
                "split",
                Origin.NONE);
    return graphs.builtin(
        "CONCATENATION",
        NONE.with("axis", axis),
        Arrays.stream(places).map(split::get).toArray(Value[]::new));
  }

  @Test
  void typesWithoutAKernelStay() {
    Value image = graphs.input(DType.INT32, 2, 3, 4, 2);
    doesNotFire(rule, shaped(packed(2, image), 2, 6, 4, 2));
  }

  @Test
  void whatIsNoImageStays() {
    doesNotFire(rule, shaped(packed(2, x(2, 3, 4)), 2, 6, 4));
    doesNotFire(rule, shaped(packed(2, x(2, 3, 4, 2, 1)), 2, 6, 4, 2));
    doesNotFire(rule, shaped(packed(2, x(2, -1, 4, 2)), 2, -1, 4, 2));
    doesNotFire(rule, shaped(packed(2, x(2, 3, -1, 2)), 2, 6, -1, 2));
    doesNotFire(rule, shaped(packed(2, unranked()), -1, 6, 4, 2));
    doesNotFire(rule, shaped(tiled(shaped(x(6, 8), 6, 1, 8), 1, 2, 1), 12, 8));
    doesNotFire(rule, shaped(tiled(shaped(unranked(), 2, 3, 1, 4, 2), 1, 1, 2, 1, 1), 2, 6, 4, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void copiesAlongAnotherAxisStay(int axis) {
    doesNotFire(rule, shaped(packed(axis, x(2, 3, 4, 2)), 2, 6, 4, 2));
  }

  private Value resized(String builtin, boolean corners, int height, int width) {
    Attributes options = Attributes.of("align_corners", corners, "half_pixel_centers", !corners);
    return graphs.builtin(builtin, options, x(2, 4, 4, 2), graphs.ints(height, width));
  }

  @ParameterizedTest
  @CsvSource({
    "RESIZE_BILINEAR, false, 8",
    "RESIZE_NEAREST_NEIGHBOR, true, 8",
    "RESIZE_NEAREST_NEIGHBOR, false, 2",
    "RESIZE_NEAREST_NEIGHBOR, false, 6"
  })
  void anotherResizeBeforeItStays(String builtin, boolean corners, int size) {
    Value resized = resized(builtin, corners, size, 4);
    Value y = shaped(packed(2, resized), 2, 2 * size, 4, 2);
    assertThat(fires(rule, y)).containsExactly(builtin, "RESIZE_NEAREST_NEIGHBOR");
  }

  @Test
  void aResizeOfUnknownSizesBeforeItStays() {
    Attributes options = Attributes.of("align_corners", false, "half_pixel_centers", true);
    Value resized =
        graphs.builtin("RESIZE_NEAREST_NEIGHBOR", options, x(2, -1, -1, 2), graphs.ints(6, 4));
    assertThat(fires(rule, shaped(packed(2, resized), 2, 12, 4, 2)))
        .containsExactly("RESIZE_NEAREST_NEIGHBOR", "RESIZE_NEAREST_NEIGHBOR");
  }

  @Test
  void aShapeThatMayMoveFreeSizesStays() {
    Value x = x(-1, 3, 4, -1);
    assertThat(fires(rule, shapedLike(x, packed(2, x), -1, 6, 4, -1)))
        .contains("RESIZE_NEAREST_NEIGHBOR")
        .endsWith("RESHAPE");
  }

  @Test
  void rowsInAnotherOrderStay() {
    Value turned = graphs.ints(2, 1, 0);
    Value picked =
        graphs.builtin(
            "GATHER",
            Attributes.of("axis", 1).with("batch_dims", 0),
            x(2, 3, 4, 2),
            op("RESHAPE", turned, graphs.ints(3, 1)));
    doesNotFire(rule, shaped(tiled(picked, 1, 1, 2, 1, 1), 2, 6, 4, 2));
  }

  @Test
  void otherDivisionsStay() {
    Value image = x(2, 3, 4, 2);
    doesNotFire(rule, shaped(tiled(shaped(image, 2, 4, 1, 3, 2), 1, 1, 2, 1, 1), 2, 8, 3, 2));
    doesNotFire(rule, shaped(tiled(shaped(x(2, 3, 4, 1), 2, 3, 1, 4), 1, 1, 2, 1), 2, 6, 4, 1));
  }

  @Test
  void whatIsRepeatedBesidesStays() {
    Value image = x(2, 3, 4, 2);
    Value wide = shaped(image, 2, 3, 1, 4, 2);
    doesNotFire(rule, shaped(tiled(wide, 2, 1, 2, 1, 1), 4, 6, 4, 2));
    Value batch = shaped(image, 2, 1, 3, 1, 4, 2);
    doesNotFire(rule, shaped(tiled(batch, 1, 2, 1, 2, 1, 1), 4, 6, 4, 2));
    Value channels = shaped(image, 2, 3, 1, 4, 2, 1);
    doesNotFire(rule, shaped(tiled(channels, 1, 1, 2, 1, 1, 2), 2, 6, 4, 4));
    Value behind = shaped(image, 2, 3, 1, 4, 2, 1, 1);
    doesNotFire(rule, shaped(tiled(behind, 1, 1, 2, 1, 1, 1, 3), 2, 6, 4, 6));
  }

  @Test
  void whatIsNotRepeatedStays() {
    doesNotFire(rule, shaped(tiled(shaped(x(2, 3, 4, 2), 2, 3, 4, 2), 1, 1, 1, 1), 2, 12, 2));
    doesNotFire(rule, joined(x(2, 3, 4, 2), 1, 3, 1, 0, 1, 2));
  }

  @Test
  void productsWithOnesOfOtherRanksStay() {
    Value wide = shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2);
    Value fewer = graphs.constant(Tensor.of(new float[] {1, 1}, 2, 1, 1));
    doesNotFire(rule, shaped(op("MUL", wide, fewer), 2, 6, 4, 2));
    Value more = graphs.constant(Tensor.of(new float[] {1, 1}, 1, 1, 1, 2, 1, 1));
    doesNotFire(rule, shaped(op("MUL", wide, more), 2, 6, 4, 2));
    Value before = graphs.constant(Tensor.of(new float[] {1, 1}, 1, 1, 2, 1, 1, 1));
    Value low = shaped(x(2, 2, 4, 2), 2, 2, 1, 4, 2);
    doesNotFire(rule, shaped(op("MUL", low, before), 2, 2, 4, 2));
  }

  @Test
  void anActivationInBetweenStays() {
    Value ones = graphs.constant(Tensor.of(new float[] {1, 1}, 1, 1, 2, 1, 1));
    Value product = active("MUL", "RELU", shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2), ones);
    doesNotFire(rule, shaped(product, 2, 6, 4, 2));
    Value joined = joined(x(2, 2, 4, 2), 1, 2, 1, 0, 0, 1, 1);
    Value[] parts = ((Value.Result) joined).producer().operands().toArray(Value[]::new);
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU").with("axis", 1);
    doesNotFire(rule, graphs.builtin("CONCATENATION", relu, parts));
  }

  @Test
  void broadcastsToUnknownSizesOrRanksStay() {
    Value wide = shaped(x(2, 3, 4, 2), 2, 3, 1, 4, 2);
    Value broadcast = op("BROADCAST_TO", wide, graphs.input(DType.INT32, 5));
    doesNotFire(rule, shaped(broadcast, 2, 6, 4, 2));
    Value free =
        op("BROADCAST_TO", shaped(x(-1, 3, 4, 2), -1, 3, 1, 4, 2), graphs.ints(2, 3, 2, 4, 2));
    doesNotFire(rule, shaped(free, 2, 6, 4, 2));
    Value deeper = op("BROADCAST_TO", wide, graphs.ints(1, 2, 3, 2, 4, 2));
    doesNotFire(rule, shaped(deeper, 2, 6, 4, 2));
  }

  @Test
  void whatIsNotSplitStays() {
    Value image = x(2, 3, 4, 2);
    doesNotFire(rule, graphs.builtin("CONCATENATION", NONE.with("axis", 1), image, image));
    Value sum = op("ADD", number(1), x(2, 1, 4, 2));
    doesNotFire(rule, graphs.builtin("CONCATENATION", NONE.with("axis", 1), sum, sum));
  }

  @Test
  void partsOfOtherAxesStay() {
    doesNotFire(rule, joined(x(2, 2, 2, 2), 3, 2, 3, 0, 0, 1, 1));
    doesNotFire(rule, joined(x(2, 2, 2, 2), 0, 2, 0, 0, 0, 1, 1));
    doesNotFire(rule, joined(x(2, 3, 3, 2), 1, 3, 2, 0, 0, 1, 1, 2, 2));
  }

  @Test
  void partsOfSeveralRowsStay() {
    doesNotFire(rule, joined(x(2, 4, 4, 2), 1, 2, 1, 0, 0, 1, 1));
  }

  @Test
  void partsThatAreNotEquallyOftenStay() {
    doesNotFire(rule, joined(x(2, 3, 4, 2), 1, 3, 1, 0, 0, 1, 1, 2, 2, 2));
  }
}
