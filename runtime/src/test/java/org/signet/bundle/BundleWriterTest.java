package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What TensorFlow wrote, written again: byte for byte the same files. */
class BundleWriterTest {
  @TempDir private Path directory;

  /** Tensors in the order of the data files, which {@code make_bundles.py} tells. */
  @ParameterizedTest
  @CsvSource({"partitioned, rows long grid text", "small, a b"})
  void theFilesAreTensorFlows(String name, String keys) throws URISyntaxException {
    Path wanted = Path.of(getClass().getResource(name + ".index").toURI()).resolveSibling(name);
    Path written = directory.resolve(name);
    try (CheckpointBundle bundle = CheckpointBundle.open(wanted)) {
      List<SavedTensor> tensors = new ArrayList<>();
      for (String key : keys.split(" ", -1)) {
        for (SliceSpec slice : bundle.slices(key)) {
          Tensor part = bundle.find(key, slice).orElseThrow().load();
          tensors.add(new SavedTensor(key, slice, part));
        }
      }
      BundleWriter.write(written, tensors);
    }
    for (String suffix : List.of(".data-00000-of-00001", ".index")) {
      assertThat(CheckpointBundle.withSuffix(written, suffix))
          .hasSameBinaryContentAs(CheckpointBundle.withSuffix(wanted, suffix));
    }
  }

  @ParameterizedTest
  @CsvSource({"'4 0,2', '4 0,2'", "'4 0,2', '5 2,2'", "'', ''", "'', '4 2,2'", "'4 0,2', '2 -'"})
  void tensorsThatAreNoPartsOfOne(String first, String second) {
    List<SavedTensor> tensors = List.of(saved(first), saved(second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleWriter.write(directory.resolve("w"), tensors))
        .withMessageContaining("'w'");
  }

  @Test
  void aSliceOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> saved("4 0,3"))
        .withMessageContaining("no slice 4 0,3");
  }

  private static SavedTensor saved(String slice) {
    return new SavedTensor("w", new SliceSpec(slice), Tensor.zeros(DType.FLOAT32, 2));
  }
}
