package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;

/** Converts the models of {@code make_models.py} and runs them; the sums are done by hand. */
class ConversionTest {
  @TempDir Path folder;

  private Path convert(String model) {
    return convert(ConversionOptions.of(Checkout.testModel(model)));
  }

  private Path convert(ConversionOptions options) {
    Path target = folder.resolve("model.tflite");
    Signet.convert(options, target);
    return target;
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values);
  }

  @Test
  void signaturesKeepTheirOrderAndNames() {
    try (Interpreter interpreter = new Interpreter(convert("affine"))) {
      assertThat(interpreter.signatureKeys()).containsExactly("zeta", "alpha");
      var zeta = interpreter.signatureRunner("zeta");
      assertThat(zeta.inputs().keySet()).containsExactly("zebra", "ant");
      assertThat(zeta.outputs().keySet()).containsExactly("plain", "sum");
      assertThat(zeta.inputs().get("zebra")).hasToString("float32[?, 3]");
      var results =
          zeta.run(
              Map.of(
                  "zebra", Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 2, 3), "ant", floats(10, 20)));
      assertThat(Values.floats(results, "plain")).containsExactly(1, 2, 9, 12);
      assertThat(Values.floats(results, "sum")).containsExactly(11, 22, 19, 32);
    }
  }

  @Test
  void variablesOfOneNameAreToldApart() {
    try (Interpreter interpreter = new Interpreter(convert("affine"))) {
      Tensor x = Tensor.of(new float[] {0, 1, 0}, 1, 3);
      var results = interpreter.signatureRunner("alpha").run(Map.of("x", x));
      assertThat(Values.floats(results, "output_0")).containsExactly(3.5f, 3.5f);
    }
  }

  @Test
  void outputsAreOrderedByNumber() {
    try (Interpreter interpreter = new Interpreter(convert("many_outputs"))) {
      var results = interpreter.signatureRunner("many").run(Map.of("x", floats(0.5f, 1)));
      assertThat(results.keySet())
          .containsExactly(
              "output_0",
              "output_1",
              "output_2",
              "output_3",
              "output_4",
              "output_5",
              "output_6",
              "output_7",
              "output_8",
              "output_9",
              "output_10",
              "output_11");
      assertThat(Values.floats(results, "output_2")).containsExactly(2.5f, 3);
      assertThat(Values.floats(results, "output_10")).containsExactly(10.5f, 11);
    }
  }

  @Test
  void callsInCallsHandOnTheResultThatIsMeant() {
    try (Interpreter interpreter = new Interpreter(convert("nested"))) {
      var results = interpreter.signatureRunner().run(Map.of("x", floats(1, 2, 3, 4)));
      assertThat(Values.floats(results, "a")).containsExactly(2, 3, 4, 5);
      assertThat(Values.floats(results, "b")).containsExactly(-4, -4);
    }
  }

  @Test
  void checksPrintsAndUnusedRandomNumbersGoAndAreReported() {
    Path target = folder.resolve("model.tflite");
    ConversionReport report =
        Signet.convert(ConversionOptions.of(Checkout.testModel("side_effects")), target);
    assertThat(report.flexUses()).isEmpty();
    assertThat(report.diagnostics())
        .extracting(Diagnostic::code)
        .hasSize(3)
        .containsOnly(Code.EFFECT_DROPPED);
    try (Interpreter interpreter = new Interpreter(target)) {
      var results = interpreter.signatureRunner().run(Map.of("x", floats(1, 2)));
      assertThat(Values.floats(results, "y")).containsExactly(2, 4);
    }
  }

  @Test
  void outputsMayBeInputsConstantsOrTwiceTheSame() {
    try (Interpreter interpreter = new Interpreter(convert("pass_through"))) {
      var runner = interpreter.signatureRunner();
      assertThat(runner.inputs().keySet()).containsExactlyInAnyOrder("x", "unused");
      var results = runner.run(Map.of("x", floats(1, 2), "unused", floats(0, 0)));
      assertThat(Values.floats(results, "input")).containsExactly(1, 2);
      assertThat(Values.floats(results, "constant")).containsExactly(7, 8);
      assertThat(Values.floats(results, "first")).containsExactly(2, 3);
      assertThat(Values.floats(results, "second")).containsExactly(2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf1_resource", "tf1_reference"})
  void variablesSavedUnderOtherNames(String model) {
    try (Interpreter interpreter = new Interpreter(convert(model))) {
      assertThat(interpreter.signatureKeys()).containsExactly("scaled", "serving_default");
      Tensor x = Tensor.of(new float[] {1, 1}, 1, 2);
      assertThat(
              Values.floats(
                  interpreter.signatureRunner("serving_default").run(Map.of("x", x)), "y"))
          .as("the default of the placeholder is 3")
          .containsExactly(22, 38);
      Map<String, Tensor> scaled = Map.of("x", x, "scale", Tensor.scalar(1f));
      assertThat(Values.floats(interpreter.signatureRunner("scaled").run(scaled), "y"))
          .containsExactly(14, 26);
    }
  }

  @Test
  void tagsChooseTheGraph() {
    ConversionOptions options = ConversionOptions.of(Checkout.testModel("tags"));
    assertThat(doubled(convert(options))).containsExactly(2, 4);
    assertThat(doubled(convert(options.withTags(Set.of("gpu", "serve"))))).containsExactly(3, 6);
  }

  private static float[] doubled(Path model) {
    try (Interpreter interpreter = new Interpreter(model)) {
      return Values.floats(interpreter.signatureRunner().run(Map.of("x", floats(1, 2))), "y");
    }
  }

  @Test
  void chosenSignaturesOnlyInTheSourcesOrder() {
    ConversionOptions options = ConversionOptions.of(Checkout.testModel("affine"));
    try (Interpreter interpreter =
        new Interpreter(convert(options.withSignatures(List.of("alpha", "zeta"))))) {
      assertThat(interpreter.signatureKeys()).containsExactly("zeta", "alpha");
    }
    try (Interpreter interpreter =
        new Interpreter(convert(options.withSignatures(List.of("alpha"))))) {
      assertThat(interpreter.signatureKeys()).containsExactly("alpha");
    }
  }
}
