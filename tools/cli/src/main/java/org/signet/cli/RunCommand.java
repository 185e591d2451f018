package org.signet.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.JsonText;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** {@code signet run}. */
final class RunCommand implements Command {
  private static final int MOST_PRINTED = 1000;

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String synopsis() {
    return "MODEL|SOURCE --signature KEY --input NAME=VALUE ... [options]";
  }

  @Override
  public String summary() {
    return "Run a signature of a .tflite file, or of a source as it is, without TensorFlow.";
  }

  @Override
  public List<Flag> flags() {
    return Flags.together(
        List.of(Flags.SIGNATURE, Flags.INPUT, Flags.OUTPUT_DIR, Flags.EXPLAIN), Flags.SOURCE);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet run model.tflite --signature encode --input 'x=[1, 2.5]'",
        "signet run model.tflite --signature decode --input 'x=[\"1\", \"2.5\"]' --json",
        "signet run saved_model --signature serving_default --input image=@image.npy --output-dir out --explain");
  }

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL or SOURCE");
    boolean isSource = Models.isSource(path, arguments);
    try (TfliteModel model = Models.open(path, arguments);
        Interpreter interpreter = new Interpreter(model, Models.options(isSource))) {
      SignatureRunner runner =
          arguments.has(Flags.SIGNATURE)
              ? interpreter.signatureRunner(arguments.required(Flags.SIGNATURE))
              : interpreter.signatureRunner();
      SequencedMap<String, Tensor> outputs = runner.run(inputs(arguments, runner));
      print(outputs, arguments);
      if (arguments.has(Flags.EXPLAIN)) {
        // Among JSON it would be in the way.
        (arguments.json() ? arguments.err() : arguments.out())
            .println(interpreter.explain(runner.key()));
      }
    }
    return 0;
  }

  private static Map<String, Tensor> inputs(Arguments arguments, SignatureRunner runner) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (String given : arguments.values(Flags.INPUT)) {
      String name = name(given, runner);
      TensorType declared = runner.inputs().get(name);
      if (declared == null) {
        throw SignetException.of(
            Code.NO_SUCH_INPUT,
            "there is no input '" + name + "'",
            "the signature's inputs are " + runner.inputs().keySet());
      }
      Tensor value = InputValue.read(name, given.substring(name.length() + 1), declared);
      if (inputs.put(name, value) != null) {
        throw arguments.usage("input '" + name + "' is given twice");
      }
    }
    return inputs;
  }

  /** A name may hold an equals sign: the longest that is declared counts. */
  private static String name(String given, SignatureRunner runner) {
    String longest = "";
    for (String name : runner.inputs().keySet()) {
      if (given.startsWith(name + "=") && name.length() > longest.length()) {
        longest = name;
      }
    }
    int sign = given.indexOf('=');
    if (sign < 0) {
      throw SignetException.of(Code.USAGE, "'" + given + "' is not NAME=VALUE");
    }
    return longest.isEmpty() ? given.substring(0, sign) : longest;
  }

  private static void print(SequencedMap<String, Tensor> outputs, Arguments arguments) {
    Map<String, String> files = Map.of();
    if (arguments.has(Flags.OUTPUT_DIR)) {
      OutputTensors writer = new OutputTensors(arguments.requiredFile(Flags.OUTPUT_DIR));
      files = writer.add(outputs);
      writer.finish();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
      String file = files.get(output.getKey());
      Tensor tensor = output.getValue();
      if (arguments.json()) {
        members.put(output.getKey(), file == null ? TensorText.values(tensor) : file);
      } else {
        String value = file == null ? TensorText.line(tensor, MOST_PRINTED) : "-> " + file;
        arguments.out().println(output.getKey() + ": " + tensor.type() + " " + value);
      }
    }
    if (arguments.json()) {
      arguments.out().print(JsonText.of(members));
    }
  }
}
