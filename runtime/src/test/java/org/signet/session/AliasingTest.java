package org.signet.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;

/** Outputs belong to the caller: nothing else lies on their arrays. */
class AliasingTest {
  @Test
  void givesEveryOutputAnArrayOfItsOwn() {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("pass_through"))) {
      Tensor input = Tensor.of(new float[] {1, 2, 3});
      SignatureRunner runner = interpreter.signatureRunner();
      Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
      arrays.add(input.array());
      for (int call = 0; call < 2; call++) {
        Map<String, Tensor> outputs = runner.run(Map.of("x", input));

        assertThat(RecordedCall.get(outputs, "one").floats()).containsExactly(2, 3, 4);
        assertThat(RecordedCall.get(outputs, "two").floats()).containsExactly(2, 3, 4);
        assertThat(RecordedCall.get(outputs, "input").floats()).containsExactly(1, 2, 3);
        assertThat(RecordedCall.get(outputs, "constant").floats()).containsExactly(7, 8);
        assertThat(outputs.values()).allMatch(output -> arrays.add(output.array()));
        outputs.values().stream()
            .filter(output -> output.array() instanceof float[])
            .forEach(output -> Arrays.fill(output.floats(), -1));
      }
      assertThat(input.floats()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void keepsVariablesApartFromOutputsAndInputs() {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("counter"))) {
      SignatureRunner countUp = interpreter.signatureRunner("count_up");
      Tensor input = Tensor.of(new float[] {1, 2});
      Tensor first = RecordedCall.get(countUp.run(Map.of("x", input)), "count");
      assertThat(first.floats()).containsExactly(11, 22);
      Arrays.fill(first.floats(), -1);

      assertThat(RecordedCall.get(countUp.run(Map.of("x", input)), "count").floats())
          .containsExactly(12, 24);
    }
  }

  @Test
  void keepsSessionsApart() {
    try (var model = RecordedCall.model("counter");
        Interpreter one = new Interpreter(model);
        Interpreter other = new Interpreter(model)) {
      one.signatureRunner("count_up").run(Map.of("x", Tensor.of(new float[] {1, 2})));

      assertThat(RecordedCall.get(other.signatureRunner("peek").run(Map.of()), "count").floats())
          .containsExactly(10, 20);
      one.resetState();
      assertThat(RecordedCall.get(one.signatureRunner("peek").run(Map.of()), "count").floats())
          .containsExactly(10, 20);
    }
  }
}
