package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.api.Signet;

/** Steps of training need none of TensorFlow's kernels. */
class TrainingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "training-images",
        "training-keras2",
        "training-layers",
        "training-optimizers",
        "training-both-ways",
        "training-recurrent",
        "training-sequences"
      })
  void gradientsAreBuiltins(String name, @TempDir Path folder) {
    Path goldenCase = TestFolders.root().resolve("golden").resolve("cases").resolve(name);
    assertThat(
            Signet.convert(CaseReader.read(goldenCase).conversion(), folder.resolve("model.tflite"))
                .flexUses())
        .isEmpty();
  }
}
