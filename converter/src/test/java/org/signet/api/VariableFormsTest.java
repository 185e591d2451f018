package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;
import org.signet.type.DType;

/** Which value which variable op stands for, and what changes it; the sums are done by hand. */
class VariableFormsTest {
  @TempDir Path folder;

  private Interpreter convert(ConversionOptions options) {
    Path target = folder.resolve("model.tflite");
    Signet.convert(options, target);
    return new Interpreter(target);
  }

  private static ConversionOptions model(String name) {
    return ConversionOptions.of(Checkout.testModel(name));
  }

  /** A shared name is one variable within a container, and another in the next. */
  @Test
  void containersAndSharedNamesTellVariablesApart() {
    try (Interpreter interpreter = convert(model("containers"))) {
      var read = interpreter.signatureRunner("read").run(Map.of());
      assertThat(Values.floats(read, "a")).containsExactly(1, 2);
      assertThat(Values.floats(read, "b")).containsExactly(3, 4);
      assertThat(Values.floats(read, "alias")).containsExactly(1, 2);
    }
  }

  @Test
  void theRestoreGraphSaysWhoseValueAKeyHolds() {
    try (Interpreter interpreter = convert(model("exchanged"))) {
      var read = interpreter.signatureRunner("read").run(Map.of());
      assertThat(Values.floats(read, "a")).containsExactly(1);
      assertThat(Values.floats(read, "b")).containsExactly(2);
    }
  }

  /** w = 3 and x = 1: the gradient is 4, a quarter of it is 1. */
  @ParameterizedTest
  @ValueSource(strings = {"descent_reference", "descent_resource"})
  void aStepOfTrainingIsTaken(String name) {
    try (Interpreter interpreter = convert(model(name))) {
      Map<String, Tensor> x = Map.of("x", Tensor.scalar(1f));
      assertThat(Values.floats(interpreter.signatureRunner("read").run(Map.of()), "w"))
          .containsExactly(3);
      interpreter.signatureRunner("train").run(x);
      assertThat(Values.floats(interpreter.signatureRunner("read").run(Map.of()), "w"))
          .containsExactly(2);
      interpreter.signatureRunner("train").run(x);
      assertThat(Values.floats(interpreter.signatureRunner("read").run(Map.of()), "w"))
          .containsExactly(1.5f);
    }
  }

  /** TensorFlow's third count fails, too: there is nothing above 2. */
  @Test
  void countingUpStopsAtTheLimit() {
    Map<String, Tensor> x = Map.of("x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    try (Interpreter interpreter =
        convert(ConversionOptions.of(Checkout.goldenModel("source-references")))) {
      for (int count = 0; count < 2; count++) {
        var changed = interpreter.signatureRunner("change").run(x);
        assertThat(Values.get(changed, "counted").ints()).containsExactly(count);
      }
      SignetException e =
          catchThrowableOfType(
              SignetException.class, () -> interpreter.signatureRunner("change").run(x));
      assertThat(e.code()).isEqualTo(Code.OP_FAILED);
      assertThat(e).hasMessageContaining("CountUpTo");
      var read = interpreter.signatureRunner("read").run(x);
      assertThat(Values.get(read, "steps").ints()).containsExactly(2);
      assertThat(Values.floats(read, "last")).containsExactly(16);
    }
  }

  /** Gradients 4 and 2, the second added to nine tenths of the first. */
  @Test
  void momentumIsKeptBetweenSteps() {
    try (Interpreter interpreter = convert(model("momentum"))) {
      Map<String, Tensor> x = Map.of("x", Tensor.scalar(1f));
      interpreter.signatureRunner("train").run(x);
      assertThat(Values.floats(interpreter.signatureRunner("read").run(Map.of()), "w"))
          .containsExactly(2);
      interpreter.signatureRunner("train").run(x);
      assertThat(Values.floats(interpreter.signatureRunner("read").run(Map.of()), "w"))
          .containsExactly(0.6f);
    }
  }

  /** TensorFlow's quantized types, which no model file has, as the integers they are made of. */
  @Test
  void quantizedTensorsKeepTheirBits() {
    try (Interpreter interpreter = convert(model("quantized"))) {
      for (String key : new String[] {"bits", "raw"}) {
        Tensor y = Values.get(interpreter.signatureRunner(key).run(Map.of()), "y");
        assertThat(y).hasToString("int8[2] {1, -2}");
      }
      Tensor x = Tensor.wrap(DType.INT8, new byte[] {-3});
      Map<String, Tensor> through = interpreter.signatureRunner("through").run(Map.of("x", x));
      assertThat(Values.get(through, "y")).hasToString("int8[] {-3}");
    }
  }
}
