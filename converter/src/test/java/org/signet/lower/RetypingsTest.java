package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

/** The expected numbers are TensorFlow's. */
class RetypingsTest {
  private static Tensor tensor(DType dtype, double... values) {
    Tensor tensor = Tensor.zeros(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.setDouble(i, values[i]);
    }
    return tensor;
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getDouble(i);
    }
    return values;
  }

  private static OneOpModel.Converted convert(String op, Tensor... operands) {
    OneOpModel model = OneOpModel.of(op).with("T", operands[0].dtype());
    for (Tensor operand : operands) {
      model.input(operand);
    }
    return model.convert();
  }

  private static Tensor x(DType dtype) {
    return tensor(dtype, 1, 2.5, -3, 0.1);
  }

  private static Tensor y(DType dtype) {
    return tensor(dtype, 0.001, 1 / 3.0, 2, 0.2);
  }

  @Test
  void roundsOnceAsTensorFlowDoes() {
    var sum = convert("AddV2", x(DType.FLOAT16), y(DType.FLOAT16));
    assertThat(sum.ops()).containsExactly("CAST", "CAST", "ADD", "CAST");
    assertThat(values(sum.run().getFirst()))
        .containsExactly(1.0009765625, 2.833984375, -1, 0.2998046875);
    var product = convert("Mul", x(DType.BFLOAT16), y(DType.BFLOAT16));
    assertThat(values(product.run().getFirst()))
        .containsExactly(0.00099945068359375, 0.8359375, -6, 0.02001953125);
    var power = convert("Exp", x(DType.BFLOAT16));
    assertThat(values(power.run().getFirst()))
        .containsExactly(2.71875, 12.1875, 0.0498046875, 1.1015625);
  }

  @Test
  void comparisonsGiveWhatTheyGive() {
    var less = convert("Less", y(DType.FLOAT16), x(DType.FLOAT16));
    assertThat(less.ops()).containsExactly("CAST", "CAST", "LESS");
    assertThat(less.run().getFirst().dtype()).isEqualTo(DType.BOOL);
  }

  @Test
  void leavesWhatIsWider() {
    assertThat(convert("Sqrt", x(DType.FLOAT64)).ops()).containsExactly("FlexSqrt");
  }
}
