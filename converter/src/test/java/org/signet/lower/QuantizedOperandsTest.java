package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

/** Ops on TensorFlow's quantized types that have no builtins. */
class QuantizedOperandsTest {
  private static OneOpModel normalization() {
    return OneOpModel.of("QuantizedInstanceNorm")
        .with("T", DType.QUINT8)
        .input(Tensor.wrap(DType.UINT8, new byte[] {0, 85, (byte) 170, (byte) 255}, 1, 2, 2, 1))
        .input(Tensor.scalar(-1f))
        .input(Tensor.scalar(2f));
  }

  /** TensorFlow's kernel would end the process that hands it the integers of a model file. */
  @Test
  void areNoFlexOps() {
    SignetException e =
        catchThrowableOfType(SignetException.class, () -> normalization().convert());
    assertThat(e.code()).isEqualTo(Code.TYPE_NOT_IN_TFLITE);
    assertThat(e).hasMessageContaining("QuantizedInstanceNorm takes quint8");
  }

  /** A source runs as it is: a file with all of its ops for our own runtime. */
  @Test
  void runHere() {
    var converted = normalization().convert(FlexMode.ONLY);
    assertThat(converted.ops()).containsExactly("FlexQuantizedInstanceNorm");
    assertThat(converted.run().getFirst()).hasToString("uint8[1, 2, 2, 1] {0, 85, 171, 255}");
  }

  /** Only results are quantized: they leave TensorFlow as plain integers. */
  @Test
  void resultsAreNoObstacle() {
    OneOpModel model =
        OneOpModel.of("QuantizeV2")
            .with("T", DType.QINT32)
            .input(Tensor.of(new float[] {-1, 0, 0.5f}))
            .input(Tensor.scalar(-1f))
            .input(Tensor.scalar(1f));
    assertThat(model.convert().ops()).containsExactly("FlexQuantizeV2");
    assertThat(model.convert().types().getFirst().dtype()).isEqualTo(DType.INT32);
  }
}
