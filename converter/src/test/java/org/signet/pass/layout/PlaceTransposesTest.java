package org.signet.pass.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class PlaceTransposesTest extends PatternFixture {
  private static final int[] TO_NHWC = {0, 2, 3, 1};
  private static final int[] TO_NCHW = {0, 3, 1, 2};

  private RuleTester tester() {
    return new RuleTester(builders -> new PlaceTransposes(builders)::apply);
  }

  private List<String> fires(Value... outputs) {
    return fires(this::tester, outputs);
  }

  private void doesNotFire(Value... outputs) {
    doesNotFire(this::tester, outputs);
  }

  /** A pool over NCHW data, as it is lowered. */
  private Value pool(Value nchw) {
    Attributes window =
        NONE.with("padding", "SAME")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("filter_height", 2)
            .with("filter_width", 2);
    return turned(graphs.builtin("MAX_POOL_2D", window, turned(nchw, TO_NHWC)), TO_NCHW);
  }

  /** How many transposes are left of what lies between two pools; all but those at the ends. */
  private long left(Value y) {
    try (RuleTester tester = tester()) {
      Graph placed = tester.fires(graphs.build(pool(y)));
      return placed.nodes().stream().filter(node -> node.is("TRANSPOSE")).count();
    }
  }

  @Test
  void aTransposeSinksThroughAFunction() {
    assertThat(fires(op("TANH", turned(x(2, 3, 4), 0, 2, 1)))).containsExactly("TANH", "TRANSPOSE");
  }

  @Test
  void aTransposeStaysWhereItHasAKernel() {
    Attributes half = Attributes.of("in_data_type", "FLOAT32", "out_data_type", "FLOAT16");
    doesNotFire(graphs.builtin("CAST", half, turned(x(2, 3, 4), 0, 2, 1)));
  }

  @Test
  void aConstantPerChannelIsTurned() {
    Value y = op("ADD", turned(x(2, 3, 4, 5), TO_NCHW), numbers(5, 1, 1));
    assertThat(fires(y)).containsExactly("ADD", "TRANSPOSE");
  }

  @Test
  void equalTransposesSinkThroughASum() {
    Value y = op("MUL", turned(x(2, 3, 4), 2, 0, 1), turned(x(2, 3, 4), 2, 0, 1));
    assertThat(fires(y)).containsExactly("MUL", "TRANSPOSE");
  }

  @Test
  void aResidualSumIsBetweenTwoPools() {
    Value x = pool(x(-1, 3, 4, 5));
    Value sum = op("RELU", op("ADD", x, pool(op("RELU", pool(x)))));
    assertThat(left(op("ADD", sum, pool(sum)))).isEqualTo(2);
  }

  @Test
  void squeezingAndExcitingIsBetweenTwoPools() {
    Value x = pool(x(-1, 3, 4, 5));
    Value gate = op("LOGISTIC", graphs.builtin("MEAN", keepDims(true), x, graphs.ints(2, 3)));
    assertThat(left(op("MUL", x, gate))).isEqualTo(2);
  }

  private static Attributes keepDims(boolean keep) {
    return Attributes.of("keep_dims", keep);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, -1})
  void joiningIsBetweenTwoPools(int axis) {
    Attributes options = NONE.with("axis", axis);
    Value y = graphs.builtin("CONCATENATION", options, pool(x(1, 3, 4, 5)), pool(x(1, 3, 4, 5)));
    assertThat(left(y)).isEqualTo(3);
  }

  @Test
  void splittingIsBetweenTwoPools() {
    List<Value> parts =
        graphs
            .builder()
            .add(
                OpKey.builtin("SPLIT"),
                Attributes.of("num_splits", 2),
                List.of(graphs.constant(Tensor.scalar(1)), pool(x(1, 6, 4, 5))),
                Collections.nCopies(2, TensorType.of(DType.FLOAT32, 1, 3, 4, 5)),
                "parts",
                Origin.ofNode("parts"));
    assertThat(left(op("SUB", parts.get(0), parts.get(1)))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"PAD, 0 0 1 2 0 3 0 1", "MIRROR_PAD, 0 0 1 1 0 1 2 0", "TILE, 1 2 1 3"})
  void amountsPerDimensionAreTurned(String builtin, String amounts) {
    Value y = graphs.builtin(builtin, Attributes.NONE, pool(x(1, 3, 4, 5)), ints(builtin, amounts));
    assertThat(left(y)).isEqualTo(2);
  }

  @Test
  void aSliceIsBetweenTwoPools() {
    Value y = op("SLICE", pool(x(1, 3, 4, 5)), graphs.ints(0, 1, 2, 0), graphs.ints(1, 2, -1, 4));
    assertThat(left(y)).isEqualTo(2);
  }

  @Test
  void aStridedSliceIsBetweenTwoPools() {
    Attributes masks =
        Attributes.of("begin_mask", 1, "end_mask", 9)
            .with("ellipsis_mask", 0)
            .with("new_axis_mask", 0)
            .with("shrink_axis_mask", 0);
    Value y =
        graphs.builtin(
            "STRIDED_SLICE",
            masks,
            pool(x(1, 3, 4, 5)),
            graphs.ints(0, 1, 1, 1),
            graphs.ints(1, 3, 4, 5),
            graphs.ints(1, 1, 2, 1));
    assertThat(left(y)).isEqualTo(2);
  }

  @Test
  void aSliceThatDropsADimensionStays() {
    Attributes masks =
        Attributes.of("begin_mask", 0, "end_mask", 0)
            .with("ellipsis_mask", 0)
            .with("new_axis_mask", 0)
            .with("shrink_axis_mask", 2);
    doesNotFire(
        graphs.builtin(
            "STRIDED_SLICE",
            masks,
            turned(x(1, 4, 5, 3), TO_NCHW),
            graphs.ints(0, 1, 0, 0),
            graphs.ints(1, 2, 4, 5),
            graphs.ints(1, 1, 1, 1)));
  }

  private Value ints(String builtin, String words) {
    int[] values =
        java.util.Arrays.stream(words.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    return graphs.constant(builtin.equals("TILE") ? Tensor.of(values) : Tensor.of(values, 4, 2));
  }

  @Test
  void aMeanOfTheImageNeedsNoTranspose() {
    Value x = turned(x(-1, 4, 5, 3), TO_NCHW);
    assertThat(fires(graphs.builtin("MEAN", keepDims(false), x, graphs.ints(2, 3))))
        .containsExactly("MEAN");
  }

  @Test
  void aMeanThatLeavesAnotherOrderNeedsIt() {
    Value x = turned(x(2, 4, 5, 3), TO_NCHW);
    doesNotFire(graphs.builtin("MEAN", keepDims(false), x, graphs.ints(0, 2)));
  }

  @Test
  void aShapeNeedsNoTranspose() {
    Value x = turned(x(-1, -1, 5, 3), TO_NCHW);
    Value sizes = graphs.builtin("SHAPE", Attributes.of("out_type", "INT32"), x);
    assertThat(fires(sizes)).containsExactly("SHAPE", "GATHER");
  }

  @Test
  void otherTransposesDoNotSink() {
    doesNotFire(op("MUL", turned(x(2, 2, 2), 2, 0, 1), turned(x(2, 2, 2), 1, 0, 2)));
  }

  @Test
  void aTransposeThatIsAnOutputDoesNotSink() {
    Value turned = turned(x(2, 3), 1, 0);
    doesNotFire(op("TANH", turned), turned);
  }

  @Test
  void aTransposeDoesNotSinkPastAnotherInput() {
    doesNotFire(op("ADD", turned(x(2, 3), 1, 0), x(3, 2)));
  }

  @Test
  void aFunctionStaysBesideTheProductThatMayTakeItIn() {
    Value product =
        graphs.builtin(
            "FULLY_CONNECTED",
            NONE.with("keep_num_dims", true),
            x(2, 3, 4),
            numbers(5, 4),
            Value.ABSENT);
    doesNotFire(turned(op("RELU", product), 0, 2, 1));
  }

  @Test
  void whatRunsAlongTheLastDimensionStays() {
    doesNotFire(graphs.builtin("SOFTMAX", Attributes.of("beta", 1f), turned(x(2, 3), 1, 0)));
  }

  @Test
  void aLongChainIsFollowed() {
    Value y = turned(x(2, 3), 1, 0);
    for (int i = 0; i < 3000; i++) {
      y = op("NEG", y);
    }
    List<String> expected = new ArrayList<>(Collections.nCopies(3000, "NEG"));
    assertThat(fires(turned(y, 1, 0))).isEqualTo(expected);
  }

  @Test
  void aChoiceOfRowsStays() {
    Value rows = graphs.constant(Tensor.of(new boolean[] {true, false, true}));
    Value x = turned(x(3, 2, 3, 3), TO_NCHW);
    doesNotFire(op("SELECT", rows, x, x));
  }
}
