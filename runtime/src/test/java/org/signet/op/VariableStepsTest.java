package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Checks ops on variables against TensorFlow's numbers in {@code cases/variable_steps.json}, which
 * {@code make_variable_cases.py} writes: the first operands are the values of variables, the
 * results their values afterwards and then what the op itself gives.
 */
class VariableStepsTest {
  private final Map<String, Object> values = new HashMap<>();

  private final SessionState state =
      new SessionState() {
        @Override
        public <T> T get(String name, Class<T> type, Supplier<T> initial) {
          return type.cast(values.computeIfAbsent(name, _ -> initial.get()));
        }
      };

  @TestFactory
  Stream<DynamicTest> steps() throws URISyntaxException {
    Path file = Path.of(VariableStepsTest.class.getResource("cases/variable_steps.json").toURI());
    return OpCaseReader.read(file).stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
  }

  private void check(OpCase c) {
    values.clear();
    List<Variable> variables = new ArrayList<>();
    List<Tensor> operands = new ArrayList<>();
    for (int i = 0; i < c.operands().size(); i++) {
      Tensor value = c.operands().get(i).orElseThrow();
      if (i < variableCount(c)) {
        variables.add(Variable.of(state, "", "v" + i));
        variables.getLast().assign(value);
        operands.add(handle("v" + i));
      } else {
        operands.add(value);
      }
    }
    List<TensorType> types = new ArrayList<>();
    c.results().stream().skip(variables.size()).map(Tensor::type).forEach(types::add);
    boolean givesReference = types.isEmpty() && isOnReference(c);
    if (givesReference) {
      types.add(c.results().getFirst().type());
    }
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    List<Tensor> results = evaluate(definition, c.attributes(), operands, types);
    if (givesReference) {
      compare(results.getFirst(), c.results().getFirst(), c, definition);
      results = List.of();
    }
    for (int i = 0; i < c.results().size(); i++) {
      Tensor actual =
          i < variables.size() ? variables.get(i).read() : results.get(i - variables.size());
      compare(actual, c.results().get(i), c, definition);
    }
  }

  private static void compare(Tensor actual, Tensor expected, OpCase c, OpDefinition definition) {
    Accuracy accuracy = c.tolerance().orElse(definition.accuracy());
    OpCaseComparison.check(actual, expected, accuracy, false);
  }

  private static long variableCount(OpCase c) {
    return TfOpCatalog.standard().find(c.key().name()).orElseThrow().inputs().stream()
        .filter(input -> input.ref() || input.type().equals(Optional.of("RESOURCE")))
        .count();
  }

  private static boolean isOnReference(OpCase c) {
    return TfOpCatalog.standard().find(c.key().name()).orElseThrow().inputs().getFirst().ref();
  }

  private Tensor handle(String name) {
    return evaluate(
            OpDefinitions.standard().find(OpKey.tf("VarHandleOp")).orElseThrow(),
            Attributes.of("container", "", "shared_name", name),
            List.of(),
            List.of(TensorType.of(DType.RESOURCE)))
        .getFirst();
  }

  private List<Tensor> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Tensor> operands,
      List<TensorType> types) {
    return DirectCall.evaluate(
        definition, attributes, operands.stream().map(Optional::of).toList(), types, state);
  }

  private void step(String op, Tensor... operands) {
    List<Tensor> all = new ArrayList<>(List.of(handle("v")));
    all.addAll(List.of(operands));
    OpDefinition definition = OpDefinitions.standard().find(OpKey.tf(op)).orElseThrow();
    evaluate(definition, Attributes.NONE, all, List.of());
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step("ResourceApplyGradientDescent", Tensor.scalar(1f)))
        .withMessageContaining("Could not find variable");
    Tensor value = Tensor.of(new float[] {1, 2, 3});
    Variable.of(state, "", "v").assign(value);
    Tensor two = Tensor.of(new float[] {1, 2});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step("ResourceApplyGradientDescent", Tensor.scalar(1f), two))
        .withMessageContaining("'delta' is float32[2], its shape should be [3]");
    Tensor outside = Tensor.of(new int[] {0, 3});
    assertThatIllegalArgumentException().isThrownBy(() -> step("ResourceScatterAdd", outside, two));
    assertThatIllegalArgumentException().isThrownBy(() -> step("AssignAddVariableOp", two));
    assertThat(Variable.of(state, "", "v").read().floats()).containsExactly(1, 2, 3);
  }

  @Test
  void aTemporaryVariableEndsWithItsLastValue() {
    Variable.of(state, "", "v").assign(Tensor.scalar(7f));
    Tensor last =
        evaluate(
                OpDefinitions.standard().find(OpKey.tf("DestroyTemporaryVariable")).orElseThrow(),
                Attributes.of("T", DType.FLOAT32, "var_name", "v"),
                List.of(handle("v")),
                List.of(TensorType.of(DType.FLOAT32)))
            .getFirst();
    assertThat(last.floats()).containsExactly(7);
    assertThat(Variable.of(state, "", "v").hasValue()).isFalse();
  }
}
