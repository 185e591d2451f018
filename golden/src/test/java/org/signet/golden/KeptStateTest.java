package org.signet.golden;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.api.Signet;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;

/**
 * Golden cases with state: TensorFlow's numbers come out although each call is made in a session of
 * its own, which goes on from the checkpoint of the one before; and again once the last is reset.
 */
class KeptStateTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source-keras-stateful",
        "source-queue",
        "source-references",
        "source-table-references",
        "state-condition",
        "state-growing",
        "state-queues",
        "state-random",
        "state-ring",
        "state-ruled-out",
        "state-scatter",
        "state-strings",
        "table-dense-types",
        "table-mutable-types",
        "table-saved",
        "training-optimizers"
      })
  void everyCallGoesOnFromACheckpoint(String name) {
    GoldenCase goldenCase = CaseCalls.read(name);
    Path file = folder.resolve("model.tflite");
    Signet.convert(goldenCase.conversion(), file);
    try (TfliteModel model = TfliteModel.open(file)) {
      for (CaseCall call : goldenCase.calls()) {
        try (Interpreter interpreter = new Interpreter(model)) {
          if (call.index() > 0) {
            interpreter.restoreState(state(call.index() - 1));
          }
          run(goldenCase, Stream.of(call), interpreter);
          interpreter.saveState(state(call.index()));
        }
      }
      try (Interpreter interpreter = new Interpreter(model)) {
        interpreter.restoreState(state(goldenCase.calls().size() - 1));
        interpreter.resetState();
        run(goldenCase, goldenCase.calls().stream(), interpreter);
        interpreter.resetState();
        run(goldenCase, goldenCase.calls().stream(), interpreter);
      }
    }
  }

  private Path state(int call) {
    return folder.resolve("state" + call);
  }

  private static void run(GoldenCase goldenCase, Stream<CaseCall> calls, Interpreter interpreter) {
    calls.forEach(call ->
        CaseCalls.compare(
            goldenCase,
            call,
            interpreter.signatureRunner(call.signature()).run(CaseCalls.inputs(goldenCase, call))));
  }
}
