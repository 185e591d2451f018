package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.testing.Checkout;

class SignatureReaderTest {
  private static List<SourceSignature> signatures(String model) {
    try (SourceModel source =
        SavedModelReader.open(Checkout.testModel(model), Set.of(), List.of())) {
      return source.signatures();
    }
  }

  private static List<String> names(List<Endpoint> endpoints) {
    return endpoints.stream().map(Endpoint::name).toList();
  }

  @Test
  void keysAsDeclaredInputsByTheInnerCallOutputsByName() {
    List<SourceSignature> signatures = signatures("affine");
    assertThat(signatures).extracting(SourceSignature::key).containsExactly("zeta", "alpha");
    assertThat(names(signatures.getFirst().inputs())).containsExactly("zebra", "ant");
    assertThat(names(signatures.getFirst().outputs())).containsExactly("plain", "sum");
    assertThat(signatures.getFirst().method()).isEqualTo("tensorflow/serving/predict");
  }

  @Test
  void keysWithoutAnObjectGraphByName() {
    assertThat(signatures("tf1_resource"))
        .extracting(SourceSignature::key)
        .containsExactly("scaled", "serving_default");
  }

  @Test
  void typesAsDeclared() {
    List<Endpoint> inputs = signatures("affine").getFirst().inputs();
    assertThat(inputs.get(0).type()).hasToString("float32[?, 3]");
    assertThat(inputs.get(1).type()).hasToString("float32[2]");
  }

  @ParameterizedTest
  @CsvSource({
    "output_2, output_10",
    "output_0, output_1",
    "a, b",
    "output_9, output_a",
    "B, a",
    "logits, output_0",
    "output_01x, output_1x",
    "output_01, output_1",
  })
  void order(String first, String second) {
    assertThat(SignatureReader.compareOutputs(first, second)).isNegative();
    assertThat(SignatureReader.compareOutputs(second, first)).isPositive();
    assertThat(SignatureReader.compareOutputs(first, first)).isZero();
  }

  @Test
  void theOrderIsOneForAnyMixOfNames() {
    List<String> names =
        List.of("output_10", "output_", "z", "output_9", "output_x", "output", "output_1", "a");
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(SignatureReader::compareOutputs);
    assertThat(sorted)
        .containsExactly(
            "a", "output", "output_", "output_1", "output_9", "output_10", "output_x", "z");
  }
}
