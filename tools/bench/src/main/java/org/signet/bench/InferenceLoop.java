package org.signet.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Npy;
import org.signet.tensor.Tensor;

/**
 * Calls a model's only signature, of one input and one output, again and again, to be measured
 * beside other runtimes. Prints the seconds of each call as a JSON array.
 */
public final class InferenceLoop {
  private static final double NANOS = 1e9;

  private InferenceLoop() {}

  /**
   * Runs it.
   *
   * @param args the model file, the input and the output as {@code .npy}, the seconds to warm up,
   *     the number of calls to measure
   */
  public static void main(String[] args) {
    Path model = Path.of(args[0]);
    Tensor input = Npy.read(Path.of(args[1]));
    Path output = Path.of(args[2]);
    double warmUp = Double.parseDouble(args[3]);
    int calls = Integer.parseInt(args[4]);
    try (Interpreter interpreter = new Interpreter(model)) {
      SignatureRunner runner = interpreter.signatureRunner();
      Map<String, Tensor> inputs = Map.of(runner.inputs().firstEntry().getKey(), input);
      String name = runner.outputs().firstEntry().getKey();
      Npy.write(output, result(runner, inputs, name));
      long end = System.nanoTime() + (long) (warmUp * NANOS);
      while (System.nanoTime() < end) {
        result(runner, inputs, name);
      }
      StringJoiner seconds = new StringJoiner(", ", "[", "]");
      for (int i = 0; i < calls; i++) {
        long start = System.nanoTime();
        result(runner, inputs, name);
        seconds.add(String.valueOf((System.nanoTime() - start) / NANOS));
      }
      System.out.println(seconds);
    }
  }

  private static Tensor result(SignatureRunner runner, Map<String, Tensor> inputs, String name) {
    Tensor result = runner.run(inputs).get(name);
    if (result == null) {
      throw new IllegalStateException("no output " + name);
    }
    return result;
  }
}
