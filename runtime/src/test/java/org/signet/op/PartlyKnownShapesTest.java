package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Shape rules of ops that move elements, when sizes or elements of index operands are not known.
 */
class PartlyKnownShapesTest {
  private static final int U = OpTypes.UNKNOWN_ELEMENT;
  private static final Attributes NONE = Attributes.NONE;

  /** An operand of which the type, and perhaps some elements, are known. */
  record Operand(TensorType type, Optional<Tensor> partial) {}

  private static Operand of(int... dims) {
    return new Operand(TensorType.of(DType.FLOAT32, dims), Optional.empty());
  }

  private static Operand unranked() {
    return new Operand(TensorType.unranked(DType.FLOAT32), Optional.empty());
  }

  private static Operand ints(int... values) {
    Tensor tensor = Tensor.of(values);
    return new Operand(tensor.type(), Optional.of(tensor));
  }

  private static Operand scalar(int value) {
    Tensor tensor = Tensor.scalar(value);
    return new Operand(tensor.type(), Optional.of(tensor));
  }

  private static Operand vector(int length) {
    return new Operand(TensorType.of(DType.INT32, length), Optional.empty());
  }

  private static Arguments rule(
      String op, Attributes attributes, List<Operand> operands, String... expected) {
    return Arguments.of(OpKey.builtin(op), attributes, operands, List.of(expected));
  }

  private static Attributes masks(int begin, int end, int ellipsis, int newAxis, int shrink) {
    return NONE.with("begin_mask", begin)
        .with("end_mask", end)
        .with("ellipsis_mask", ellipsis)
        .with("new_axis_mask", newAxis)
        .with("shrink_axis_mask", shrink);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("RESHAPE", NONE, List.of(of(2, 6), ints(U, 4)), "[3, 4]"),
        rule("RESHAPE", NONE, List.of(of(2, 6), ints(U, -1, 2)), "[?, ?, 2]"),
        rule("RESHAPE", NONE, List.of(of(-1, 6), ints(-1, 3)), "[?, 3]"),
        rule("RESHAPE", NONE, List.of(of(2, 6), vector(1)), "[12]"),
        rule("RESHAPE", NONE, List.of(of(2, 6), vector(2)), "[?, ?]"),
        rule("RESHAPE", NONE, List.of(of(2, 6), vector(-1)), "[...]"),
        rule("RESHAPE", NONE, List.of(unranked(), ints(2, U)), "[2, ?]"),
        rule("EXPAND_DIMS", NONE, List.of(of(-1, 3), scalar(-1)), "[?, 3, 1]"),
        rule("EXPAND_DIMS", NONE, List.of(of(-1, 3), vector(1)), "[?, ?, ?]"),
        rule(
            "SQUEEZE",
            Attributes.of("squeeze_dims", List.of(0L)),
            List.of(of(-1, 1, -1)),
            "[1, ?]"),
        rule("SQUEEZE", NONE, List.of(of(-1, 1)), "[...]"),
        rule("SHAPE", Attributes.of("out_type", "INT64"), List.of(of(-1, 1)), "[2]"),
        rule("TRANSPOSE", NONE, List.of(of(-1, 2, 3), ints(2, 0, 1)), "[3, ?, 2]"),
        rule("TRANSPOSE", NONE, List.of(unranked(), ints(1, 0)), "[?, ?]"),
        rule("TRANSPOSE", NONE, List.of(of(2, 3), vector(2)), "[?, ?]"),
        rule(
            "CONCATENATION",
            Attributes.of("axis", 1),
            List.of(of(-1, 2), of(4, 3), unranked()),
            "[4, ?]"),
        rule("CONCATENATION", Attributes.of("axis", 1), List.of(of(-1, 2), of(4, 3)), "[4, 5]"),
        rule("PACK", Attributes.of("axis", 1), List.of(of(-1, 2), of(4, -1)), "[4, 2, 2]"),
        rule("SPLIT", NONE, List.of(scalar(1), of(-1, 4)), "[?, 2]", "[?, 2]"),
        rule("SPLIT", NONE, List.of(scalar(0), of(-1, 4)), "[?, 4]", "[?, 4]"),
        rule("SPLIT_V", NONE, List.of(of(-1, 6), ints(1, -1), scalar(1)), "[?, 1]", "[?, 5]"),
        rule("SPLIT_V", NONE, List.of(of(-1, 6), ints(1, U), scalar(0)), "[1, 6]", "[?, 6]"),
        rule("UNPACK", Attributes.of("axis", 1), List.of(of(-1, -1, 3)), "[?, 3]", "[?, 3]"),
        rule("SLICE", NONE, List.of(of(-1, 5), ints(0, 2), ints(-1, -1)), "[?, 3]"),
        rule("SLICE", NONE, List.of(of(4, 5), ints(U, U), ints(2, -1)), "[2, ?]"),
        rule("SLICE", NONE, List.of(unranked(), vector(2), ints(2, U)), "[2, ?]"),
        rule(
            "STRIDED_SLICE",
            masks(0, 0, 0, 0, 1),
            List.of(of(-1, 5), ints(0), ints(1), ints(1)),
            "[5]"),
        rule(
            "STRIDED_SLICE",
            masks(1, 1, 0, 0, 0),
            List.of(of(-1, 5), ints(0, U), ints(0, 4), ints(1, 1)),
            "[?, ?]"),
        rule("STRIDED_SLICE", NONE, List.of(of(-1, 5), ints(0), ints(0), ints(1)), "[0, 5]"),
        rule("STRIDED_SLICE", NONE, List.of(of(-1, 5), ints(-1), ints(-3), ints(2)), "[0, 5]"),
        rule("STRIDED_SLICE", NONE, List.of(of(-1, 5), ints(1), ints(4), ints(-1)), "[0, 5]"),
        rule("STRIDED_SLICE", NONE, List.of(of(-1, 5), ints(2), ints(-3), ints(1)), "[?, 5]"),
        rule("STRIDED_SLICE", NONE, List.of(of(-1, 5), ints(U), ints(0), ints(1)), "[?, 5]"),
        rule(
            "STRIDED_SLICE",
            masks(1, 0, 0, 0, 0),
            List.of(of(-1, 5), ints(0), ints(2), ints(-1)),
            "[?, 5]"),
        rule(
            "STRIDED_SLICE",
            masks(2, 2, 0, 0, 1),
            List.of(of(4, 5), ints(U, U), ints(U, U), ints(1, 2)),
            "[3]"),
        rule(
            "STRIDED_SLICE",
            masks(0, 0, 1, 2, 0),
            List.of(of(4, -1), vector(2), vector(2), vector(2)),
            "[4, ?, 1]"),
        rule("STRIDED_SLICE", NONE, List.of(of(4, 6), ints(1, 0), vector(2), ints(1, 1)), "[?, ?]"),
        rule("STRIDED_SLICE", NONE, List.of(unranked(), ints(1), ints(2), ints(1)), "[...]"),
        rule("GATHER", Attributes.of("axis", 1), List.of(of(-1, 4, 2), of(3, -1)), "[?, 3, ?, 2]"),
        rule(
            "GATHER",
            Attributes.of("axis", 1, "batch_dims", 1),
            List.of(of(-1, 4), of(3, 2)),
            "[3, 2]"),
        rule("GATHER_ND", NONE, List.of(of(-1, 4, 2), of(-1, 2)), "[?, 2]"),
        rule("GATHER_ND", NONE, List.of(of(-1, 4, 2), of(3, -1)), "[...]"),
        rule("TILE", NONE, List.of(of(-1, 3, 2), ints(1, 2, U)), "[?, 6, ?]"),
        rule("TILE", NONE, List.of(of(-1, 3), ints(0, 2)), "[0, 6]"),
        rule("BROADCAST_TO", NONE, List.of(of(3, -1), ints(U, U, 4)), "[?, 3, 4]"),
        rule("BROADCAST_TO", NONE, List.of(of(1), vector(2)), "[?, ?]"),
        rule("PAD", NONE, List.of(of(-1, 3), ints(1, 1, 0, 2)), "[?, 5]"),
        rule("PAD", NONE, List.of(of(2, 3), ints(U, 1, 0, 2)), "[?, 5]"),
        rule("FILL", NONE, List.of(ints(2, U), of()), "[2, ?]"),
        rule("RANGE", NONE, List.of(scalar(0), scalar(7), scalar(2)), "[4]"),
        rule("RANGE", NONE, List.of(scalar(0), scalar(U), scalar(2)), "[?]"),
        rule(
            "ONE_HOT",
            Attributes.of("axis", -1),
            List.of(of(-1, 2), scalar(5), of(), of()),
            "[?, 2, 5]"),
        rule("ONE_HOT", Attributes.of("axis", 0), List.of(of(2), vector(1), of(), of()), "[?, 2]"),
        rule(
            "SPACE_TO_DEPTH",
            Attributes.of("block_size", 2),
            List.of(of(-1, 4, -1, 3)),
            "[?, 2, ?, 12]"),
        rule("DEPTH_TO_SPACE", Attributes.of("block_size", 2), List.of(unranked()), "[?, ?, ?, ?]"),
        rule("SPACE_TO_BATCH_ND", NONE, List.of(of(-1, 4, 3), ints(2), ints(1, 1)), "[?, 3, 3]"),
        rule("BATCH_TO_SPACE_ND", NONE, List.of(of(4, -1, 3), ints(2), ints(1, 1)), "[2, ?, 3]"),
        rule("SCATTER_ND", NONE, List.of(of(2, 1), of(2), ints(U)), "[?]"),
        rule("MATRIX_DIAG", NONE, List.of(of(-1, 3)), "[?, 3, 3]"),
        rule("SEGMENT_SUM", NONE, List.of(of(4, 3), vector(4)), "[?, 3]"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void infersWhatCanBeKnown(
      OpKey key, Attributes attributes, List<Operand> operands, List<String> expected) {
    OpDefinition definition = OpDefinitions.standard().find(key).orElseThrow();
    OpTypes known =
        new ListedOperands<>(
            attributes,
            operands,
            expected.size(),
            operand -> Optional.of(operand.type()),
            operand -> operand.partial().filter(PartlyKnownShapesTest::isWhole),
            Operand::partial);
    List<TensorType> types = definition.shapeRule().infer(known);
    assertThat(types.stream().map(TensorType::shape).map(Shape::toString).toList())
        .isEqualTo(expected);
  }

  @Test
  void movesUnknownElementsAlong() {
    Tensor shape = Tensor.of(new int[] {U, 224, 224, 3});
    OpDefinition slice =
        OpDefinitions.standard().find(OpKey.builtin("STRIDED_SLICE")).orElseThrow();
    Tensor first =
        DirectCall.evaluate(
            slice,
            masks(0, 0, 0, 0, 1),
            shape,
            Tensor.of(new int[] {0}),
            Tensor.of(new int[] {1}),
            Tensor.of(new int[] {1}));
    assertThat(slice.movesElements()).isTrue();
    assertThat(first.ints()[0]).isEqualTo(U);
    OpDefinition pack = OpDefinitions.standard().find(OpKey.builtin("PACK")).orElseThrow();
    Tensor packed =
        DirectCall.evaluate(
                pack,
                NONE,
                List.of(Optional.of(first), Optional.of(Tensor.scalar(12))),
                List.of(TensorType.of(DType.INT32, 2)))
            .getFirst();
    assertThat(packed.toInts()).containsExactly(U, 12);
  }

  /** An unknown index must not be clamped or wrapped into a known one. */
  @Test
  void refusesUnknownIndices() {
    Tensor value = Tensor.of(new int[] {1, 2, 3});
    Tensor unknown = Tensor.of(new int[] {U});
    Tensor one = Tensor.of(new int[] {1});
    refuses("STRIDED_SLICE", value, unknown, one, one);
    refuses("STRIDED_SLICE", value, one, unknown, one);
    refuses("STRIDED_SLICE", value, one, one, unknown);
    refuses("SLICE", value, unknown, one);
    refuses("SLICE", value, one, unknown);
    refuses("DYNAMIC_UPDATE_SLICE", value, one, unknown);
    refuses("GATHER", value, unknown);
    refuses("RESHAPE", value, unknown);
    refuses("TILE", value, unknown);
    refuses("FILL", unknown, one);
    refuses("TRANSPOSE", value, unknown);
    refuses("REVERSE_V2", value, unknown);
    refuses("PAD", value, Tensor.of(new int[] {U, 1}, 1, 2));
  }

  private static void refuses(String op, Tensor... operands) {
    OpDefinition definition = OpDefinitions.standard().find(OpKey.builtin(op)).orElseThrow();
    List<Optional<Tensor>> all = Stream.of(operands).map(Optional::of).toList();
    List<TensorType> anything = List.of(TensorType.unranked(DType.INT32));
    assertThatThrownBy(() -> DirectCall.evaluate(definition, NONE, all, anything))
        .as(op)
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isWhole(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (value.getLong(i) == U) {
        return false;
      }
    }
    return value.type().shape().isStatic();
  }
}
