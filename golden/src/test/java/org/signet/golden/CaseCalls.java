package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.signet.golden.compare.TensorComparison;
import org.signet.tensor.Tensor;

/** What a call of a case takes, and what it has to give. */
final class CaseCalls {
  private CaseCalls() {}

  static GoldenCase read(String name) {
    return CaseReader.read(TestFolders.root().resolve("golden").resolve("cases").resolve(name));
  }

  static Map<String, Tensor> inputs(GoldenCase goldenCase, CaseCall call) {
    CaseSignature signature = Objects.requireNonNull(goldenCase.signatures().get(call.signature()));
    Map<String, Tensor> inputs = new HashMap<>();
    call.inputs()
        .forEach((input, path) ->
            inputs.put(
                input,
                TensorFiles.read(
                    path, Objects.requireNonNull(signature.inputs().get(input)).dtype())));
    return inputs;
  }

  static void compare(GoldenCase goldenCase, CaseCall call, Map<String, Tensor> outputs) {
    call.outputs()
        .forEach((output, path) -> {
          Tensor actual = Objects.requireNonNull(outputs.get(output));
          Tensor expected = TensorFiles.read(path, actual.dtype());
          assertThat(
                  TensorComparison.compare(expected, actual, goldenCase.tolerance()).difference())
              .as("call %d, %s", call.index(), output)
              .isEmpty();
        });
  }
}
