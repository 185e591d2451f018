package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;

/** Variables as inputs and outputs; the sums are done by hand. */
class ExternalStateTest {
  @TempDir Path folder;

  private Path convert(String model, boolean externalize) {
    Path target = folder.resolve(model + externalize + ".tflite");
    Signet.convert(
        ConversionOptions.of(Checkout.testModel(model)).withExternalizeState(externalize), target);
    return target;
  }

  @Test
  void theCallerKeepsTheState() {
    try (Interpreter interpreter = new Interpreter(convert("counter", true))) {
      assertThat(interpreter.signatureKeys()).contains("add", "get", "initial_state");
      SignatureRunner add = interpreter.signatureRunner("add");
      SignatureRunner get = interpreter.signatureRunner("get");
      Map<String, Tensor> first = interpreter.signatureRunner("initial_state").run(Map.of());
      assertThat(first).hasSize(2);
      assertThat(get.inputs().keySet()).isEqualTo(first.keySet());
      assertThat(Values.floats(get.run(first), "count")).containsExactly(5);
      for (int i = 0; i < 2; i++) {
        // The same call on the same state has the same results: nothing is left behind.
        Map<String, Tensor> inputs = new HashMap<>(first);
        inputs.keySet().retainAll(add.inputs().keySet());
        inputs.put("x", Tensor.of(new float[] {1, 2}));
        Map<String, Tensor> results = add.run(inputs);
        assertThat(Values.floats(results, "before")).containsExactly(5);
        assertThat(Values.floats(results, "after")).containsExactly(11);
        Map<String, Tensor> then = new HashMap<>(first);
        then.putAll(results);
        then.keySet().retainAll(first.keySet());
        assertThat(Values.floats(get.run(then), "count")).containsExactly(11);
        assertThat(Values.floats(get.run(then), "last")).containsExactly(1, 2);
      }
    }
  }

  /**
   * The numbers of the model with state in it, which the golden case compares with TensorFlow's.
   */
  @Test
  void conditionsAssign() {
    Path model = Checkout.goldenModel("state-condition");
    Path kept = folder.resolve("kept.tflite");
    Signet.convert(ConversionOptions.of(model), kept);
    Path given = folder.resolve("given.tflite");
    Signet.convert(ConversionOptions.of(model).withExternalizeState(true), given);
    try (Interpreter inside = new Interpreter(kept);
        Interpreter outside = new Interpreter(given)) {
      SignatureRunner run = outside.signatureRunner("run");
      Map<String, Tensor> state =
          new HashMap<>(outside.signatureRunner("initial_state").run(Map.of()));
      for (int limit : new int[] {9, 100, 0}) {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("x", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
        inputs.put("limit", Tensor.scalar(limit));
        Map<String, Tensor> expected = inside.signatureRunner("run").run(inputs);
        inputs.putAll(state);
        Map<String, Tensor> results = run.run(inputs);
        for (String name : List.of("s", "total")) {
          assertThat(Values.floats(results, name)).containsExactly(Values.floats(expected, name));
        }
        for (String name : List.of("asked", "i")) {
          assertThat(Values.get(results, name).ints())
              .containsExactly(Values.get(expected, name).ints());
        }
        state.replaceAll((name, before) -> Values.get(results, name));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "control", "training", "momentum", "side_effects", "drawn"})
  void noVariableIsLeft(String model) {
    ConversionReport report =
        Signet.convert(
            ConversionOptions.of(Checkout.testModel(model)).withExternalizeState(true),
            folder.resolve("model.tflite"));
    Set<String> variables = Set.of("VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE", "CALL_ONCE");
    assertThat(report.signatures())
        .allSatisfy(signature ->
            assertThat(signature.builtins()).doesNotContainKeys(variables.toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "state-queues, a signature closes the queue 'rows'",
    "state-shuffled-queue, the queue 'shuffled' draws its next entry at random"
  })
  void queuesThatAreMoreThanTheirEntriesAreRefused(String name, String reason) {
    ConversionOptions options = ConversionOptions.of(Checkout.goldenModel(name));
    List<String> others = List.of("fill", "take");
    ConversionOptions asked =
        name.endsWith("shuffled-queue") ? options.withSignatures(others) : options;
    assertThatThrownBy(
            () -> Signet.convert(asked.withExternalizeState(true), folder.resolve("model.tflite")))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("SIG-0404 " + reason)
        .hasMessageContaining("signature 'fill'")
        .hasMessageContaining("convert without --externalize-state");
  }

  @Test
  void aModelWithoutStateIsAsItWas() {
    try (Interpreter interpreter = new Interpreter(convert("affine", true))) {
      assertThat(interpreter.signatureKeys()).doesNotContain("initial_state");
    }
  }
}
