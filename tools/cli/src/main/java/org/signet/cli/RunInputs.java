package org.signet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.cli.expr.InputExpressions;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.GraphEndpoints;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** The inputs of {@code signet run}: {@code --input}, {@code --input-exprs} and {@code --feed}. */
final class RunInputs {
  private final Arguments arguments;
  private final SequencedMap<String, TensorType> declared;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  private RunInputs(Arguments arguments, SequencedMap<String, TensorType> declared) {
    this.arguments = arguments;
    this.declared = declared;
  }

  /**
   * Reads all that are given.
   *
   * @param declared the signature's inputs
   * @throws SignetException NO_SUCH_INPUT, BAD_VALUE, USAGE; and as reading files does
   */
  static Map<String, Tensor> read(Arguments arguments, SequencedMap<String, TensorType> declared) {
    RunInputs reader = new RunInputs(arguments, declared);
    arguments.values(Flags.INPUT).forEach(reader::input);
    arguments.values(Flags.INPUT_EXPRS).forEach(reader::expressions);
    arguments.values(Flags.FEED).forEach(reader::feed);
    return reader.inputs;
  }

  private void input(String given) {
    String written = name(given);
    String value = given.substring(written.length() + 1);
    String name = declaredName(written);
    put(name, InputValue.read(name, value, type(name)));
  }

  private void expressions(String given) {
    InputExpressions expressions = new InputExpressions(given, arguments.unsigned(Flags.SEED, 0));
    for (String written : expressions.names()) {
      String name = declaredName(written);
      put(name, expressions.get(written, type(name)));
    }
  }

  private void feed(String given) {
    String tensor = EndpointFlags.feedTensor(given, arguments);
    String name = GraphEndpoints.nameOf(tensor);
    put(name, InputValue.read(tensor, given.substring(tensor.length() + 1), type(name)));
  }

  private void put(String name, Tensor value) {
    if (inputs.put(name, value) != null) {
      throw arguments.usage("input '" + name + "' is given twice");
    }
  }

  private TensorType type(String name) {
    TensorType type = declared.get(name);
    if (type == null) {
      throw SignetException.of(
          Code.NO_SUCH_INPUT,
          "there is no input '" + name + "'",
          declared.isEmpty()
              ? "the signature has no inputs"
              : "the signature's inputs are " + declared.keySet());
    }
    return type;
  }

  /** A number stands for the input at that place, unless there is one of this name. */
  private String declaredName(String written) {
    if (declared.containsKey(written) || !written.matches("\\d{1,9}")) {
      return written;
    }
    List<String> names = List.copyOf(declared.keySet());
    int number = Integer.parseInt(written);
    return number < names.size() ? names.get(number) : written;
  }

  /** A name may hold an equals sign: the longest that is declared counts. */
  private String name(String given) {
    String longest = "";
    for (String name : declared.keySet()) {
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
}
