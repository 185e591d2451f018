package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

/** The expected numbers are TensorFlow's, to the last bit. */
class RoundedLoweringTest {
  private static final double[] X = {1, 2.5, -3, 0.1, -0.0625, -6.25};
  private static final double[] Y = {0.001, 1 / 3.0, 2, 0.2, -1, 6};

  private static Tensor tensor(DType dtype, double... values) {
    Tensor tensor = Tensor.zeros(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.setDouble(i, values[i]);
    }
    return tensor;
  }

  private static void check(OneOpModel model, String expected) {
    var converted = model.convert();
    assertThat(converted.ops()).noneMatch(op -> op.startsWith("Flex"));
    Tensor result = converted.run().getFirst();
    double[] values = new double[result.size()];
    Arrays.setAll(values, result::getDouble);
    assertThat(values)
        .containsExactly(
            Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "Elu, FLOAT16, 1.0 2.5 -0.9501953125 0.0999755859375 -0.060546875 -0.998046875",
    "Selu, FLOAT16, 1.05078125 2.626953125 -1.669921875 0.10504150390625 -0.1064453125"
        + " -1.75390625",
    "Softplus, FLOAT16, 1.3134765625 2.578125 0.048583984375 0.74462890625 0.66259765625"
        + " 0.0019283294677734375",
    "Softsign, FLOAT16, 0.5 0.71435546875 -0.75 0.0909423828125 -0.058837890625 -0.8623046875",
    "Elu, BFLOAT16, 1.0 2.5 -0.94921875 0.10009765625 -0.0625 -1.0",
    "Selu, BFLOAT16, 1.046875 2.625 -1.671875 0.10498046875 -0.10986328125 -1.7578125",
    "Softplus, BFLOAT16, 1.3125 2.578125 0.0498046875 0.7421875 0.66015625"
        + " 0.00193023681640625",
    "Softsign, BFLOAT16, 0.5 0.71484375 -0.75 0.0908203125 -0.058837890625 -0.86328125",
    "Softmax, FLOAT16, 0.1600341796875 0.71728515625 0.0029296875 0.0650634765625"
        + " 0.0552978515625 0.00011366605758666992",
    "LogSoftmax, FLOAT16, -1.83203125 -0.33251953125 -5.83203125 -2.732421875 -2.89453125"
        + " -9.0859375",
    "LogSoftmax, BFLOAT16, -1.8359375 -0.3359375 -5.84375 -2.75 -2.90625 -9.0625",
    "Softmax, BFLOAT16, 0.16015625 0.71484375 0.0029296875 0.06494140625 0.05517578125"
        + " 0.00011348724365234375"
  })
  void roundsEachStepOfOneOperand(String op, DType dtype, String expected) {
    check(OneOpModel.of(op).with("T", dtype).input(tensor(dtype, X)), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 1.0 2.5 -0.599609375 0.0999755859375 -0.0124969482421875 -1.25",
    "BFLOAT16, 1.0 2.5 -0.6015625 0.10009765625 -0.01251220703125 -1.25"
  })
  void roundsTheSlopeOfLeakyRelu(DType dtype, String expected) {
    OneOpModel model = OneOpModel.of("LeakyRelu").with("T", dtype).with("alpha", 0.2f);
    check(model.input(tensor(dtype, X)), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 0.998046875 4.69140625 25.0 0.0099945068359375 0.87890625 150.0",
    "BFLOAT16, 1.0 4.71875 25.0 0.010009765625 0.87890625 150.0"
  })
  void roundsADifferenceBeforeItIsSquared(DType dtype, String expected) {
    OneOpModel model = OneOpModel.of("SquaredDifference").with("T", dtype);
    check(model.input(tensor(dtype, X)).input(tensor(dtype, Y)), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 2.0 5.3359375 -4.0 0.39990234375 -1.125 -6.5",
    "BFLOAT16, 2.0 5.3125 -4.0 0.400390625 -1.125 -6.5"
  })
  void roundsEachSumOfSeveral(DType dtype, String expected) {
    OneOpModel model = OneOpModel.of("AddN").with("T", dtype).with("N", 3);
    for (double[] operand : new double[][] {X, Y, X}) {
      model.input(tensor(dtype, operand));
    }
    check(model, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Cumsum, FLOAT16, false, false, 1.0 3.5 0.5 0.60009765625 0.53759765625 -5.7109375",
    "Cumsum, FLOAT16, false, true, -5.7109375 -6.7109375 -9.2109375 -6.2109375 -6.3125 -6.25",
    "Cumsum, FLOAT16, true, true, -6.7109375 -9.2109375 -6.2109375 -6.3125 -6.25 0.0",
    "Cumprod, FLOAT16, true, false, 1.0 1.0 2.5 -7.5 -0.75 0.046875",
    "Cumsum, BFLOAT16, false, true, -5.75 -6.75 -9.25 -6.21875 -6.3125 -6.25",
    "Cumsum, BFLOAT16, true, false, 0.0 1.0 3.5 0.5 0.6015625 0.5390625",
    "Cumprod, BFLOAT16, false, true, -0.29296875 -0.29296875 -0.1171875 0.0390625 0.390625 -6.25"
  })
  void roundsEachRunningResult(
      String op, DType dtype, boolean exclusive, boolean reverse, String expected) {
    OneOpModel model = OneOpModel.of(op).with("T", dtype).with("Tidx", DType.INT32);
    model.with("exclusive", exclusive).with("reverse", reverse);
    check(model.input(tensor(dtype, X)).constant(Tensor.scalar(0)), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 0, 0.0010004043579101562 0.8330078125 -6.0 0.019989013671875 0.0625 -37.5",
    "FLOAT16, -1, -0.29296875 -0.0007996559143066406",
    "BFLOAT16, 0, 0.00099945068359375 0.8359375 -6.0 0.02001953125 0.0625 -37.5",
    "BFLOAT16, 1, -0.29296875 -0.00080108642578125"
  })
  void roundsEachProductOfARow(DType dtype, int axis, String expected) {
    double[] values = Arrays.copyOf(X, X.length + Y.length);
    System.arraycopy(Y, 0, values, X.length, Y.length);
    OneOpModel model = OneOpModel.of("Prod").with("T", dtype).with("Tidx", DType.INT32);
    model.with("keep_dims", false);
    check(
        model.input(tensor(dtype, values).reshaped(2, 6)).constant(Tensor.scalar(axis)), expected);
  }

  @ParameterizedTest
  @CsvSource({"Softmax, 8", "LogSoftmax, 8"})
  void leavesLongRowsToTensorFlow(String op, int size) {
    OneOpModel model = OneOpModel.of(op).with("T", DType.FLOAT16);
    var converted = model.input(Tensor.zeros(DType.FLOAT16, size)).convert();
    assertThat(converted.ops()).containsExactly("Flex" + op);
  }
}
