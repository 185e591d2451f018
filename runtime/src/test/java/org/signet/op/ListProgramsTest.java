package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.signet.tensor.Tensor;

/**
 * Runs chains of ops on tensor lists, which no single case can show, and compares with TensorFlow's
 * numbers: {@code cases/list_programs.json}, written by {@code make_list_programs.py}.
 *
 * <p>A program has {@code steps}; an operand of a step is a tensor, or the number of an earlier
 * result, counted over all steps. {@code expected} has pairs of such a number and a tensor. With
 * {@code fails}, the last step must be refused.
 */
class ListProgramsTest {
  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    JsonObject file;
    try (Reader reader =
        new InputStreamReader(
            ListProgramsTest.class.getResourceAsStream("cases/list_programs.json"),
            StandardCharsets.UTF_8)) {
      file = JsonParser.parseReader(reader).getAsJsonObject();
    }
    return file.getAsJsonArray("programs").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(program ->
            DynamicTest.dynamicTest(program.get("name").getAsString(), () -> check(program)));
  }

  private static void check(JsonObject program) {
    List<JsonElement> steps = program.getAsJsonArray("steps").asList();
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      JsonObject step = steps.get(i).getAsJsonObject();
      if (program.has("fails") && i == steps.size() - 1) {
        assertThatThrownBy(() -> run(step, values)).isInstanceOf(IllegalArgumentException.class);
      } else {
        values.addAll(run(step, values));
      }
    }
    for (JsonElement pair : program.getAsJsonArray("expected")) {
      JsonArray expected = pair.getAsJsonArray();
      Tensor actual = values.get(expected.get(0).getAsInt());
      Tensor tensor = OpCaseReader.tensor(expected.get(1).getAsJsonObject());
      assertThat(actual.type()).isEqualTo(tensor.type());
      assertThat(actual.copy().array()).isEqualTo(tensor.array());
    }
  }

  private static List<Tensor> run(JsonObject step, List<Tensor> values) {
    List<Optional<Tensor>> operands = new ArrayList<>();
    for (JsonElement operand : step.getAsJsonArray("operands")) {
      operands.add(
          Optional.of(
              operand.isJsonObject()
                  ? OpCaseReader.tensor(operand.getAsJsonObject())
                  : values.get(operand.getAsInt())));
    }
    OpKey key = OpKey.tf(step.get("op").getAsString());
    OpDefinition definition = OpDefinitions.standard().find(key).orElseThrow();
    int results = step.has("results") ? step.get("results").getAsInt() : 1;
    return DirectCall.evaluate(
        definition, OpCaseReader.attributes(step.getAsJsonObject("attributes")), operands, results);
  }
}
