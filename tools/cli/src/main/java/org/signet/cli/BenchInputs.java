package org.signet.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.golden.compare.SeededInputs;
import org.signet.golden.compare.SeededInputs.Integers;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The inputs that {@code bench} runs a signature on. */
final class BenchInputs {
  private static final SeededInputs INPUTS = new SeededInputs(1, 1, Integers.SMALL, 1);

  private BenchInputs() {}

  /**
   * Seeded inputs of the shapes that are given by {@code --shape}.
   *
   * @throws org.signet.diag.SignetException USAGE if a shape is none, or of no input
   */
  static Map<String, Tensor> make(SequencedMap<String, TensorType> declared, Arguments arguments) {
    SequencedMap<String, TensorType> types = new LinkedHashMap<>(declared);
    for (String given : arguments.values(Flags.SHAPE)) {
      int end = given.lastIndexOf('=');
      String name = end < 0 ? given : given.substring(0, end);
      TensorType type = types.get(name);
      if (end < 0 || type == null) {
        throw arguments.usage(
            "--shape " + given + " is no NAME=SIZES; the inputs are " + declared.keySet());
      }
      types.put(name, type.withShape(shape(given, given.substring(end + 1), arguments)));
    }
    return INPUTS
        .make(types)
        .orElseThrow(() -> arguments.usage("the inputs would be too large, or no tensors"));
  }

  private static Shape shape(String given, String sizes, Arguments arguments) {
    try {
      return sizes.isBlank()
          ? Shape.of()
          : Shape.of(
              Arrays.stream(sizes.split(",", -1))
                  .mapToInt(size -> Integer.parseUnsignedInt(size.strip()))
                  .toArray());
    } catch (IllegalArgumentException e) {
      throw arguments.usage("--shape " + given + " is no list of sizes such as x=1,128");
    }
  }
}
