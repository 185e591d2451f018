package org.signet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.reader.FunctionInfo.Trace;
import org.signet.testing.Checkout;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** SavedModels that {@code make_models.py} and the golden cases' scripts wrote with TensorFlow. */
class SavedModelTest {
  private static SavedModel open(String name) {
    return SavedModel.open(Checkout.testModel(name));
  }

  @Test
  void showsSignaturesInDeclaredOrder() {
    try (SavedModel model = open("affine")) {
      MetaGraph graph = model.metaGraph(Set.of());
      assertThat(graph.tags()).containsExactly("serve");
      assertThat(graph.tensorflowVersion()).isEqualTo("2.21.0");
      assertThat(graph.signatures().keySet()).containsExactly("zeta", "alpha");
      SignatureInfo zeta = graph.signature("zeta");
      assertThat(zeta.methodName()).isEqualTo("tensorflow/serving/predict");
      assertThat(zeta.inputs())
          .containsExactly(
              new TensorInfo("zebra", "zeta_zebra:0", TensorType.of(DType.FLOAT32, -1, 3)),
              new TensorInfo("ant", "zeta_ant:0", TensorType.of(DType.FLOAT32, 2)));
      assertThat(graph.initOp()).contains("NoOp");
      assertThat(graph.assets()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "weights, weights/.ATTRIBUTES/VARIABLE_VALUE, 3.0",
    "shift, shift/.ATTRIBUTES/VARIABLE_VALUE, -0.5",
    "shift/.ATTRIBUTES/VARIABLE_VALUE, shift/.ATTRIBUTES/VARIABLE_VALUE, -0.5",
    "same, weights/.ATTRIBUTES/VARIABLE_VALUE, 3.0"
  })
  void findsVariablesByPathKeyAndName(String name, String key, float value) {
    try (SavedModel model = open("affine")) {
      VariableInfo variable = model.metaGraph(Set.of()).variable(name);
      assertThat(variable.key()).contains(key);
      float[] values = variable.value().orElseThrow().load().floats();
      assertThat(values[values.length == 2 ? 1 : 2]).isEqualTo(value);
    }
  }

  @Test
  void saysWhichVariablesThereAre() {
    try (SavedModel model = open("affine")) {
      assertThatThrownBy(() -> model.metaGraph(Set.of()).variable("bias"))
          .hasMessageContaining("has no variable 'bias'; there are: 'weights', 'shift'");
    }
  }

  @Test
  void showsFunctionsWithTheirArguments() {
    try (SavedModel model = SavedModel.open(Checkout.goldenModel("encode-decode"))) {
      List<FunctionInfo> functions = model.metaGraph(Set.of()).functions();
      assertThat(functions).extracting(FunctionInfo::path).containsExactly("decode", "encode");
      Trace encode = functions.get(1).traces().getFirst();
      assertThat(encode.positional().toString()).isEqualTo("{x=float32[?] 'x'}");
      assertThat(encode.keywords()).isEmpty();
      assertThat(encode.result().toString()).isEqualTo("{encoded_result: string[?]}");
    }
  }

  @Test
  void showsEveryTagSet() {
    try (SavedModel model = open("tags")) {
      assertThat(model.metaGraphs()).hasSizeGreaterThan(1);
      for (MetaGraph graph : model.metaGraphs()) {
        assertThat(model.metaGraph(graph.tags())).isSameAs(graph);
      }
      assertThatThrownBy(() -> model.metaGraph(Set.of("none")))
          .hasMessageContaining("has no tag set 'none'");
    }
  }

  /** Names in the checkpoint are those of the saver, not the variables' own. */
  @ParameterizedTest
  @CsvSource({"tf1_resource", "tf1_reference"})
  void findsVariablesOfGraphsThroughTheirSaver(String name) {
    try (SavedModel model = open(name)) {
      MetaGraph graph = model.metaGraph(Set.of());
      VariableInfo variable = graph.variable("layer/a");
      assertThat(variable.key()).contains("layer/b");
      assertThat(variable.value().orElseThrow().load().floats()).containsExactly(1, 2, 3, 4);
      assertThat(graph.variable("elsewhere").name()).isEqualTo("layer/b");
      assertThat(graph.functions()).isEmpty();
      assertThat(graph.objects()).isEmpty();
    }
  }

  @Test
  void countsOpsOfGraphAndLibrary() {
    try (SavedModel model = open("affine")) {
      MetaGraph graph = model.metaGraph(Set.of());
      assertThat(graph.ops()).containsEntry("MatMul", 3).containsKey("VarHandleOp");
      assertThat(graph.library())
          .anySatisfy(function -> assertThat(function.ops()).containsKey("MatMul"));
      assertThat(graph.objects().getFirst().children())
          .containsKeys("weights", "shift", "zeta", "alpha", "signatures");
      assertThat(graph.placeholders())
          .contains(new TensorInfo("zeta_ant:0", "zeta_ant:0", TensorType.of(DType.FLOAT32, 2)));
    }
  }
}
