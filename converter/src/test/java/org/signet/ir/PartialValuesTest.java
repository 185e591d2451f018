package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The shape arithmetic of models with free sizes, in TensorFlow's words and in builtins. */
class PartialValuesTest {
  private static final int FREE = OpTypes.UNKNOWN_ELEMENT;
  private static final Attributes INT32 =
      Attributes.of("T", DType.FLOAT32, "out_type", DType.INT32);
  private static final Attributes FIRST =
      Attributes.of("shrink_axis_mask", 1, "T", DType.INT32).with("Index", DType.INT32);

  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private Value shape(int... dims) {
    return graphs.tf("Shape", INT32, graphs.input(DType.FLOAT32, dims));
  }

  private Value element(Value vector, int i) {
    return graphs.tf(
        "StridedSlice", FIRST, vector, graphs.ints(i), graphs.ints(i + 1), graphs.ints(1));
  }

  private Value pack(Value... scalars) {
    Attributes attributes = Attributes.of("N", scalars.length, "axis", 0).with("T", DType.INT32);
    return graphs.tf("Pack", attributes, scalars);
  }

  private Value binary(String op, Value a, Value b) {
    return graphs.tf(op, Attributes.of("T", DType.INT32), a, b);
  }

  private Value reduce(String op, Value vector) {
    Attributes attributes =
        Attributes.of("keep_dims", false, "T", DType.INT32).with("Tidx", DType.INT32);
    return graphs.tf(op, attributes, vector, graphs.ints(0));
  }

  private int[] partial(Value value) {
    return graphs.builder().partialValue(value).map(Tensor::toInts).orElseThrow();
  }

  @Test
  void aFreeBatchGoesThroughAReshape() {
    Value x = graphs.input(DType.FLOAT32, -1, 3, 4);
    Value batch = element(graphs.tf("Shape", INT32, x), 0);
    Value target = pack(batch, graphs.constant(Tensor.scalar(12)));
    assertThat(partial(target)).containsExactly(FREE, 12);
    Value y =
        graphs.tf("Reshape", Attributes.of("T", DType.FLOAT32, "Tshape", DType.INT32), x, target);
    assertThat(y.type().shape()).isEqualTo(Shape.of(-1, 12));
  }

  @Test
  void theSameInBuiltins() {
    Value x = graphs.input(DType.FLOAT32, -1, 3, 4);
    Value shape = graphs.builtin("SHAPE", Attributes.of("out_type", "INT32"), x);
    Value batch =
        graphs.builtin(
            "STRIDED_SLICE",
            Attributes.of("shrink_axis_mask", 1),
            shape,
            graphs.ints(0),
            graphs.ints(1),
            graphs.ints(1));
    Value target =
        graphs.builtin(
            "PACK",
            Attributes.of("values_count", 2, "axis", 0),
            batch,
            graphs.constant(Tensor.scalar(12)));
    assertThat(graphs.builtin("RESHAPE", Attributes.NONE, x, target).type().shape())
        .isEqualTo(Shape.of(-1, 12));
  }

  @Test
  void aKnownElementIsAConstant() {
    Value shape = shape(-1, 3, 4);
    assertThat(partial(shape)).containsExactly(FREE, 3, 4);
    assertThat(element(shape, 1)).isInstanceOf(Value.Constant.class);
    assertThat(partial(element(shape, 1))).containsExactly(3);
    assertThat(element(shape, 0)).isNotInstanceOf(Value.Constant.class);
  }

  @Test
  void aShapeThatIsKnownIsAConstant() {
    assertThat(shape(2, 3)).isInstanceOf(Value.Constant.class);
    assertThat(shape()).isInstanceOf(Value.Constant.class);
  }

  @Test
  void productsOfKnownSizesAreKnown() {
    Value shape = shape(-1, 3, 4);
    Value inner =
        graphs.tf(
            "StridedSlice",
            Attributes.of("end_mask", 1, "T", DType.INT32).with("Index", DType.INT32),
            shape,
            graphs.ints(1),
            graphs.ints(0),
            graphs.ints(1));
    assertThat(reduce("Prod", inner)).isInstanceOf(Value.Constant.class);
    assertThat(partial(reduce("Prod", inner))).containsExactly(12);
    assertThat(partial(reduce("Prod", shape))).containsExactly(FREE);
    assertThat(partial(reduce("Sum", shape))).containsExactly(FREE);
  }

  @Test
  void arithmeticKeepsKnownAndUnknownApart() {
    Value shape = shape(-1, 3, 4);
    assertThat(partial(binary("Mul", shape, graphs.ints(2, 2, 2)))).containsExactly(FREE, 6, 8);
    assertThat(partial(binary("AddV2", graphs.constant(Tensor.scalar(1)), shape)))
        .containsExactly(FREE, 4, 5);
    assertThat(partial(binary("Maximum", shape, graphs.ints(7, 7, 1)))).containsExactly(FREE, 7, 4);
    assertThat(partial(binary("FloorDiv", graphs.ints(12, 12, 12), shape)))
        .containsExactly(FREE, 4, 3);
  }

  @Test
  void castsKeepWhatIsUnknown() {
    Value cast =
        graphs.tf("Cast", Attributes.of("SrcT", DType.INT32, "DstT", DType.INT64), shape(-1, 3));
    Tensor value = graphs.builder().partialValue(cast).orElseThrow();
    assertThat(value.dtype()).isEqualTo(DType.INT64);
    assertThat(value.getLong(0)).isEqualTo(FREE);
    assertThat(value.getLong(1)).isEqualTo(3);
  }

  @Test
  void concatenationsGathersAndSplits() {
    Value shape = shape(-1, 3);
    Value joined =
        graphs.tf(
            "ConcatV2",
            Attributes.of("N", 2, "T", DType.INT32).with("Tidx", DType.INT32),
            shape,
            graphs.ints(9),
            graphs.constant(Tensor.scalar(0)));
    assertThat(partial(joined)).containsExactly(FREE, 3, 9);
    Value gathered =
        graphs.tf(
            "GatherV2",
            Attributes.of("batch_dims", 0, "Tparams", DType.INT32)
                .with("Tindices", DType.INT32)
                .with("Taxis", DType.INT32),
            joined,
            graphs.ints(2, 0),
            graphs.constant(Tensor.scalar(0)));
    assertThat(partial(gathered)).containsExactly(9, FREE);
    List<Value> parts =
        graphs
            .builder()
            .add(
                OpKey.tf("Split"),
                Attributes.of("num_split", 3, "T", DType.INT32),
                List.of(graphs.constant(Tensor.scalar(0)), joined),
                Collections.nCopies(3, TensorType.unranked(DType.INT32)),
                "split",
                Origin.NONE);
    assertThat(parts.get(0)).isNotInstanceOf(Value.Constant.class);
    assertThat(partial(parts.get(1))).containsExactly(3);
    assertThat(partial(parts.get(2))).containsExactly(9);
  }

  @Test
  void shapesOfSeveralTensors() {
    Attributes attributes = Attributes.of("N", 2, "T", DType.FLOAT32);
    List<Value> shapes =
        graphs
            .builder()
            .add(
                OpKey.tf("ShapeN"),
                attributes.with("out_type", DType.INT32),
                List.of(graphs.input(DType.FLOAT32, -1, 3), graphs.input(DType.FLOAT32, 4, 5)),
                Collections.nCopies(2, TensorType.unranked(DType.INT32)),
                "shapes",
                Origin.NONE);
    assertThat(partial(shapes.get(0))).containsExactly(FREE, 3);
    assertThat(shapes.get(1)).isInstanceOf(Value.Constant.class);
    assertThat(partial(shapes.get(1))).containsExactly(4, 5);
  }

  @Test
  void sizesOfZero() {
    Value shape = shape(-1, 0, 4);
    assertThat(partial(shape)).containsExactly(FREE, 0, 4);
    assertThat(partial(element(shape, 1))).containsExactly(0);
    // 0 whatever the free size, but that is not followed; it must not be taken for 1 * 0 * 4 alone.
    assertThat(partial(reduce("Prod", shape)).length).isEqualTo(1);
  }

  @Test
  void anUnknownRankIsNotFollowed() {
    Value x = graphs.builder().input("u", TensorType.unranked(DType.FLOAT32));
    assertThat(graphs.builder().partialValue(graphs.tf("Shape", INT32, x))).isEmpty();
  }

  @Test
  void anUnknownNumberIsNoSizeOfItsOwn() {
    Value n = graphs.input(DType.INT32);
    assertThat(graphs.builder().partialValue(n)).isEmpty();
    Value packed = pack(n, graphs.constant(Tensor.scalar(3)));
    assertThat(graphs.builder().partialValue(packed)).isEmpty();
  }
}
