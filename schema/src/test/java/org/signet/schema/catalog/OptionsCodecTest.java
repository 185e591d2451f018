package org.signet.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.signet.schema.catalog.OptionsTable.Field;
import org.signet.schema.tflite.ActivationFunctionType;
import org.signet.schema.tflite.BuiltinOptions;
import org.signet.schema.tflite.BuiltinOptions2;
import org.signet.schema.tflite.Conv2DOptions;
import org.signet.schema.tflite.FullyConnectedOptions;
import org.signet.schema.tflite.FullyConnectedOptionsWeightsFormat;
import org.signet.schema.tflite.Padding;
import org.signet.schema.tflite.ReshapeOptions;
import org.signet.schema.tflite.StableHLOCompositeOptions;
import org.signet.schema.tflite.StridedSliceOptions;
import org.signet.schema.tflite.TensorType;
import org.signet.schema.tflite.UniqueOptions;

class OptionsCodecTest {
  private final OptionsCatalog catalog = OptionsCatalog.standard();

  private OptionsTable table(String name) {
    return catalog.find(name).orElseThrow();
  }

  private static ByteBuffer write(OptionsTable table, Map<String, ?> values) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(OptionsCodec.write(builder, table, values));
    return ByteBuffer.wrap(builder.sizedByteArray());
  }

  private static int root(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  private static Map<String, Object> read(ByteBuffer buffer, OptionsTable table) {
    return OptionsCodec.read(buffer, root(buffer), table);
  }

  @Test
  void hasEveryMemberOfBothUnions() throws Exception {
    int members = 0;
    for (Class<?> union : List.of(BuiltinOptions.class, BuiltinOptions2.class)) {
      for (java.lang.reflect.Field field : union.getFields()) {
        if (field.getType() == byte.class && field.getByte(null) != 0) {
          members++;
          OptionsTable table = table(field.getName());
          assertThat(table.union()).isEqualTo(union == BuiltinOptions.class ? 1 : 2);
          assertThat(table.discriminator()).isEqualTo(field.getByte(null));
          assertThat(catalog.find(table.union(), table.discriminator())).containsSame(table);
        }
      }
    }
    assertThat(catalog.all()).hasSize(members).hasSize(149);
    assertThat(catalog.find(1, 0)).isEmpty();
    assertThat(catalog.find(2, 99)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyTableSurvivesARoundTrip() {
    return catalog.all().stream()
        .map(table ->
            dynamicTest(
                table.name(),
                () -> {
                  Map<String, Object> values = new HashMap<>();
                  for (Field field : table.fields()) {
                    Object value = sample(field);
                    if (!hasOneValue(field)) {
                      assertThat(value).isNotEqualTo(field.defaultValue());
                    }
                    values.put(field.name(), value);
                  }
                  assertThat(read(write(table, values), table)).isEqualTo(values);
                  assertThat(read(write(table, Map.of()), table)).isEqualTo(table.defaults());
                }));
  }

  private static boolean hasOneValue(Field field) {
    return field.constants().map(constants -> constants.names().size() == 1).orElse(false);
  }

  /** A value that is not the field's default, if there is one. */
  private static Object sample(Field field) {
    if (field.constants().isPresent()) {
      List<String> names = field.constants().get().names();
      if (field.kind() == OptionsTable.Kind.UINT_VECTOR) {
        return List.of(names.getLast(), names.getFirst());
      }
      return names.getLast().equals(field.defaultValue()) ? names.getFirst() : names.getLast();
    }
    return switch (field.kind()) {
      case BOOL -> !(Boolean) field.defaultValue();
      case BYTE -> -7L;
      case INT -> -123456L + field.slot();
      case UINT -> 4_000_000_000L;
      case LONG -> -(1L << 40) - field.slot();
      case FLOAT -> 0.5f + field.slot();
      case STRING -> "text é " + field.slot();
      case BOOL_VECTOR -> List.of(true, false, true);
      case INT_VECTOR -> List.of(-1L, 2L, (long) Integer.MIN_VALUE);
      case LONG_VECTOR -> List.of(-1L, Long.MAX_VALUE);
      case FLOAT_VECTOR -> List.of(0.25f, -1e30f);
      case BYTES -> ByteBuffer.wrap(new byte[] {1, -2, 3});
      case UINT_VECTOR -> throw new AssertionError(field);
    };
  }

  @Test
  void convolutionAsTheGeneratedClassReadsIt() {
    Map<String, Object> values =
        Map.of(
            "padding", "VALID",
            "stride_w", 2L,
            "stride_h", 3L,
            "fused_activation_function", "RELU6",
            "dilation_w_factor", 4L,
            "dilation_h_factor", 5L,
            "quantized_bias_type", "INT64");
    Conv2DOptions read =
        Conv2DOptions.getRootAsConv2DOptions(write(table("Conv2DOptions"), values));
    assertThat(read.padding()).isEqualTo(Padding.VALID);
    assertThat(read.strideW()).isEqualTo(2);
    assertThat(read.strideH()).isEqualTo(3);
    assertThat(read.fusedActivationFunction()).isEqualTo(ActivationFunctionType.RELU6);
    assertThat(read.dilationWFactor()).isEqualTo(4);
    assertThat(read.dilationHFactor()).isEqualTo(5);
    assertThat(read.quantizedBiasType()).isEqualTo(TensorType.INT64);
  }

  @Test
  void convolutionAsTheGeneratedClassWritesIt() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(
        Conv2DOptions.createConv2DOptions(
            builder, Padding.SAME, 1, 2, ActivationFunctionType.TANH, 1, 3, TensorType.FLOAT32));
    OptionsTable table = table("Conv2DOptions");
    assertThat(read(ByteBuffer.wrap(builder.sizedByteArray()), table))
        .containsExactly(
            Map.entry("padding", "SAME"),
            Map.entry("stride_w", 1L),
            Map.entry("stride_h", 2L),
            Map.entry("fused_activation_function", "TANH"),
            Map.entry("dilation_w_factor", 1L),
            Map.entry("dilation_h_factor", 3L),
            Map.entry("quantized_bias_type", "FLOAT32"));
  }

  @Test
  void reshapeAsTheGeneratedClassReadsIt() {
    ReshapeOptions read =
        ReshapeOptions.getRootAsReshapeOptions(
            write(table("ReshapeOptions"), Map.of("new_shape", List.of(1L, -1L, 7L))));
    assertThat(read.newShapeLength()).isEqualTo(3);
    assertThat(List.of(read.newShape(0), read.newShape(1), read.newShape(2)))
        .containsExactly(1, -1, 7);
  }

  @Test
  void stridedSliceAsTheGeneratedClassReadsIt() {
    StridedSliceOptions read =
        StridedSliceOptions.getRootAsStridedSliceOptions(
            write(
                table("StridedSliceOptions"),
                Map.of(
                    "begin_mask", 1L,
                    "end_mask", 2L,
                    "ellipsis_mask", 4L,
                    "new_axis_mask", 8L,
                    "shrink_axis_mask", 16L,
                    "offset", true)));
    assertThat(read.beginMask()).isEqualTo(1);
    assertThat(read.endMask()).isEqualTo(2);
    assertThat(read.ellipsisMask()).isEqualTo(4);
    assertThat(read.newAxisMask()).isEqualTo(8);
    assertThat(read.shrinkAxisMask()).isEqualTo(16);
    assertThat(read.offset()).isTrue();
  }

  @Test
  void fullyConnectedAsTheGeneratedClassReadsIt() {
    FullyConnectedOptions read =
        FullyConnectedOptions.getRootAsFullyConnectedOptions(
            write(
                table("FullyConnectedOptions"),
                Map.of(
                    "fused_activation_function", "RELU",
                    "weights_format", "SHUFFLED4x16INT8",
                    "keep_num_dims", true,
                    "quantized_bias_type", "INT32")));
    assertThat(read.fusedActivationFunction()).isEqualTo(ActivationFunctionType.RELU);
    assertThat(read.weightsFormat()).isEqualTo(FullyConnectedOptionsWeightsFormat.SHUFFLED4x16INT8);
    assertThat(read.keepNumDims()).isTrue();
    assertThat(read.asymmetricQuantizeInputs()).isFalse();
    assertThat(read.quantizedBiasType()).isEqualTo(TensorType.INT32);
  }

  @Test
  void compositeAsTheGeneratedClassReadsIt() {
    StableHLOCompositeOptions read =
        StableHLOCompositeOptions.getRootAsStableHLOCompositeOptions(
            write(
                table("StableHLOCompositeOptions"),
                Map.of(
                    "name",
                    "odml.rms_norm",
                    "decomposition_subgraph_index",
                    3L,
                    "composite_attributes",
                    ByteBuffer.wrap(new byte[] {9, 8}),
                    "version",
                    2L)));
    assertThat(read.name()).isEqualTo("odml.rms_norm");
    assertThat(read.decompositionSubgraphIndex()).isEqualTo(3);
    assertThat(read.compositeAttributesLength()).isEqualTo(2);
    assertThat(read.compositeAttributes(0)).isEqualTo(9);
    assertThat(read.version()).isEqualTo(2);
  }

  @Test
  void defaultsThatAreNotZero() {
    assertThat(table("Conv2DOptions").defaults())
        .containsEntry("dilation_w_factor", 1L)
        .containsEntry("padding", "SAME");
    assertThat(table("AddOptions").defaults()).containsEntry("pot_scale_int16", true);
    assertThat(table("UniqueOptions").defaults()).containsEntry("idx_out_type", "INT32");
    UniqueOptions absent =
        UniqueOptions.getRootAsUniqueOptions(write(table("UniqueOptions"), Map.of()));
    assertThat(absent.idxOutType()).isEqualTo(TensorType.INT32);
  }

  @Test
  void deprecatedFieldsAreLeftOut() {
    assertThat(table("ResizeBilinearOptions").fields())
        .extracting(Field::name)
        .containsExactly("align_corners", "half_pixel_centers");
    assertThat(table("ResizeBilinearOptions").fields().getFirst().vtableOffset()).isEqualTo(8);
  }

  @Test
  void rejectsValuesThatDoNotFit() {
    OptionsTable conv = table("Conv2DOptions");
    rejected(conv, Map.of("stride", 1L), "no field stride");
    rejected(conv, Map.of("padding", "FULL"), "FULL");
    rejected(conv, Map.of("padding", 1L), "padding");
    rejected(conv, Map.of("stride_w", "2"), "stride_w");
    rejected(conv, Map.of("stride_w", 1L << 31), "cannot hold");
    rejected(table("CallOptions"), Map.of("subgraph", -1L), "cannot hold");
    rejected(table("ReshapeOptions"), Map.of("new_shape", List.of("a")), "new_shape");
  }

  private static void rejected(OptionsTable table, Map<String, ?> values, String message) {
    assertThatThrownBy(() -> write(table, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void rejectsPositionsOutsideTheBuffer() {
    OptionsTable table = table("Conv2DOptions");
    ByteBuffer bytes = write(table, Map.of("stride_w", 2L));
    for (int position : new int[] {-1, -4, bytes.limit() - 3, bytes.limit(), Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> OptionsCodec.read(bytes, position, table))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Conv2DOptions");
    }
  }

  @Test
  void rejectsNumbersThatAnEnumDoesNotHave() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(
        Conv2DOptions.createConv2DOptions(
            builder, (byte) 77, 1, 1, (byte) 0, 1, 1, TensorType.FLOAT32));
    ByteBuffer bytes = ByteBuffer.wrap(builder.sizedByteArray());
    assertThatThrownBy(() -> read(bytes, table("Conv2DOptions")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Conv2DOptions.padding")
        .hasMessageContaining("77");
  }

  @Test
  void corruptBytesGiveAnArgumentErrorOrValues() {
    Random random = new Random(7);
    int rejected = 0;
    for (OptionsTable table : catalog.all()) {
      Map<String, Object> values = new HashMap<>();
      for (Field field : table.fields()) {
        values.put(field.name(), sample(field));
      }
      byte[] good = write(table, values).array();
      for (int round = 0; round < 200; round++) {
        byte[] bad = good.clone();
        for (int i = 0; i < 1 + round % 3; i++) {
          bad[random.nextInt(bad.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
        }
        int length = round % 5 == 0 ? random.nextInt(bad.length) : bad.length;
        ByteBuffer bytes = ByteBuffer.wrap(bad).limit(length);
        try {
          Map<String, Object> read = OptionsCodec.read(bytes, root(ByteBuffer.wrap(good)), table);
          assertThat(read).hasSameSizeAs(table.fields());
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageContaining(table.name());
          rejected++;
        }
      }
    }
    assertThat(rejected).isGreaterThan(1000);
  }

  @Test
  void hugeVectorsAreRejectedBeforeTheyAreBuilt() {
    OptionsTable table = table("ReshapeOptions");
    ByteBuffer bytes = write(table, Map.of("new_shape", List.of(1L)));
    ByteBuffer writable = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    writable.putInt(bytes.limit() - 8, Integer.MAX_VALUE);
    assertThatThrownBy(() -> read(bytes, table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new_shape");
  }
}
