package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.bundle.BundleTensor;
import org.signet.testing.Checkout;

class VariablesTest {
  private static SourceModel open(Path directory) {
    return SavedModelReader.open(directory, Set.of(), List.of());
  }

  private static float[] values(SourceModel source, String node) {
    BundleTensor tensor = source.variables().read(node).orElseThrow();
    return tensor.data() instanceof BundleTensor.Data.Raw(var bytes)
        ? bytes.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED)
        : new float[0];
  }

  @Test
  void handlesOfOneNameAreToldApartByTheObjectGraph() {
    try (SourceModel source = open(Checkout.testModel("affine"))) {
      assertThat(values(source, "same_1")).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(values(source, "same")).containsExactly(0.5f, -0.5f);
      assertThat(source.variables().describe("same_1")).isEqualTo("weights");
      assertThat(source.variables().describe("same")).isEqualTo("shift");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf1_resource", "tf1_reference"})
  void namesInTheCheckpointAreThoseOfTheSaver(String model) {
    try (SourceModel source = open(Checkout.testModel(model))) {
      assertThat(values(source, "layer/a")).containsExactly(1, 2, 3, 4);
      assertThat(values(source, "layer/b")).containsExactly(10, 20);
      assertThat(source.variables().describe("layer/a")).isEqualTo("layer/b");
      assertThat(source.variables().describe("layer/b")).isEqualTo("elsewhere");
    }
  }

  /** Keras 3 gives every weight a second handle, which the restore function leaves alone. */
  @Test
  void bothHandlesOfAWeightHaveItsValue() {
    try (SourceModel source = open(Checkout.goldenModel("dense-saved"))) {
      List<String> calls =
          source.nodes().values().stream()
              .filter(node -> node.name().startsWith("StatefulPartitionedCall"))
              .filter(node -> node.attributes().function("f").contains("signature_wrapper"))
              .flatMap(node -> node.inputs().stream())
              .distinct()
              .toList();
      List<SourceNode> handles =
          source.nodes().values().stream()
              .filter(node -> node.op().equals("VarHandleOp") && calls.contains(node.name()))
              .toList();
      assertThat(handles).isNotEmpty();
      assertThat(handles)
          .allSatisfy(handle -> assertThat(source.variables().read(handle.name())).isPresent());
    }
  }

  @Test
  void aNodeThatIsNoVariableHasNoValue() {
    try (SourceModel source = open(Checkout.testModel("affine"))) {
      assertThat(source.variables().read("zeta_ant")).isEmpty();
      assertThat(source.variables().describe("zeta_ant")).isEqualTo("zeta_ant");
    }
  }
}
