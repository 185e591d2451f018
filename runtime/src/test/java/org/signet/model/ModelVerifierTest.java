package org.signet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;

class ModelVerifierTest {
  private static final int ADD = 0;
  private static final int IF = 118;
  private static final int[] NONE = {};

  /** Two inputs and their sum. */
  private static ModelBuilder sum() {
    return new ModelBuilder()
        .subgraph(new int[] {0, 1}, new int[] {2})
        .tensor(DType.FLOAT32, 0, 2)
        .tensor(DType.FLOAT32, 0, 2)
        .tensor(DType.FLOAT32, 0, 2);
  }

  private static void assertMalformed(ModelBuilder model, String... parts) {
    byte[] file = model.build();
    assertThatThrownBy(() -> TfliteModel.of(file))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_MODEL))
        .hasMessageContainingAll(parts);
  }

  @Test
  void takesOptionsThatAreNotWrittenAsDefaults() {
    TfliteModel model = TfliteModel.of(sum().operator(ADD, new int[] {0, 1}, 2).build());

    ModelOperator operator = model.subgraphs().getFirst().operators().getFirst();
    assertThat(operator.key()).isEqualTo(OpKey.builtin("ADD"));
    assertThat(operator.attributes())
        .isEqualTo(Attributes.of("fused_activation_function", "NONE", "pot_scale_int16", true));
    assertThat(model.signatures()).containsOnlyKeys(TfliteModel.PLACEHOLDER_KEY);
    assertThat(model.signatures().firstEntry().getValue().inputs()).hasSize(2);
  }

  @Test
  void findsWrongIndices() {
    assertMalformed(sum().operator(ADD, new int[] {0, 3}, 2), "operator 0 (ADD)", "index 3 of 3");
    assertMalformed(sum().operator(ADD, new int[] {0, -2}, 2), "index -2");
    assertMalformed(sum().operator(ADD, new int[] {0, 1}, -1), "outputs", "index -1");
    assertMalformed(new ModelBuilder().subgraph(new int[] {0}, NONE), "inputs", "index 0 of 0");
    assertMalformed(
        new ModelBuilder().subgraph(NONE, NONE).tensor(DType.INT8, 1, 1), "buffer 1 of 1");
    assertMalformed(new ModelBuilder(), "no subgraph");
  }

  @Test
  void findsOperatorsInTheWrongOrder() {
    assertMalformed(
        sum()
            .tensor(DType.FLOAT32, 0, 2)
            .operator(ADD, new int[] {0, 3}, 2)
            .operator(ADD, new int[] {0, 1}, 3),
        "operator 0 (ADD) needs tensor 3 before it is computed");
    assertMalformed(sum(), "returns tensor 2, which nothing computes");
    assertMalformed(
        sum().operator(ADD, new int[] {0, 1}, 1), "computes tensor 1, which has a value");
    assertMalformed(
        sum().operator(ADD, new int[] {0, 1}, 2).operator(ADD, new int[] {0, 1}, 2),
        "operator 1 (ADD) computes tensor 2");
    assertMalformed(sum().operator(ADD, new int[] {0, 1}, 2, 2), "computes tensor 2");
  }

  @Test
  void findsConstantsOfTheWrongSize() {
    ModelBuilder model = new ModelBuilder().buffer(1, 2, 3, 4).subgraph(NONE, NONE);
    assertMalformed(model.tensor(DType.FLOAT32, 1, 2), "tensor 0", "float32[2] of 4 bytes");
    assertMalformed(
        new ModelBuilder()
            .buffer(1)
            .subgraph(NONE, NONE)
            .tensor(DType.INT8, 1, 1 << 30, 1 << 30, 1 << 30),
        "of 1 bytes");
    assertMalformed(
        new ModelBuilder().buffer(1).subgraph(NONE, NONE).variable(DType.INT8, 1, 1),
        "a variable and a constant");
    assertMalformed(new ModelBuilder().subgraph(NONE, NONE).tensor(DType.INT8, 0, -3), "-3");
  }

  @Test
  void readsPackedIntegers() {
    TfliteModel model =
        TfliteModel.of(
            new ModelBuilder()
                .buffer(0x8F, 0x07)
                .subgraph(NONE, NONE)
                .tensor(DType.INT4, 1, 3)
                .build());

    assertThat(model.constant(0, 0).orElseThrow().bytes()).containsExactly(-1, -8, 7);
  }

  @Test
  void readsAndChecksStrings() {
    int[] strings = {2, 0, 0, 0, 16, 0, 0, 0, 17, 0, 0, 0, 19, 0, 0, 0, 'a', 'b', 'c'};
    TfliteModel model =
        TfliteModel.of(
            new ModelBuilder()
                .buffer(strings)
                .subgraph(NONE, NONE)
                .tensor(DType.STRING, 1, 2)
                .build());
    assertThat(model.constant(0, 0).orElseThrow().toString())
        .isEqualTo("string[2] {\"a\", \"bc\"}");

    for (int[] change : new int[][] {{0, 3}, {4, 15}, {8, 30}, {12, 20}, {12, 16}}) {
      int[] broken = strings.clone();
      broken[change[0]] = change[1];
      assertMalformed(
          new ModelBuilder().buffer(broken).subgraph(NONE, NONE).tensor(DType.STRING, 1, 2),
          "tensor 0 holds");
    }
  }

  @Test
  void findsInconsistentQuantization() {
    assertMalformed(
        new ModelBuilder().subgraph(NONE, NONE).quantized(new float[] {1, 2}, new long[] {0}, 2),
        "quantization",
        "2 scales and 1 zero points");
    assertMalformed(
        new ModelBuilder().subgraph(NONE, NONE).quantized(new float[] {1, 2}, new long[] {0, 0}, 3),
        "2 scales");
  }

  @Test
  void findsWrongSignatures() {
    ModelBuilder twice =
        sum()
            .operator(ADD, new int[] {0, 1}, 2)
            .signature("a", 0, Map.of("x", 0, "y", 1), Map.of("z", 2))
            .signature("a", 0, Map.of("x", 0, "y", 1), Map.of("z", 2));
    assertMalformed(twice, "two signatures 'a'");
    assertMalformed(
        sum().operator(ADD, new int[] {0, 1}, 2).signature("a", 1, Map.of(), Map.of()),
        "signature 'a' is of subgraph 1 of 1");
    assertMalformed(
        sum().operator(ADD, new int[] {0, 1}, 2).signature("a", 0, Map.of("x", 2), Map.of()),
        "tensor 2",
        "no input");
    assertMalformed(
        sum().operator(ADD, new int[] {0, 1}, 2).signature("a", 0, Map.of("x", 0), Map.of()),
        "no name for the input tensor 1");
  }

  @Test
  void findsSubgraphsThatRunThemselves() {
    // Without options, both branches are subgraph 0.
    assertMalformed(
        new ModelBuilder()
            .subgraph(new int[] {0}, NONE)
            .tensor(DType.BOOL, 0)
            .operator(IF, new int[] {0}),
        "subgraph 0 runs itself");
  }

  @Test
  void opensModelsWithUnknownOps() {
    TfliteModel model = TfliteModel.of(sum().operator(999, new int[] {0, 1}, 2).build());

    assertThat(model.subgraphs().getFirst().operators().getFirst().key().name())
        .isEqualTo("BUILTIN_999");
  }
}
