package org.signet.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signet.schema.catalog.BuiltinOp.Argument;
import org.signet.schema.tflite.BuiltinOperator;

class BuiltinCatalogTest {
  private final BuiltinCatalog catalog = BuiltinCatalog.standard();

  @Test
  void hasEveryBuiltinOperatorOfTheSchema() throws Exception {
    int constants = 0;
    for (Field field : BuiltinOperator.class.getFields()) {
      if (field.getType() == int.class && Modifier.isStatic(field.getModifiers())) {
        constants++;
        BuiltinOp op = catalog.get(field.getName());
        assertThat(op.code()).isEqualTo(field.getInt(null));
        assertThat(catalog.byCode(op.code())).containsSame(op);
      }
    }
    assertThat(catalog.all()).hasSize(constants).hasSize(210);
  }

  @Test
  void describesConvolution() {
    BuiltinOp op = catalog.get("CONV_2D");
    assertThat(op.code()).isEqualTo(3);
    assertThat(op.options()).map(OptionsTable::name).contains("Conv2DOptions");
    assertThat(op.optionsWritten()).isTrue();
    assertThat(op.inputs())
        .containsExactly(
            new Argument("input", false, false),
            new Argument("filter", false, false),
            new Argument("bias", true, false));
    assertThat(op.outputs()).containsExactly(new Argument("output", false, false));
    assertThat(op.maxVersion()).isEqualTo(8);
    assertThat(op.minRuntime(6)).contains("2.9.0");
    assertThat(op.minRuntime(9)).isEmpty();
  }

  @Test
  void knowsOptionsThatFilesDoNotCarry() {
    BuiltinOp reshape = catalog.get("RESHAPE");
    assertThat(reshape.options()).map(OptionsTable::name).contains("ReshapeOptions");
    assertThat(reshape.optionsWritten()).isFalse();
    assertThat(catalog.get("RELU").options()).isEmpty();
  }

  @Test
  void knowsOptionsOfTheSecondUnion() {
    OptionsTable options = catalog.get("STABLEHLO_COMPOSITE").options().orElseThrow();
    assertThat(options.union()).isEqualTo(2);
    assertThat(options.discriminator()).isEqualTo(21);
  }

  @Test
  void countsVariadicArguments() {
    assertThat(catalog.get("PACK").inputs()).containsExactly(new Argument("values", false, true));
    assertThat(catalog.get("SPLIT").outputs())
        .containsExactly(new Argument("outputs", false, true));
    assertThat(catalog.get("VAR_HANDLE").inputs()).isEmpty();
    assertThat(catalog.get("UNIDIRECTIONAL_SEQUENCE_LSTM").inputs()).hasSize(24);
    assertThat(catalog.get("BIDIRECTIONAL_SEQUENCE_LSTM").inputs()).hasSize(48);
  }

  @Test
  void everyOptionsTableExists() {
    List<String> withTable =
        catalog.all().stream()
            .flatMap(op -> op.options().stream())
            .map(OptionsTable::name)
            .distinct()
            .toList();
    assertThat(withTable).hasSizeGreaterThan(130);
    long withoutTable = catalog.all().stream().filter(op -> op.options().isEmpty()).count();
    assertThat(withoutTable).isEqualTo(lines().filter(line -> line.contains("\t-\t")).count());
  }

  private static Stream<String> lines() {
    return Lines.read("builtin_ops.tsv").stream()
        .map(line -> "\t" + Lines.split(line, '\t').get(2) + "\t");
  }

  @Test
  void everyVersionThatARuleGivesHasARuntime() {
    for (BuiltinOp op : catalog.all()) {
      if (op.maxVersion() > 0 && !op.minRuntimes().isEmpty()) {
        assertThat(op.minRuntimes()).as(op.name()).containsKey(op.maxVersion());
        for (int version : op.versionRule().versions()) {
          if (version <= op.maxVersion()) {
            assertThat(op.minRuntime(version)).as(op.name() + " v" + version).isPresent();
          }
        }
      }
    }
  }

  @Test
  void everyRuleCanBeAskedAboutAPlainFloatUse() {
    for (BuiltinOp op : catalog.all()) {
      OpUse.Operand tensor = OpUse.Operand.of("FLOAT32", 1, 2, 2, 3);
      int version = op.version(OpUse.of(List.of(tensor, tensor, tensor), List.of(tensor)));
      assertThat(op.versionRule().versions()).as(op.name()).contains(version);
    }
  }

  @Test
  void oldReadersSeeThePlaceholder() {
    assertThat(catalog.get("ADD").deprecatedCode()).isZero();
    assertThat(catalog.get("BATCH_MATMUL").deprecatedCode()).isEqualTo(126);
    assertThat(catalog.get("GELU").deprecatedCode()).isEqualTo(127);
  }

  @Test
  void unknownOps() {
    assertThat(catalog.byName("Add")).isEmpty();
    assertThat(catalog.byCode(210)).isEmpty();
    assertThat(catalog.byCode(-1)).isEmpty();
    assertThatThrownBy(() -> catalog.get("NOPE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NOPE");
  }

  @Test
  void ordersRuntimesByNumber() {
    assertThat(Stream.of("2.14.4", "1.5.0", "2.9.0", "2.14.0").sorted(BuiltinCatalog.RUNTIME_ORDER))
        .containsExactly("1.5.0", "2.9.0", "2.14.0", "2.14.4");
  }
}
