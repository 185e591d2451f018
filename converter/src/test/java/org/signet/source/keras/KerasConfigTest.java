package org.signet.source.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.signet.diag.SignetException;

class KerasConfigTest {
  private static KerasConfig config(String json) {
    return new KerasConfig("conv", JsonParser.parseString(json).getAsJsonObject());
  }

  @Test
  void sizesAreAtLeastOne() {
    assertThat(config("{\"strides\": 2}").getSizes("strides", 2, 1)).containsExactly(2, 2);
    assertThatExceptionOfType(SignetException.class)
        .isThrownBy(() -> config("{\"strides\": [1, 0]}").getSizes("strides", 2, 1))
        .withMessageContaining("layer 'conv': its setting 'strides' should be at least 1, not 0");
  }

  @Test
  void wordsAreChosenFromSome() {
    assertThat(config("{}").getChoice("padding", "valid", "same")).isEqualTo("valid");
    assertThat(config("{\"padding\": \"same\"}").getChoice("padding", "valid", "same"))
        .isEqualTo("same");
    assertThatExceptionOfType(SignetException.class)
        .isThrownBy(() -> config("{\"padding\": \"SAME\"}").getChoice("padding", "valid", "same"))
        .withMessageContaining("should be one of valid, same, not SAME");
    assertThatExceptionOfType(SignetException.class)
        .isThrownBy(() -> config("{\"data_format\": \"nchw\"}").channelsFirst());
  }
}
