package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.lower.FlexMode;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;

/** Variables that are assigned, conditionals and loops; the sums are done by hand. */
class StateAndControlTest {
  @TempDir Path folder;

  private Interpreter convert(String model) {
    Path target = folder.resolve(model + ".tflite");
    Signet.convert(ConversionOptions.of(Checkout.testModel(model)), target);
    return new Interpreter(target);
  }

  private static Tensor x(float a, float b) {
    return Tensor.of(new float[] {a, b});
  }

  @Test
  void signaturesShareState() {
    try (Interpreter interpreter = convert("counter")) {
      var fresh = interpreter.signatureRunner("get").run(Map.of());
      assertThat(Values.floats(fresh, "count")).containsExactly(5);
      assertThat(Values.floats(fresh, "last")).containsExactly(0, 0);
      var first = interpreter.signatureRunner("add").run(Map.of("x", x(1, 2)));
      assertThat(Values.floats(first, "before")).containsExactly(5);
      assertThat(Values.floats(first, "after")).containsExactly(11);
      var second = interpreter.signatureRunner("add").run(Map.of("x", x(0, 1)));
      assertThat(Values.floats(second, "before")).containsExactly(11);
      assertThat(Values.floats(second, "after")).containsExactly(13);
      var seen = interpreter.signatureRunner("get").run(Map.of());
      assertThat(Values.floats(seen, "count")).containsExactly(13);
      assertThat(Values.floats(seen, "last")).containsExactly(0, 1);
    }
  }

  @Test
  void aModelWithStateReportsEachDroppedEffectOnce() {
    ConversionReport report =
        Signet.convert(
            ConversionOptions.of(Checkout.testModel("counter")), folder.resolve("model.tflite"));
    assertThat(report.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.EFFECT_DROPPED);
  }

  @Test
  void randomNumbersBySeedsAreReported() {
    ConversionOptions options = ConversionOptions.of(Checkout.goldenModel("state-random"));
    Path target = folder.resolve("model.tflite");
    assertThat(Signet.convert(options, target).diagnostics())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.code()).isEqualTo(Code.OTHER_RANDOM_NUMBERS);
          assertThat(warning.message())
              .contains("'while/random_uniform/RandomUniform', ", " and 2 more are");
        });
    assertThat(Signet.convert(options.withFlex(FlexMode.ONLY), target).diagnostics()).isEmpty();
  }

  @Test
  void aVariableThatMayGrowIsReportedUnlessTheCallerKeepsIt() {
    ConversionOptions options = ConversionOptions.of(Checkout.goldenModel("state-growing"));
    Path target = folder.resolve("model.tflite");
    assertThat(Signet.convert(options, target).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.STATE_CHANGES_SIZE);
    assertThat(Signet.convert(options.withExternalizeState(true), target).diagnostics()).isEmpty();
  }

  @Test
  void theSourceItselfKeepsItsStateToo() {
    ConversionOptions options = ConversionOptions.of(Checkout.testModel("counter"));
    try (Interpreter interpreter = new Interpreter(Signet.openSource(options))) {
      interpreter.signatureRunner("add").run(Map.of("x", x(1, 1)));
      var seen = interpreter.signatureRunner("get").run(Map.of());
      assertThat(Values.floats(seen, "count")).containsExactly(9);
    }
  }

  /** TensorFlow runs the main op after it has restored the variables. */
  @Test
  void theMainOpSetsWhatItKnowsAndDrawsNothing() {
    try (Interpreter interpreter = convert("drawn")) {
      var results = interpreter.signatureRunner("serving_default").run(Map.of("x", x(1, 2)));
      assertThat(Values.floats(results, "y")).containsExactly(13, 43);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 11, 22", "false, 2, 4"})
  void conditional(boolean flag, float a, float b) {
    try (Interpreter interpreter = convert("control")) {
      var runner = interpreter.signatureRunner("choose");
      var results = runner.run(Map.of("x", x(1, 2), "flag", Tensor.scalar(flag)));
      assertThat(Values.floats(results, "y")).containsExactly(a, b);
      assertThat(Values.floats(results, "same")).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "1, 11, 22", "2, -1, -2", "3, -1, -2", "-1, -1, -2"})
  void branchesBeyondTheLastAreTheLast(int which, float a, float b) {
    try (Interpreter interpreter = convert("control")) {
      var runner = interpreter.signatureRunner("select");
      var results = runner.run(Map.of("x", x(1, 2), "which", Tensor.scalar(which)));
      assertThat(Values.floats(results, "y")).containsExactly(a, b);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "1, 12, 24", "3, 78, 156"})
  void loop(int times, float a, float b) {
    try (Interpreter interpreter = convert("control")) {
      var runner = interpreter.signatureRunner("repeat");
      var results = runner.run(Map.of("x", x(1, 2), "times", Tensor.scalar(times)));
      assertThat(Values.floats(results, "y")).containsExactly(a, b);
    }
  }

  @Test
  void loopWhoseVariableGrows() {
    try (Interpreter interpreter = convert("control")) {
      var runner = interpreter.signatureRunner("grow");
      assertThat(runner.outputs().get("y")).hasToString("float32[?]");
      var results = runner.run(Map.of("times", Tensor.scalar(3)));
      assertThat(Values.floats(results, "y")).containsExactly(0, 0, 1, 2);
      assertThat(Values.floats(runner.run(Map.of("times", Tensor.scalar(0))), "y"))
          .containsExactly(0);
    }
  }
}
