package org.signet.op.flex.state;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.bundle.BundleWriter;
import org.signet.bundle.SavedTensor;
import org.signet.bundle.SliceSpec;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What a checkpoint does not hold, in the words of TensorFlow 2.21 on the same checkpoint. */
class RestoreFailuresTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void save() {
    BundleWriter.write(
        folder.resolve("saved"),
        List.of(
            new SavedTensor("x", SliceSpec.WHOLE, Tensor.of(new float[3])),
            new SavedTensor("p", new SliceSpec("4 2 0,2:0,2"), Tensor.of(new float[4], 2, 2))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y | '' | FLOAT32 | Key y not found in checkpoint",
        "x | '' | INT32 | tensor_name = x; expected dtype int32 does not equal original dtype float",
        "x | 4 0,4 | FLOAT32 | shape in shape_and_slice spec [4] does not match the shape stored in checkpoint: [3]",
        "p | 4 2 2,2:0,2 | FLOAT32 | Does not have sufficient slices for partitioned tensor p to restore in slice_spec: 2,2:0,2",
        "p | 4 2 1,2:0,2 | FLOAT32 | Does not have sufficient slices for partitioned tensor p to restore in slice_spec: 1,2:0,2",
        "p | '' | FLOAT32 | Does not have sufficient slices for partitioned tensor p to restore in slice_spec: -:-",
      })
  void areToldAsByTensorFlow(String name, String slice, DType dtype, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            DirectCall.evaluate(
                OpDefinitions.standard().find(OpKey.tf("RestoreV2")).orElseThrow(),
                Attributes.of("dtypes", List.of(dtype)),
                Tensor.scalar(folder.resolve("saved").toString()),
                Tensor.of(new String[] {name}),
                Tensor.of(new String[] {slice})))
        .withMessageContaining(message);
  }
}
