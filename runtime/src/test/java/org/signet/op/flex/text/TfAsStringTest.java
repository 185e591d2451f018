package org.signet.op.flex.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What the recorded cases can't hold: the sign of a NaN, which TensorFlow prints. */
class TfAsStringTest {
  @Test
  void writesTheSignOfNaN() {
    Tensor value =
        Tensor.of(new float[] {Float.intBitsToFloat(0xFFC00000), Float.intBitsToFloat(0x7FC00000)});
    assertThat(texts(value)).containsExactly("-nan", "nan");
    Tensor half = Tensor.wrap(DType.FLOAT16, new short[] {(short) 0xFE00, 0x7E00}, 2);
    assertThat(texts(half)).containsExactly("-nan", "nan");
  }

  private static String[] texts(Tensor value) {
    OpDefinition asString = OpDefinitions.standard().find(OpKey.tf("AsString")).orElseThrow();
    Tensor result = DirectCall.evaluate(asString, Attributes.NONE, value);
    return new String[] {result.getString(0), result.getString(1)};
  }
}
