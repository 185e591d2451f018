package org.signet.source.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Modules that JAX has written, as they are and damaged. */
class StableHloReaderTest {
  private static byte[] bytes(String module) throws IOException {
    return Files.readAllBytes(
        Checkout.root()
            .resolve("converter/src/test/resources/org/signet/source/stablehlo")
            .resolve(module + ".mlirbc"));
  }

  private static HloRegion body(HloModule module, String function) {
    return module.find(function).orElseThrow().body();
  }

  private static List<String> names(HloRegion region) {
    return region.ops().stream().map(HloOp::name).toList();
  }

  private static HloOp op(HloRegion region, String name) {
    return region.ops().stream().filter(op -> op.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void functionsRegionsAndAttributes() throws IOException {
    HloModule module = StableHloReader.read(bytes("looping"));
    HloRegion main = body(module, "main");
    assertThat(names(main)).contains("while", "convert", "broadcast_in_dim", "compare");
    HloOp loop = op(main, "while");
    assertThat(loop.regions()).hasSize(2);
    HloRegion turn = loop.regions().get(1);
    assertThat(names(turn)).containsExactly("add", "dot_general", "call", "return");
    assertThat(op(turn, "call").text("callee")).isEqualTo("sort");
    assertThat(op(turn, "dot_general").numbers("lhs_contracting_dimensions")).containsExactly(1);
    assertThat(op(turn, "dot_general").location()).contains("make_stablehlo_models.py:");
    assertThat(turn.captured()).hasSize(1);
    HloOp sort = op(body(module, "sort"), "sort");
    assertThat(sort.number("dimension")).isEqualTo(1);
    assertThat(sort.type(0)).isEqualTo(TensorType.of(DType.FLOAT32, 3, 3));
  }

  @Test
  void regionsThatSeeNothingAroundThemShareASection() throws IOException {
    HloRegion main = body(StableHloReader.read(bytes("pool_gradient")), "main");
    HloOp scatter = op(main, "select_and_scatter");
    assertThat(scatter.regions()).hasSize(2);
    assertThat(names(scatter.regions().get(0))).containsExactly("compare", "return");
    assertThat(names(scatter.regions().get(1))).containsExactly("add", "return");
  }

  @Test
  void booleansOfAConstantAreUnpacked() throws IOException {
    HloRegion main = body(StableHloReader.read(bytes("looping")), "main");
    HloAttribute.Dense found =
        main.ops().stream()
            .filter(op -> op.name().equals("constant"))
            .map(op -> (HloAttribute.Dense) op.attribute("value"))
            .filter(dense -> dense.type().dtype() == DType.BOOL)
            .findFirst()
            .orElseThrow();
    assertThat(DenseElements.integers(found)).containsExactly(1, 0, 1);
  }

  @Test
  void aFreeDimensionIsUnknown() throws IOException {
    HloRegion main = body(StableHloReader.read(bytes("batch")), "main");
    assertThat(main.arguments().getLast().type())
        .isEqualTo(new HloType.Ranked(TensorType.of(DType.FLOAT32, Shape.of(-1, 3))));
    assertThat(op(main, "custom_call").text("call_target_name")).isEqualTo("shape_assertion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"looping", "batch"})
  void aModuleThatBreaksOff(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> StableHloReader.read(part))
          .isInstanceOfSatisfying(
              SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_STABLEHLO));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"looping", "batch"})
  void aDamagedModuleIsReadOrRefused(String name) throws IOException {
    byte[] whole = bytes(name);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) (damaged[at] + 1 + random.nextInt(255));
      try {
        StableHloReader.read(damaged);
      } catch (SignetException e) {
        assertThat(e.code()).isIn(Code.MALFORMED_STABLEHLO, Code.UNSUPPORTED_SOURCE);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anEncodingOfTheFuture() throws IOException {
    byte[] newer = bytes("batch");
    newer[4] = 99;
    assertThatThrownBy(() -> StableHloReader.read(newer))
        .hasMessageContaining("version 49")
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_SOURCE));
  }
}
