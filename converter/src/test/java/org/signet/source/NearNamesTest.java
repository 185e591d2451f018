package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  private static final List<String> NAMES =
      List.of("x", "dense/logits", "dense/Softmax", "softmax_tensor", "embedding");

  @Test
  void findsSlips() {
    assertThat(NearNames.of("softmax_tenser", NAMES)).containsExactly("softmax_tensor");
    assertThat(NearNames.of("dense/softmax", NAMES)).containsExactly("dense/Softmax");
    assertThat(NearNames.of("embeding", NAMES)).containsExactly("embedding");
  }

  @Test
  void findsNamesWithAndWithoutTheirScope() {
    assertThat(NearNames.of("logits", NAMES)).containsExactly("dense/logits");
    assertThat(NearNames.of("model/dense/logits", NAMES)).containsExactly("dense/logits");
  }

  @Test
  void leavesOutWhatIsFar() {
    assertThat(NearNames.of("probabilities", NAMES)).isEmpty();
  }
}
