package org.signet.pass.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.lower.FlexMode;
import org.signet.lower.FlexUse;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.source.control.RecordedGraph;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;

/** Graphs of {@code make_lists.py}: with tensors for lists, and with lists as the reference. */
class DenseListsTest {
  private static final Path FOLDER =
      Checkout.root().resolve("converter/src/test/resources/org/signet/pass/list");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> convertsWhatTensorFlowRan() {
    return RecordedGraph.all(FOLDER).stream()
        .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> check(graph)));
  }

  private void check(RecordedGraph graph) {
    List<FlexUse> flex = convertAndRun(graph, graph.options());
    assertThat(flex.stream().anyMatch(use -> use.op().contains("TensorList")))
        .as("Flex ops: %s", flex)
        .isEqualTo(graph.name().startsWith("kept_flex"));
    convertAndRun(graph, graph.options().withFlex(FlexMode.ONLY));
  }

  private List<FlexUse> convertAndRun(RecordedGraph graph, ConversionOptions options) {
    Path file = folder.resolve("out.tflite");
    List<FlexUse> flex = Signet.convert(options, file).flexUses();
    try (TfliteModel model = TfliteModel.open(file);
        Interpreter interpreter = new Interpreter(model)) {
      SignatureRunner runner = interpreter.signatureRunner("serving_default");
      for (RecordedGraph.Call call : graph.calls()) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < graph.feeds().size(); i++) {
          inputs.put(graph.feeds().get(i).replace(":0", ""), call.inputs().get(i));
        }
        List<Tensor> outputs = List.copyOf(runner.run(inputs).values());
        assertThat(outputs).hasSameSizeAs(call.outputs());
        for (int i = 0; i < outputs.size(); i++) {
          compare(outputs.get(i), call.outputs().get(i));
        }
      }
    }
    return flex;
  }

  private static void compare(Tensor actual, Tensor expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    for (int i = 0; i < expected.size(); i++) {
      double value = expected.getDouble(i);
      assertThat(actual.getDouble(i)).isEqualTo(value, within(1e-5 * Math.max(1, Math.abs(value))));
    }
  }
}
