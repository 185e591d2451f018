package org.signet.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.schema.catalog.OpUse.Operand;

class VersionRuleTest {
  private static final Operand F32 = Operand.of("FLOAT32", 1, 8, 8, 4);
  private static final Operand I8 = Operand.of("INT8", 1, 8, 8, 4).scaled(0.5f);
  private static final Operand I16 = Operand.of("INT16", 1, 8, 8, 4).scaled(0.5f);
  private static final Operand BIAS = Operand.of("INT32", 4);

  private static int version(String op, OpUse use) {
    return BuiltinCatalog.standard().get(op).version(use);
  }

  private static OpUse use(Operand output, Operand... inputs) {
    return OpUse.of(List.of(inputs), List.of(output));
  }

  private static Operand filter(String type, Float... scales) {
    return Operand.of(type, 4, 3, 3, 4).scaled(scales);
  }

  @Test
  void convolution() {
    Operand perTensor = filter("INT8", 0.1f);
    Operand perChannel = filter("INT8", 0.1f, 0.2f, 0.3f, 0.4f);
    assertThat(version("CONV_2D", use(F32, F32, filter("FLOAT32")))).isEqualTo(1);
    assertThat(version("CONV_2D", use(F32, F32, perTensor))).isEqualTo(2);
    assertThat(version("CONV_2D", use(F32, F32, perChannel))).isEqualTo(5);
    assertThat(version("CONV_2D", use(I8, I8, perChannel, BIAS))).isEqualTo(3);
    assertThat(version("CONV_2D", use(I8, I8, filter("INT4", 0.1f), BIAS))).isEqualTo(7);
    assertThat(version("CONV_2D", use(I16, I16, filter("INT16", 0.1f), BIAS))).isEqualTo(4);
    OpUse int16 = use(I16, I16, perChannel, BIAS);
    assertThat(version("CONV_2D", int16)).isEqualTo(1);
    assertThat(version("CONV_2D", int16.with("quantized_bias_type", "INT32"))).isEqualTo(8);
    assertThat(version("CONV_2D", use(F32, F32, Operand.of("FLOAT32", 4, 3, 3, 2)))).isEqualTo(6);
    assertThat(version("CONV_2D", use(F32, Operand.of("FLOAT32", 1, 8, 8, -1), filter("FLOAT32"))))
        .isEqualTo(1);
  }

  @Test
  void depthwiseConvolution() {
    OpUse plain = use(F32, F32, filter("FLOAT32"));
    assertThat(version("DEPTHWISE_CONV_2D", plain)).isEqualTo(1);
    assertThat(version("DEPTHWISE_CONV_2D", plain.with("dilation_h_factor", 2L))).isEqualTo(2);
    assertThat(version("DEPTHWISE_CONV_2D", use(F32, F32, filter("INT8", 0.1f, 0.2f))))
        .isEqualTo(6);
    assertThat(version("DEPTHWISE_CONV_2D", use(I8, I8, filter("INT8", 0.1f)))).isEqualTo(3);
  }

  @Test
  void fullyConnected() {
    Operand weights = Operand.of("FLOAT32", 4, 8);
    Operand bias = Operand.of("FLOAT32", 4);
    OpUse plain = use(F32, F32, weights, bias);
    assertThat(version("FULLY_CONNECTED", plain)).isEqualTo(1);
    assertThat(version("FULLY_CONNECTED", use(F32, F32, weights))).isEqualTo(6);
    assertThat(version("FULLY_CONNECTED", use(F32, F32, weights).withAbsentInput())).isEqualTo(1);
    assertThat(version("FULLY_CONNECTED", plain.with("keep_num_dims", true))).isEqualTo(5);
    assertThat(version("FULLY_CONNECTED", plain.with("weights_format", "SHUFFLED4x16INT8")))
        .isEqualTo(2);
    OpUse hybrid = use(F32, F32, Operand.of("INT8", 4, 8).scaled(0.1f), bias);
    assertThat(version("FULLY_CONNECTED", hybrid)).isEqualTo(3);
    assertThat(version("FULLY_CONNECTED", hybrid.with("asymmetric_quantize_inputs", true)))
        .isEqualTo(9);
    assertThat(
            version(
                "FULLY_CONNECTED", use(F32, F32, Operand.of("INT8", 4, 8).scaled(1f, 2f), bias)))
        .isEqualTo(12);
    assertThat(version("FULLY_CONNECTED", use(I8, I8, I8, BIAS))).isEqualTo(4);
    assertThat(version("FULLY_CONNECTED", use(I8, I8, Operand.of("INT4", 4, 8), BIAS)))
        .isEqualTo(10);
    assertThat(version("FULLY_CONNECTED", use(I16, I16, Operand.of("INT4", 4, 8), BIAS)))
        .isEqualTo(13);
    assertThat(version("FULLY_CONNECTED", use(F32, F32, Operand.of("INT2", 4, 8), bias)))
        .isEqualTo(14);
    Operand sparse = new Operand("FLOAT32", List.of(4, 8), List.of(), true);
    assertThat(version("FULLY_CONNECTED", use(F32, F32, sparse, bias))).isEqualTo(8);
  }

  @Test
  void reshapeHasOneVersion() {
    assertThat(version("RESHAPE", use(I8, I8, Operand.of("INT32", 2)))).isEqualTo(1);
  }

  @Test
  void stridedSlice() {
    Operand index = Operand.of("INT32", 5);
    OpUse plain = use(F32, F32, index, index, index);
    assertThat(version("STRIDED_SLICE", plain)).isEqualTo(1);
    assertThat(version("STRIDED_SLICE", use(I8, I8, index, index, index))).isEqualTo(2);
    assertThat(version("STRIDED_SLICE", plain.with("new_axis_mask", 2L))).isEqualTo(6);
    assertThat(version("STRIDED_SLICE", plain.with("ellipsis_mask", 1L))).isEqualTo(6);
    assertThat(version("STRIDED_SLICE", plain.with("offset", true))).isEqualTo(8);
    Operand five = Operand.of("BOOL", 1, 1, 1, 1, 1);
    assertThat(version("STRIDED_SLICE", use(five, five, index, index, index))).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, INT32, 1",
    "UINT32, FLOAT32, 2",
    "FLOAT32, UINT32, 2",
    "INT8, FLOAT32, 3",
    "FLOAT32, UINT16, 4",
    "FLOAT16, FLOAT32, 5",
    "INT32, FLOAT64, 5",
    "INT4, FLOAT32, 6",
    "INT4, INT8, 3",
    "BFLOAT16, FLOAT32, 7",
    "FLOAT32, INT2, 8",
    "FLOAT8_E5M2, FLOAT32, 9",
  })
  void cast(String from, String to, int expected) {
    assertThat(version("CAST", use(Operand.of(to, 2), Operand.of(from, 2)))).isEqualTo(expected);
  }

  @Test
  void batchMatMul() {
    OpUse hybrid = use(F32, F32, I8);
    assertThat(version("BATCH_MATMUL", use(F32, F32, F32))).isEqualTo(1);
    assertThat(version("BATCH_MATMUL", use(I8, I8, I8))).isEqualTo(2);
    assertThat(version("BATCH_MATMUL", use(I16, I16, I16))).isEqualTo(3);
    assertThat(version("BATCH_MATMUL", hybrid)).isEqualTo(1);
    assertThat(version("BATCH_MATMUL", hybrid.with("asymmetric_quantize_inputs", true)))
        .isEqualTo(4);
  }

  @Test
  void additionAndSubtraction() {
    assertThat(version("ADD", use(F32, F32, F32))).isEqualTo(1);
    assertThat(version("ADD", use(I8, I8, I8))).isEqualTo(2);
    assertThat(version("ADD", use(I16, I16, I16))).isEqualTo(1);
    assertThat(version("ADD", use(I16, I16, I16).with("pot_scale_int16", false))).isEqualTo(3);
    Operand plain16 = Operand.of("INT16", 2);
    assertThat(version("ADD", use(plain16, plain16, plain16))).isEqualTo(5);
    Operand i64 = Operand.of("INT64", 2);
    assertThat(version("ADD", use(i64, i64, i64))).isEqualTo(4);
    assertThat(version("SUB", use(I16, I16, I16).with("pot_scale_int16", false))).isEqualTo(5);
  }

  @Test
  void broadcastOverManyDimensions() {
    Operand five = Operand.of("FLOAT32", 1, 2, 3, 4, 5);
    Operand one = Operand.of("FLOAT32", 5);
    for (String op : List.of("SUB", "MAXIMUM", "MINIMUM")) {
      assertThat(version(op, use(five, five, one))).as(op).isEqualTo(3);
      assertThat(version(op, use(five, five, five))).as(op).isEqualTo(1);
      assertThat(version(op, use(F32, F32, one))).as(op).isEqualTo(1);
    }
    assertThat(version("DIV", use(five, one, five))).isEqualTo(2);
    assertThat(version("DIV", use(F32, F32, one))).isEqualTo(1);
  }

  @Test
  void multiplication() {
    assertThat(version("MUL", use(I8, I8, I8))).isEqualTo(2);
    Operand finer = Operand.of("INT8", 1).scaled(0.25f);
    assertThat(version("MUL", use(finer, I8, I8))).isEqualTo(3);
    assertThat(version("MUL", use(I16, I16, I16))).isEqualTo(4);
    Operand plain16 = Operand.of("INT16", 2);
    assertThat(version("MUL", use(plain16, plain16, plain16))).isEqualTo(7);
    Operand complex = Operand.of("COMPLEX64", 2);
    assertThat(version("MUL", use(complex, complex, complex))).isEqualTo(6);
  }

  @Test
  void ranks() {
    Operand perm = Operand.of("INT32", 5);
    Operand five = Operand.of("FLOAT32", 1, 1, 1, 1, 1);
    Operand six = Operand.of("FLOAT32", 1, 1, 1, 1, 1, 1);
    Operand seven = Operand.of("FLOAT32", 1, 1, 1, 1, 1, 1, 1);
    assertThat(version("TRANSPOSE", use(F32, F32, perm))).isEqualTo(1);
    assertThat(version("TRANSPOSE", use(five, five, perm))).isEqualTo(4);
    assertThat(version("TRANSPOSE", use(six, six, perm))).isEqualTo(6);
    assertThat(version("TRANSPOSE", use(seven, seven, perm))).isEqualTo(8);
    assertThat(version("PAD", use(five, five, perm))).isEqualTo(4);
    assertThat(version("PAD", use(I16, I16, perm))).isEqualTo(3);
    assertThat(version("PADV2", use(F32, F32, perm, Operand.of("FLOAT32")))).isEqualTo(1);
    Operand three = Operand.of("FLOAT32", 1, 1, 1);
    assertThat(version("SPACE_TO_BATCH_ND", use(three, three, perm, perm))).isEqualTo(3);
    assertThat(version("SPACE_TO_BATCH_ND", use(F32, F32, perm, perm))).isEqualTo(1);
    Operand condition = Operand.of("BOOL", 2);
    assertThat(version("SELECT", use(five, condition, five, five))).isEqualTo(3);
    assertThat(version("SELECT_V2", use(five, condition, five, five))).isEqualTo(1);
  }

  @Test
  void looksAtTheValueNotTheAxis() {
    Operand axis = Operand.of("INT32");
    assertThat(version("SPLIT", use(F32, axis, F32))).isEqualTo(1);
    assertThat(version("SPLIT", use(I8, axis, I8))).isEqualTo(2);
    Operand indices = Operand.of("INT16", 2);
    assertThat(version("GATHER", use(F32, F32, indices))).isEqualTo(6);
    assertThat(version("GATHER", use(F32, F32, axis).with("batch_dims", 1L))).isEqualTo(5);
  }

  @Test
  void transposeConvolution() {
    Operand shape = Operand.of("INT32", 4);
    OpUse plain = use(F32, shape, filter("FLOAT32"), F32);
    assertThat(version("TRANSPOSE_CONV", plain)).isEqualTo(1);
    assertThat(version("TRANSPOSE_CONV", plain.withAbsentInput())).isEqualTo(1);
    assertThat(version("TRANSPOSE_CONV", use(F32, shape, filter("FLOAT32"), F32, BIAS)))
        .isEqualTo(3);
    assertThat(version("TRANSPOSE_CONV", plain.with("fused_activation_function", "RELU")))
        .isEqualTo(4);
    assertThat(version("TRANSPOSE_CONV", use(I8, shape, filter("INT8", 1f), I8))).isEqualTo(2);
  }

  @Test
  void versionsThatDoNotStartAtOne() {
    assertThat(version("BROADCAST_TO", use(F32, F32, BIAS))).isEqualTo(2);
    assertThat(version("BROADCAST_TO", use(I8, I8, BIAS))).isEqualTo(3);
    assertThat(version("WHERE", use(F32, Operand.of("BOOL", 2)))).isEqualTo(1);
    assertThat(version("WHERE", use(F32, F32))).isEqualTo(2);
  }

  @Test
  void recurrentOps() {
    Operand weight = Operand.of("INT8", 4, 4).scaled(0.1f);
    OpUse lstm = use(F32, F32, weight, weight);
    assertThat(version("LSTM", use(F32, F32, F32, F32))).isEqualTo(1);
    assertThat(version("LSTM", use(F32, F32, F32, F32).with("kernel_type", "BASIC"))).isEqualTo(2);
    assertThat(version("LSTM", lstm)).isEqualTo(3);
    assertThat(version("LSTM", lstm.with("asymmetric_quantize_inputs", true))).isEqualTo(4);
    assertThat(version("UNIDIRECTIONAL_SEQUENCE_LSTM", lstm)).isEqualTo(2);
    assertThat(version("RNN", lstm)).isEqualTo(2);
  }

  @Test
  void rejectsWhatIsNoRule() {
    assertThatThrownBy(() -> VersionRule.parse("2 i0=INT8")).hasMessageContaining("last clause");
    assertThatThrownBy(() -> VersionRule.parse("2 i0.colour; 1")).hasMessageContaining("colour");
    assertThatThrownBy(() -> VersionRule.parse("2 i0>INT8; 1")).hasMessageContaining("types");
    OpUse use = use(F32, F32);
    assertThatThrownBy(() -> VersionRule.parse("2 colour; 1").version(use, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colour");
  }
}
