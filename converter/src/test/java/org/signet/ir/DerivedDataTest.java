package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Weights that are transposed or scaled when they are read. */
class DerivedDataTest {
  @ParameterizedTest
  @CsvSource({"70 110, 1 0", "3 3 25 30, 3 0 1 2", "5 7 6, -2 -1 -3", "600 1, 1 0", "1 600, 1 0"})
  void transposedInPartsOfAnySize(String dims, String order) {
    Tensor weight = numbers(ints(dims));
    Tensor expected =
        DirectCall.evaluate(
            OpDefinitions.standard().find(OpKey.builtin("TRANSPOSE")).orElseThrow(),
            Attributes.NONE,
            weight,
            Tensor.of(ints(order)));
    ConstantData data =
        TransposedData.of(ConstantData.of(weight), Shape.of(ints(dims)), ints(order)).orElseThrow();
    assertPartsEqual(data, expected);
  }

  @Test
  void otherOrdersThanThoseOfTwoGroupsAreLeft() {
    ConstantData data = ConstantData.of(numbers(2, 3, 4));
    assertThat(TransposedData.of(data, Shape.of(2, 3, 4), new int[] {0, 2, 1})).isEmpty();
    assertThat(TransposedData.of(data, Shape.of(2, 3, 4), new int[] {2, 1, 0})).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"40 30, 0", "40 30, 1", "7 3 11, 1"})
  void scaledInPartsOfAnySize(String dims, int axis) {
    int[] shape = ints(dims);
    Tensor weight = numbers(shape);
    Tensor factors = numbers(shape[axis]);
    int[] alongAxis = new int[shape.length];
    Arrays.fill(alongAxis, 1);
    alongAxis[axis] = shape[axis];
    Tensor expected =
        DirectCall.evaluate(
            OpDefinitions.standard().find(OpKey.builtin("MUL")).orElseThrow(),
            Attributes.NONE,
            weight,
            factors.reshaped(alongAxis));
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    assertPartsEqual(new ScaledData(ConstantData.of(weight), factors, inner), expected);
  }

  @Test
  void equalProductsOfOneWeightAreEqual() {
    ConstantData weight = ConstantData.of(numbers(100, 200));
    ScaledData scaled = new ScaledData(weight, numbers(100), 200);
    assertThat(scaled)
        .isEqualTo(new ScaledData(weight, numbers(100), 200))
        .hasSameHashCodeAs(new ScaledData(weight, numbers(100), 200))
        .isNotEqualTo(new ScaledData(weight, numbers(200), 1))
        .isNotEqualTo(new ScaledData(ConstantData.of(numbers(100, 200)), numbers(100), 200));
  }

  @Test
  void largeWeightsAreScaledWhenTheyAreRead() {
    try (ConstantStore store = new ConstantStore()) {
      GraphBuilder builder = new GraphBuilder(OpDefinitions.standard(), store);
      Tensor weight = numbers(100, 200);
      Value.Constant scaled =
          builder.scaled(builder.constant("w", weight), numbers(100).floats(), 200);
      assertThat(scaled.data()).isInstanceOf(ScaledData.class);
      assertThat(scaled.data().load(scaled.type()).floats()[250])
          .isEqualTo(weight.floats()[250] * numbers(100).floats()[1]);
    }
  }

  private static void assertPartsEqual(ConstantData data, Tensor expected) {
    MemorySegment whole = ConstantData.bytesOf(expected);
    assertThat(data.byteSize()).isEqualTo(whole.byteSize());
    TensorType type = expected.type();
    assertThat(ConstantData.bytesOf(data.load(type)).mismatch(whole)).isEqualTo(-1);
    for (int part : new int[] {4, 12, 100, 1024}) {
      MemorySegment read = MemorySegment.ofArray(new byte[(int) whole.byteSize()]);
      for (long at = 0; at < whole.byteSize(); at += part) {
        data.read(at, read.asSlice(at, Math.min(part, whole.byteSize() - at)));
      }
      assertThat(read.mismatch(whole)).as("in parts of %s bytes", part).isEqualTo(-1);
    }
  }

  private static Tensor numbers(int... shape) {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.floats()[i] = (i * 31 % 127 - 60) / 7f;
    }
    return tensor;
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
