package org.signet.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;

/**
 * How long it took to open a model and to run it for the first time, which plans it and packs its
 * weights.
 *
 * @param runner of the signature that was run
 * @param inputs it was run on
 */
record FirstResult(
    SignatureRunner runner, Map<String, Tensor> inputs, double loadMillis, double firstMillis) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Runs a model that has just been opened.
   *
   * @param begin when that began, by {@link System#nanoTime}
   */
  static FirstResult of(Interpreter interpreter, long begin, Arguments arguments) {
    double loaded = millisSince(begin);
    SignatureRunner runner =
        arguments
            .value(Flags.BENCH_SIGNATURE)
            .map(interpreter::signatureRunner)
            .orElseGet(interpreter::signatureRunner);
    Map<String, Tensor> inputs = BenchInputs.make(runner.inputs(), arguments);
    long run = System.nanoTime();
    runner.run(inputs);
    return new FirstResult(runner, inputs, loaded, millisSince(run));
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / NANOS_PER_MILLI;
  }

  /** What it took, in words. */
  String text() {
    return "opened in %.1f ms, first call %.1f ms".formatted(loadMillis, firstMillis);
  }

  /** The same, for JSON. */
  Map<String, Object> json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("load_ms", loadMillis);
    members.put("first_ms", firstMillis);
    return members;
  }
}
