package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Operands at which TFLite's kernels fail or are wrong, and what keeps them away from these. */
class KernelGapsTest {
  private static final Tensor NOTHING = Tensor.zeros(DType.FLOAT32, 2, 0);

  @Test
  void transformsSingleNumbersByAMatrix() {
    var converted =
        OneOpModel.of("RFFT")
            .with("Treal", DType.FLOAT32)
            .with("Tcomplex", DType.COMPLEX64)
            .input(Tensor.of(new float[] {3, 4, 5}))
            .constant(Tensor.of(new int[] {1}))
            .convert();
    assertThat(converted.ops()).doesNotContain("RFFT2D"); // whose kernel gives 3 − 3i
    assertThat(converted.run().getFirst().floats()).containsExactly(3, 0);
  }

  @Test
  void givesLogSoftmaxNoRowsOfNothing() {
    var converted =
        OneOpModel.of("LogSoftmax")
            .with("T", DType.FLOAT32)
            .input(NOTHING, Shape.of(2, Shape.UNKNOWN))
            .convert();
    assertThat(converted.ops()).contains("MAXIMUM", "LOG_SOFTMAX"); // whose kernel divides
    assertThat(converted.run().getFirst().shape()).containsExactly(2, 0);
  }

  @Test
  void needsNoCareForRowsOfKnownSize() {
    var converted =
        OneOpModel.of("LogSoftmax")
            .with("T", DType.FLOAT32)
            .input(Tensor.zeros(DType.FLOAT32, 1, 3), Shape.of(Shape.UNKNOWN, 3))
            .convert();
    assertThat(converted.ops()).containsExactly("LOG_SOFTMAX");
  }

  @Test
  void invertsNoPermutation() {
    var converted =
        OneOpModel.of("InvertPermutation")
            .with("T", DType.INT32)
            .input(Tensor.zeros(DType.INT32, 0), Shape.of(Shape.UNKNOWN))
            .convert();
    assertThat(converted.ops()).contains("SCATTER_ND", "MAXIMUM", "SLICE"); // whose kernel divides
    assertThat(converted.run().getFirst().shape()).containsExactly(0);
  }

  @Test
  void multipliesVectorsOfAnyRankAsRows() {
    Tensor a = Tensor.of(new float[] {1, 2, 3}, 1, 1, 1, 1, 1, 1, 3);
    Tensor b = Tensor.of(new float[] {4, 5, 7}, 1, 1, 1, 1, 1, 1, 3);
    var converted =
        OneOpModel.of("Cross")
            .with("T", DType.FLOAT32)
            .input(a, Shape.unknownRank())
            .input(b, Shape.unknownRank())
            .convert();
    assertThat(converted.node("SUB").result().type().shape().rank()).isEqualTo(2);
    assertThat(converted.run().getFirst().floats()).containsExactly(-1, 5, -3);
  }

  @Test
  void choosesExtremesOfHighRanksInVectors() {
    int[] dims = {2, 1, 1, 1, 1, 2};
    var converted =
        OneOpModel.of("TensorScatterMax")
            .with("T", DType.FLOAT32)
            .with("Tindices", DType.INT32)
            .input(Tensor.of(new float[] {1, 2, 3, 4}, dims))
            .input(Tensor.of(new int[] {1, 1}, 2, 1))
            .input(Tensor.of(new float[] {5, Float.NaN, 4, 0}, dims))
            .convert();
    assertThat(converted.graph().nodes())
        .filteredOn(node -> node.is("NOT_EQUAL") || node.is("SELECT_V2"))
        .hasSizeGreaterThan(2)
        .allMatch(node -> node.result().type().shape().rank() < 5);
    assertThat(converted.run().getFirst().floats()).containsExactly(1, 2, 5, 4);
  }

  @Test
  void bringsSlicesToTheFrontInThreeDimensions() {
    var converted =
        OneOpModel.of("UniqueV2")
            .with("T", DType.INT32)
            .with("Taxis", DType.INT32)
            .with("out_idx", DType.INT32)
            .input(Tensor.of(new int[] {1, 1, 2, 2}, 1, 1, 1, 1, 1, 2, 2))
            .constant(Tensor.of(new int[] {-1}))
            .convert();
    assertThat(converted.node("TRANSPOSE").result().type().shape().rank()).isEqualTo(3);
    assertThat(converted.run().getFirst().ints()).containsExactly(1, 2);
  }

  @Test
  void dividesTheLeastNumberByNoMinusOne() {
    Tensor x = Tensor.of(new int[] {Integer.MIN_VALUE, 7, 7});
    Tensor y = Tensor.of(new int[] {-1, -1, 2});
    var quotient = OneOpModel.of("TruncateDiv").with("T", DType.INT32).input(x).input(y).convert();
    assertThat(quotient.ops()).containsExactly("EQUAL", "SELECT_V2", "MUL", "MUL", "DIV");
    assertThat(quotient.run().getFirst().ints()).containsExactly(Integer.MIN_VALUE, -7, 3);
    var remainder = OneOpModel.of("FloorMod").with("T", DType.INT32).input(x).input(y).convert();
    assertThat(remainder.ops()).containsExactly("EQUAL", "SELECT_V2", "FLOOR_MOD");
    assertThat(remainder.run().getFirst().ints()).containsExactly(0, 0, 1);
  }

  @Test
  void dividesByOtherConstantsAtOnce() {
    for (String op : new String[] {"TruncateDiv", "FloorMod"}) {
      var converted =
          OneOpModel.of(op)
              .with("T", DType.INT32)
              .input(Tensor.of(new int[] {Integer.MIN_VALUE, 7}))
              .constant(Tensor.of(new int[] {-3, 2}))
              .convert();
      assertThat(converted.ops()).hasSize(1).containsAnyOf("DIV", "FLOOR_MOD");
    }
  }

  @Test
  void rollsNothingByNoDivisionByZero() {
    var converted =
        OneOpModel.of("Roll")
            .with("T", DType.FLOAT32)
            .with("Tshift", DType.INT32)
            .with("Taxis", DType.INT32)
            .input(NOTHING, Shape.of(2, Shape.UNKNOWN))
            .constant(Tensor.of(new int[] {3}))
            .constant(Tensor.of(new int[] {1}))
            .convert();
    assertThat(converted.node("FLOOR_MOD").operand(1))
        .isEqualTo(converted.node("MAXIMUM").result());
    assertThat(converted.run().getFirst().shape()).containsExactly(2, 0);
  }

  @Test
  void cutsTheLargestOfHighRanksInThreeDimensions() {
    var converted =
        OneOpModel.of("TopKV2")
            .with("T", DType.FLOAT32)
            .input(Tensor.of(new float[] {1, 3, 2, 6, 5, 4}, 1, 1, 2, 1, 1, 3))
            .input(Tensor.of(new int[] {2}, new int[0]))
            .convert();
    assertThat(converted.graph().nodes())
        .filteredOn(node -> node.is("SLICE"))
        .hasSize(2)
        .allMatch(node -> node.result().type().shape().rank() == 3);
    assertThat(converted.run().getFirst().shape()).containsExactly(1, 1, 2, 1, 1, 2);
    assertThat(converted.run().getFirst().floats()).containsExactly(3, 2, 6, 5);
  }
}
