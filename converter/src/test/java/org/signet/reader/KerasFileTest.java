package org.signet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.testing.Checkout;

/** Files that Keras wrote. */
class KerasFileTest {
  private static Path resource(String name) {
    return Checkout.root()
        .resolve("converter/src/test/resources/org/signet/source/keras")
        .resolve(name);
  }

  @Test
  void showsLayersAndWeights() {
    try (KerasFile file = KerasFile.open(resource("k2_mlp_keras.keras"))) {
      assertThat(file.isArchive()).isTrue();
      assertThat(file.kerasVersion()).startsWith("2.15");
      assertThat(file.modelClass()).isIn("Functional", "Sequential");
      List<LayerInfo> layers = file.layers();
      assertThat(layers).extracting(LayerInfo::className).contains("InputLayer", "Dense");
      assertThat(layers)
          .filteredOn(layer -> layer.className().equals("Dense"))
          .allSatisfy(layer -> assertThat(layer.settings()).containsKeys("units", "activation"));
      String path = file.weights().keySet().iterator().next();
      assertThat(file.weight(path).load().type()).isEqualTo(file.weights().get(path));
      assertThatThrownBy(() -> file.weight("none")).hasMessageContaining("there are: 'layers/");
    }
  }

  @Test
  void showsModelsWithinTheModel() {
    try (KerasFile file = KerasFile.open(resource("k2_nested.keras"))) {
      assertThat(file.layers()).extracting(LayerInfo::depth).contains(0, 1);
      assertThat(file.layers()).anySatisfy(layer -> assertThat(layer.inputs()).isNotEmpty());
    }
  }
}
