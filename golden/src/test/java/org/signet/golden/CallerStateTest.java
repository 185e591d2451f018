package org.signet.golden;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;

/**
 * Golden cases whose state the caller keeps: TensorFlow's numbers come out although each call is
 * made in a session of its own.
 */
class CallerStateTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state-condition",
        "state-queues",
        "state-ring",
        "state-ruled-out",
        "state-strings",
        "table-dense-types",
        "table-mutable-types",
        "table-saved"
      })
  void callsInSessionsOfTheirOwnGiveTheSame(String name) {
    GoldenCase goldenCase = CaseCalls.read(name);
    // A queue that is closed can't be the caller's.
    List<String> keys =
        goldenCase.signatures().keySet().stream().filter(key -> !key.equals("close")).toList();
    ConversionOptions options =
        goldenCase.conversion().withSignatures(keys).withExternalizeState(true);
    Path file = folder.resolve("model.tflite");
    Signet.convert(options, file);
    try (TfliteModel model = TfliteModel.open(file)) {
      Map<String, Tensor> state = new HashMap<>(call(model, "initial_state", Map.of()));
      for (CaseCall call : goldenCase.calls()) {
        if (keys.contains(call.signature())) {
          compare(goldenCase, call, model, state);
        }
      }
    }
  }

  private static void compare(
      GoldenCase goldenCase, CaseCall call, TfliteModel model, Map<String, Tensor> state) {
    Map<String, Tensor> inputs = new HashMap<>(state);
    inputs.putAll(CaseCalls.inputs(goldenCase, call));
    Map<String, Tensor> outputs = call(model, call.signature(), inputs);
    CaseCalls.compare(goldenCase, call, outputs);
    outputs.keySet().retainAll(state.keySet());
    state.putAll(outputs);
  }

  /** Calls a signature in a new session, with those of the inputs that it takes. */
  private static Map<String, Tensor> call(
      TfliteModel model, String key, Map<String, Tensor> inputs) {
    try (Interpreter interpreter = new Interpreter(model)) {
      SignatureRunner runner = interpreter.signatureRunner(key);
      Map<String, Tensor> taken = new HashMap<>(inputs);
      taken.keySet().retainAll(runner.inputs().keySet());
      return new HashMap<>(runner.run(taken));
    }
  }
}
