package org.signet.source.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.diag.SignetException;
import org.signet.source.Endpoint;
import org.signet.source.OutputNames;
import org.signet.source.SourceModel;

class OutputNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "k3_dictionary.keras, exported, y z",
    "k3_dictionary.keras, layers, dense_1 dense",
    "k3_frozen.h5.gz, exported, output_0",
    "k2_mlp_keras.keras, exported, dense_1",
    "k2_mlp_keras.keras, layers, dense_1",
  })
  void areOfTheChosenKind(String model, String names, String expected) {
    Path file = KerasModelsTest.model(model, folder);
    try (SourceModel source = KerasReader.open(file, OutputNames.of(names))) {
      assertThat(source.signatures().getFirst().outputs().stream().map(Endpoint::name))
          .map(name -> name.replaceAll("_\\d+$", ""))
          .containsExactly(
              java.util.Arrays.stream(expected.split(" ", -1))
                  .map(name -> name.replaceAll("_\\d+$", ""))
                  .toArray(String[]::new));
    }
  }

  @Test
  void refusesOtherKinds() {
    assertThatThrownBy(() -> OutputNames.of("numbers"))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("exported and layers");
  }
}
