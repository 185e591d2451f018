package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.signet.model.ModelBuilder;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** DYNAMIC_UPDATE_SLICE changes its operand's own array where nobody needs the operand any more. */
class TakeOverTest {
  private static final int RESHAPE = 22;
  private static final int NEG = 59;
  private static final int DYNAMIC_UPDATE_SLICE = 151;

  private static final int X = 0;
  private static final int PART = 1;
  private static final int START = 2;
  private static final int NEGATED = 3;
  private static final int CHANGED = 4;
  private static final int OTHER = 5;
  private static final int RESULT = 6;
  private static final int SHAPE = 7;
  private static final int AGAIN = 8;

  /** A model of x, of which it gives {@code RESULT} and, as {@code y}, minus x with 5 in it. */
  private static ModelBuilder model() {
    return new ModelBuilder()
        .buffer(0, 0, 0xA0, 0x40) // 5
        .buffer(1, 0, 0, 0)
        .buffer(3, 0, 0, 0)
        .subgraph(new int[] {X}, new int[] {CHANGED, RESULT})
        .tensor(DType.FLOAT32, 0, 3)
        .tensor(DType.FLOAT32, 1, 1)
        .tensor(DType.INT32, 2, 1)
        .tensor(DType.FLOAT32, 0, 3)
        .tensor(DType.FLOAT32, 0, 3)
        .tensor(DType.FLOAT32, 0, 3)
        .tensor(DType.FLOAT32, 0, 3)
        .tensor(DType.INT32, 3, 1)
        .tensor(DType.FLOAT32, 0, 3)
        .signature("f", 0, Map.of("x", X), Map.of("y", CHANGED, "z", RESULT));
  }

  private static void gives(ModelBuilder model, float... z) {
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(model.build()))) {
      Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {1, 2, 3}));
      for (int run = 0; run < 2; run++) {
        Map<String, Tensor> results = interpreter.signatureRunner("f").run(inputs);

        assertThat(Objects.requireNonNull(results.get("y")).floats()).containsExactly(-1, 5, -3);
        assertThat(Objects.requireNonNull(results.get("z")).floats()).containsExactly(z);
      }
    }
  }

  private static int[] change(int operand) {
    return new int[] {operand, PART, START};
  }

  @Test
  void changesWhatNobodyNeeds() {
    gives(
        model()
            .operator(NEG, new int[] {X}, NEGATED)
            .operator(DYNAMIC_UPDATE_SLICE, change(NEGATED), CHANGED)
            .operator(NEG, new int[] {CHANGED}, OTHER)
            .operator(NEG, new int[] {OTHER}, RESULT),
        -1,
        5,
        -3);
  }

  @Test
  void leavesWhatALaterStepNeeds() {
    gives(
        model()
            .operator(NEG, new int[] {X}, NEGATED)
            .operator(DYNAMIC_UPDATE_SLICE, change(NEGATED), CHANGED)
            .operator(NEG, new int[] {NEGATED}, RESULT),
        1,
        2,
        3);
  }

  @Test
  void leavesWhatLiesOnTheSameArray() {
    gives(
        model()
            .operator(NEG, new int[] {X}, NEGATED)
            .operator(RESHAPE, new int[] {NEGATED, SHAPE}, OTHER)
            .operator(DYNAMIC_UPDATE_SLICE, change(NEGATED), CHANGED)
            .operator(NEG, new int[] {OTHER}, RESULT),
        1,
        2,
        3);
  }

  @Test
  void leavesInputs() {
    ModelBuilder model =
        model()
            .operator(NEG, new int[] {X}, OTHER)
            .operator(NEG, new int[] {OTHER}, NEGATED)
            .operator(DYNAMIC_UPDATE_SLICE, change(X), RESULT)
            .operator(NEG, new int[] {NEGATED}, AGAIN)
            .operator(DYNAMIC_UPDATE_SLICE, change(AGAIN), CHANGED);

    gives(model, 1, 5, 3);
  }
}
